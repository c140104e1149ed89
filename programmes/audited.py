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
