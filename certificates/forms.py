"""Forms about awards."""

from django import forms
from django.utils.translation import gettext_lazy as _

from certificates.codes import parse_code


class VerifyForm(forms.Form):
    """The code printed on a certificate."""

    code = forms.CharField(
        label=_("Verification code"),
        max_length=40,
        help_text=_("Fifteen letters and digits beside the QR code, for example 7K3M9-QXR2T-4VW8P."),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false", "dir": "ltr"}
        ),
    )

    def clean_code(self):
        """Say when it cannot be a code, whatever awards exist."""
        code = parse_code(self.cleaned_data["code"])
        if code is None:
            raise forms.ValidationError(
                _("This is not a complete verification code. Compare it with the paper, letter by letter.")
            )
        return code
