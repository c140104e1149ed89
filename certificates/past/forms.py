"""Forms about past awards."""

from django import forms
from django.utils.translation import gettext_lazy as _

from certificates.forms import ReasonForm

MOST_BYTES = 5 * 1024 * 1024


class PastFileForm(forms.Form):
    """A spreadsheet of past awards."""

    file = forms.FileField(
        label=_("Spreadsheet (XLSX or CSV)"),
        help_text=_("At most 5 MB and 5,000 lines. Nothing is entered before you have seen what would be."),
        error_messages={"required": _("Choose the file."), "empty": _("The file is empty.")},
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
    )

    def clean_file(self):
        """Not too large to be looked at."""
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(_("The file is larger than 5 MB. Split it."))
        return file


class EnterForm(ReasonForm):
    """Why these awards are entered, and the preview that was looked at."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)


class CorrectForm(ReasonForm):
    """The name of a past award as it stands on its paper."""

    name = forms.CharField(
        label=_("Name as on the paper"),
        max_length=150,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
    )
    field_order = ["name", "reason"]
