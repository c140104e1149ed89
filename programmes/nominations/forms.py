"""Forms about nominations."""

from django import forms
from django.utils.translation import gettext_lazy as _

from portfolio.models import Partner

MOST_BYTES = 5 * 1024 * 1024


class NominationFileForm(forms.Form):
    """A partner's spreadsheet."""

    partner = forms.ModelChoiceField(
        Partner.objects.none(),
        label=_("Partner who nominates"),
        help_text=_("Everybody in the list is told that this partner has nominated them."),
        error_messages={"required": _("Choose the partner.")},
    )
    file = forms.FileField(
        label=_("Spreadsheet (XLSX or CSV)"),
        help_text=_("At most 5 MB and 500 people. Nothing happens before you have seen what would."),
        error_messages={"required": _("Choose the file."), "empty": _("The file is empty.")},
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["partner"].queryset = Partner.objects.in_order()

    def clean_file(self):
        """Not too large to be looked at."""
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(_("The file is larger than 5 MB. Split it."))
        return file


class NominateForm(forms.Form):
    """The preview that was looked at."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)
