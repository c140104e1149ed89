"""Forms about erasing."""

from django import forms
from django.utils.translation import gettext_lazy as _

from certificates.forms import ReasonForm
from certificates.models import Award


class EraseForm(ReasonForm):
    """Why, how much, and the number typed once more: what is erased does not come back."""

    number = forms.CharField(
        label=_("Registry number, to confirm"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "ltr"}),
    )
    everything = forms.BooleanField(
        label=_("Also every other award of this person"),
        required=False,
        help_text=_("When the person is to be erased altogether."),
    )
    field_order = ("reason", "everything", "number")

    def __init__(self, *args, award: Award, **kwargs):
        super().__init__(*args, **kwargs)
        self.award = award
        self.fields["number"].help_text = _("Type %(number)s.") % {"number": award.number}
        self.fields["reason"].help_text = _(
            "It is kept in the audit log for ever: name nobody in it. For example: asked for by the person on 3 May."
        )
        if award.holder is None:
            del self.fields["everything"]

    def clean_number(self):
        """It must be this award's."""
        typed = self.cleaned_data["number"].strip()
        if typed.casefold() != self.award.number.casefold():
            raise forms.ValidationError(
                _("This is not the number of this award. Nothing was erased. Type %(number)s."),
                params={"number": self.award.number},
            )
        return typed
