"""What the audit log calls the changes made here."""

from django.utils.translation import gettext_lazy as _

from foundation.audit.actions import register_action

register_action("assessments.submit_question", _("Question sent for approval"))
register_action("assessments.approve_question", _("Question approved"))
register_action("assessments.return_question", _("Question returned to the author"))
register_action("assessments.withdraw_question", _("Question withdrawn from approval"))
register_action("assessments.delete_question", _("Question deleted"))
register_action("assessments.classify_questions", _("Questions sorted"))
register_action("assessments.open_bank", _("Question bank begun"))
