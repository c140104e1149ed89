"""The mailbox's filter."""

from django import forms
from django.utils.translation import gettext_lazy as _


class MailboxFilterForm(forms.Form):
    """Narrows the mailbox down to one address."""

    to = forms.CharField(
        label=_("E-mail address"),
        required=False,
        max_length=254,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off", "dir": "ltr"}),
    )
