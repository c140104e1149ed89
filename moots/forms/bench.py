"""What judges send beside the levels of a rubric: a note, and the reasons of the bench."""

from django import forms
from django.utils.translation import gettext_lazy as _

LONGEST = 20_000


class CardForm(forms.Form):
    """The note on a card, and the save it was made from."""

    sequence = forms.IntegerField(min_value=0)
    note = forms.CharField(required=False, max_length=LONGEST)


class ReasonsForm(forms.Form):
    """The reasons on one team, and the text they were written from."""

    number = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    text = forms.CharField(
        label=_("Reasons of the bench"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 6, "dir": "auto"}),
    )
