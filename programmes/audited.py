"""What was done to editions, students and gates, in the words of those who read the log."""

from django.utils.translation import gettext_lazy as _

from foundation.audit.actions import register_action

register_action("programmes.admit", _("Admitted to a programme"))
register_action("programmes.withdraw", _("Withdrawn from a programme"))
register_action("programmes.open_phase", _("Let into a phase"))
register_action("programmes.choose_elective", _("Elective chosen by staff"))
register_action("programmes.decide_at_gate", _("Decided at a gate"))
register_action("programmes.waive_gate", _("Gate waived"))
register_action("programmes.end_waiver", _("Waiver of a gate ended"))
register_action("programmes.copy", _("Edition of a programme copied"))
register_action("programmes.add_edition", _("Edition of a programme begun"))
register_action("programmes.change_edition", _("Edition of a programme changed"))
register_action("programmes.cancel", _("Edition of a programme cancelled"))
register_action("programmes.change_partners", _("Partners of an edition changed"))
register_action("programmes.change_modes", _("Modes and places changed"))
register_action("programmes.change_fees", _("Fees changed"))
register_action("programmes.change_calendar", _("Calendar changed"))
register_action("programmes.add_phase", _("Phase added"))
register_action("programmes.change_phase", _("Phase changed"))
register_action("programmes.remove_phase", _("Phase removed"))
register_action("programmes.add_module", _("Module added"))
register_action("programmes.change_module", _("Module changed"))
register_action("programmes.remove_module", _("Module removed"))
register_action("programmes.add_lecturer", _("Lecturer added"))
register_action("programmes.change_lecturer", _("Lecturer changed"))
register_action("programmes.remove_lecturer", _("Lecturer removed"))
register_action("programmes.change_gate", _("Gate changed"))
register_action("programmes.export_students", _("List of students downloaded"))
