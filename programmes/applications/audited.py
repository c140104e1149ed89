"""What the audit log calls the changes made to calls and applications."""

from django.utils.translation import gettext_lazy as _

from foundation.audit.actions import register_action

register_action("programmes.open_call", _("Call opened"))
register_action("programmes.change_call", _("Call changed"))
register_action("programmes.move_call", _("Dates of a call moved"))
register_action("programmes.cancel_call", _("Call cancelled"))
register_action("programmes.document_accepted", _("Document accepted"))
register_action("programmes.document_returned", _("Document returned"))
register_action("programmes.withdraw_application", _("Application withdrawn by staff"))
register_action("programmes.let_in_late", _("Applicant let in late"))
register_action("programmes.mark_complete", _("Application marked complete"))
register_action("programmes.remind_applicant", _("Applicant reminded"))
register_action("programmes.export_applications", _("Applications exported"))
register_action("programmes.print_dossier", _("Dossier printed"))
register_action("programmes.erase_files", _("Files of applications erased"))
register_action("programmes.export_erasure", _("Report of an erasure exported"))
register_action("programmes.nominate", _("People nominated by a partner"))
register_action("programmes.read_nominations", _("List of nominations read"))
register_action("programmes.discard_nominations", _("List of nominations forgotten"))
register_action("programmes.copy_call", _("Call for applications copied"))
