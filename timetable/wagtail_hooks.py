"""The timetable in the CMS: screens, addresses, and the words of what was done."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.permissions import register_permission_policy

from foundation.audit.actions import register_action
from timetable.admin_views import PlacePolicy, SessionPolicy, TimetableGroup
from timetable.attendance import wagtail_hooks as of_attendance  # noqa: F401
from timetable.models import Campus, Room, Session

register_permission_policy(Session, SessionPolicy(Session))
register_permission_policy(Campus, PlacePolicy(Campus))
register_permission_policy(Room, PlacePolicy(Room))

register_action("timetable.schedule", _("Session scheduled"))
register_action("timetable.schedule_series", _("Series of sessions scheduled"))
register_action("timetable.move", _("Session changed"))
register_action("timetable.cancel", _("Session cancelled"))
register_action("timetable.add_campus", _("Campus added"))
register_action("timetable.change_campus", _("Campus changed"))
register_action("timetable.add_room", _("Room added"))
register_action("timetable.change_room", _("Room changed"))


@hooks.register("register_admin_viewset")
def timetable_screens():
    """Everything under one menu entry."""
    return TimetableGroup()
