"""Forms about issuing to many."""

import uuid

from django import forms
from django.utils.translation import gettext_lazy as _

from certificates.forms import ReasonForm
from certificates.models import AwardType


class AwardChoiceForm(forms.Form):
    """Which award: the one the course gives, or one that staff decide about."""

    award = forms.ModelChoiceField(label=_("Award"), queryset=AwardType.objects.none(), empty_label=None)

    def __init__(self, *args, award_types, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["award"].queryset = award_types


class BulkIssueForm(ReasonForm):
    """To whom, why, and whether they are told at once."""

    people = forms.TypedMultipleChoiceField(
        label=_("People"),
        coerce=int,
        error_messages={"required": _("Choose at least one person.")},
        widget=forms.CheckboxSelectMultiple,
    )
    holds_emails = forms.BooleanField(
        label=_("Hold back the e-mails"),
        required=False,
        help_text=_("They can be sent later, for example after the ceremony. Nobody is written to twice."),
    )
    form_key = forms.UUIDField(widget=forms.HiddenInput)
    field_order = ("people", "reason", "holds_emails", "form_key")

    def __init__(self, *args, ready, by_decision, **kwargs):
        # Where a rule decides everybody is ticked; where staff decide they do it person by person.
        ticked = [] if by_decision else [one.enrolment.pk for one in ready]
        initial = {"form_key": uuid.uuid4(), "people": ticked}
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["people"].choices = [(one.enrolment.pk, str(one.enrolment.person)) for one in ready]
