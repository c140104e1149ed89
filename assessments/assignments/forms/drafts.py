"""What a learner sends while writing. Shape is checked here; rules by the services."""

from django import forms
from django.utils.translation import gettext_lazy as _

LONGEST_TEXT = 300_000
LARGEST_NUMBER = 2**31 - 1


class DraftForm(forms.Form):
    """The text of a draft, and the number of the text it was written from."""

    text = forms.CharField(
        label=_("Your text"),
        required=False,
        strip=False,
        max_length=LONGEST_TEXT,
        error_messages={"max_length": _("The text is too long to be saved. Hand it in as a file.")},
    )
    sequence = forms.IntegerField(min_value=0, max_value=LARGEST_NUMBER)
