"""Forms of getting a place and giving it back."""

from django import forms
from django.utils.translation import gettext_lazy as _


class EnrolForm(forms.Form):
    """The key of an edition that asks for one."""

    key = forms.CharField(
        label=_("Enrolment key"),
        max_length=60,
        help_text=_("You find it in the message from the organizers of the course."),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "off", "spellcheck": "false", "dir": "ltr"}
        ),
    )


class WithdrawForm(forms.Form):
    """Why a person gives the place back."""

    reason = forms.CharField(
        label=_("Why do you withdraw?"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        help_text=_("One sentence is enough. It helps us to plan; nobody will be blamed."),
        error_messages={"required": _("Tell us in a few words why, then withdraw.")},
    )


class OccasionForm(forms.Form):
    """Names the occasion that is over, so that sending the form twice begins only once."""

    occasion = forms.UUIDField()
