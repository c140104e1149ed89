"""What staff say when they give an award to many."""

from django import forms
from django.utils.translation import gettext_lazy as _

from certificates.forms import ReasonForm


class IssueForm(ReasonForm):
    """To whom, why, and whether they are told at once."""

    people = forms.ModelMultipleChoiceField(
        None, label=_("People"), error_messages={"required": _("Tick at least one person.")}
    )
    hold_emails = forms.BooleanField(
        label=_("Hold the e-mails back"),
        required=False,
        help_text=_("For example until the ceremony. You send them from the page of this batch."),
    )
    field_order = ["reason", "hold_emails"]

    def __init__(self, *args, qualifying, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["people"].queryset = qualifying
