"""Forms of the staff's screens for interactive content and its libraries."""

from uuid import uuid4

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from h5p.models import Library

# All databases count with so many.
MOST_DIGITS = 18


class UploadForm(forms.Form):
    """One package."""

    package = forms.FileField(
        label=_("H5P package"),
        help_text=_("A file that ends in .h5p, exported from Moodle, Lumi, WordPress, h5p.org or this site."),
        widget=forms.FileInput(attrs={"accept": ".h5p"}),
        error_messages={
            "required": _("Choose a file."),
            "empty": _("The file is empty. Choose another one."),
        },
    )


class ConfirmForm(forms.Form):
    """The yes to an upload that was looked over."""

    token = forms.CharField(widget=forms.HiddenInput)
    approve = forms.BooleanField(
        label=_("Approve the libraries of this package at once"),
        help_text=_(
            "Only if you know where the package comes from. Their code will run in learners’ browsers."
        ),
        required=False,
    )

    def __init__(self, *args, may_approve, **kwargs):
        super().__init__(*args, **kwargs)
        if not may_approve:
            del self.fields["approve"]


class ReasonForm(forms.Form):
    """Nothing but the reason."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=250,
        help_text=_("Kept in the audit log."),
        widget=forms.TextInput(attrs={"dir": "auto"}),
        error_messages={"required": _("Say why. One short sentence is enough.")},
    )


class DecisionForm(ReasonForm):
    """Several libraries and the reason to approve them."""

    libraries = forms.ModelMultipleChoiceField(
        queryset=Library.objects.waiting(),
        error_messages={"required": _("Tick at least one library.")},
    )


class CopyForm(forms.Form):
    """What the copy is called."""

    title = forms.CharField(label=_("Title"), max_length=255, widget=forms.TextInput(attrs={"dir": "auto"}))


class DeskForm(forms.Form):
    """What travels with the form of a content: its language, what it was filled from, and a key of its own."""

    language = forms.ChoiceField(
        label=_("Language of the content"),
        choices=[*settings.LANGUAGES, ("und", _("without words"))],
        help_text=_("Ready-made words that nobody has changed follow the language when you save."),
    )
    base = forms.IntegerField(widget=forms.HiddenInput, required=False)
    form_key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        now = self.initial.get("language")
        if now and now not in dict(self.fields["language"].choices):
            self.fields["language"].choices = [(now, now), *self.fields["language"].choices]
        self.initial.setdefault("form_key", uuid4())


class FilterForm(forms.Form):
    """What the list is narrowed down to."""

    q = forms.CharField(label=_("Title"), required=False)
    type = forms.ChoiceField(label=_("Content type"), required=False)

    def __init__(self, *args, types, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["type"].choices = [("", _("All types")), *[(name, name) for name in types]]
        self.fields["q"].widget.input_type = "search"
        self.fields["q"].widget.attrs["dir"] = "auto"


def typed_number(text: str) -> int:
    """The number or key that a request names; 0, which no row has, where it is none."""
    return int(text) if text.isdecimal() and len(text) <= MOST_DIGITS else 0
