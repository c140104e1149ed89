"""What the audit log calls the changes made here."""

from django.utils.translation import gettext_lazy as _

from foundation.audit.actions import register_action

register_action("timetable.correct_mark", _("Attendance corrected"))
register_action("timetable.view_document", _("Document of an excuse opened"))
register_action("timetable.set_attendance_rules", _("Attendance rules changed"))
register_action("timetable.place_sessions", _("Sessions of a lesson changed"))
register_action("timetable.export_attendance", _("Attendance exported"))
