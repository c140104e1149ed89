"""What an applicant types when answering."""

from django import forms
from django.utils.translation import gettext_lazy as _


class DeclineForm(forms.Form):
    """Why somebody does not take the place; nobody has to say."""

    reason = forms.CharField(
        label=_("Why (you need not say)"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )
