"""What the audit log calls the changes made to a selection and its interviews."""

from django.utils.translation import gettext_lazy as _

from foundation.audit.actions import register_action

register_action("programmes.save_criterion", _("Criterion saved"))
register_action("programmes.retire_criterion", _("Criterion retired"))
register_action("programmes.copy_criteria", _("Criteria taken over"))
register_action("programmes.save_selection_rules", _("Rules of the selection changed"))
register_action("programmes.assign_assessor", _("Application given to an assessor"))
register_action("programmes.assign_evenly", _("Applications shared out among assessors"))
register_action("programmes.declare_conflict", _("Conflict of interest declared"))
register_action("programmes.take_assessor_away", _("Application taken away from an assessor"))
register_action("programmes.reopen_scores", _("Scores opened again"))
register_action("programmes.decide_application", _("Application decided"))
register_action("programmes.reorder_waiting_list", _("Waiting list put in another order"))
register_action("programmes.save_letter_template", _("Words of a letter changed"))
register_action("programmes.copy_letter_templates", _("Letters taken over"))
register_action("programmes.send_letters", _("Letters sent"))
register_action("programmes.withdraw_offer", _("Offered place taken back"))
register_action("programmes.lapse_offers", _("Offered places lapsed"))
register_action("programmes.move_up", _("Moved up from the waiting list"))
register_action("programmes.close_waiting_list", _("Waiting list closed"))
register_action("programmes.meet_condition", _("Condition met"))
register_action("programmes.move_condition", _("Date of a condition changed"))
register_action("programmes.export_ranking", _("Ranking downloaded"))
register_action("programmes.invite_to_interview", _("Invited to an interview"))
register_action("programmes.offer_slots", _("Interview slots offered"))
register_action("programmes.cancel_slot", _("Interview slot cancelled"))
register_action("programmes.record_interview", _("Interview recorded"))
