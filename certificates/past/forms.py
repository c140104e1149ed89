"""Forms about past awards."""

from django import forms
from django.utils.translation import gettext_lazy as _

from certificates.forms import ReasonForm
from certificates.past.scans import MOST_BYTES as MOST_SCAN_BYTES
from certificates.past.scans import scan_problem

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


class ScanForm(ReasonForm):
    """The scan of the paper of a past award."""

    file = forms.FileField(
        label=_("Scan of the paper (PDF)"),
        help_text=_("At most 10 MB. The holder and those who decide about awards can open it, nobody else."),
        error_messages={"required": _("Choose the file."), "empty": _("The file is empty.")},
        widget=forms.FileInput(attrs={"accept": ".pdf,application/pdf"}),
    )
    field_order = ["file", "reason"]

    def clean_file(self):
        """A PDF by its content, and not too large."""
        file = self.cleaned_data["file"]
        problem = scan_problem(file.read(MOST_SCAN_BYTES + 1))
        if problem:
            raise forms.ValidationError(problem)
        file.seek(0)
        return file


class CorrectForm(ReasonForm):
    """The name of a past award as it stands on its paper."""

    name = forms.CharField(
        label=_("Name as on the paper"),
        max_length=150,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
    )
    field_order = ["name", "reason"]
