"""Forms of the staff's screens for interactive content and its libraries."""

from django import forms
from django.utils.translation import gettext_lazy as _

from h5p.models import Library


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
