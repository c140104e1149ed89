"""Forms about awards."""

import re

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from certificates.codes import parse_code
from certificates.designs.services import keep_picture
from certificates.models import AwardType, Mark, Rule, Signatory
from certificates.paper.pictures import NotAPicture, normalized
from certificates.printing import name_refusal
from certificates.refusing import refusal
from certificates.uploads import MOST_BYTES
from courses.models import CoursePage

TOO_LARGE = _("This file is larger than 5 MB. No certificate of ours is as large as that.")
REGISTRY_NUMBER = re.compile(r"[A-Z][A-Z0-9-]*?\W*\d{4}\W*\d{6}", re.IGNORECASE)


class VerifyForm(forms.Form):
    """The code printed on a certificate."""

    code = forms.CharField(
        label=_("Verification code"),
        max_length=60,
        help_text=_("Fifteen letters and digits beside the QR code, for example 7K3M9-QXR2T-4VW8P."),
        error_messages={"required": _("Type the code that stands on the certificate.")},
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false", "dir": "ltr"}
        ),
    )

    def clean_code(self):
        """Say when it cannot be a code, whatever awards exist."""
        typed = self.cleaned_data["code"]
        code = parse_code(typed)
        if code:
            return code
        if REGISTRY_NUMBER.fullmatch(typed.strip()):
            raise forms.ValidationError(
                _("This is the registry number. Type the verification code, which stands below it.")
            )
        raise forms.ValidationError(
            _("This is not a complete verification code. Compare it with the paper, letter by letter.")
        )


class FileForm(forms.Form):
    """The file of a certificate that somebody was shown."""

    file = forms.FileField(
        label=_("PDF or badge file"),
        help_text=_("The file as it was downloaded, up to 5 MB. It is looked at and not kept."),
        error_messages={"required": _("Choose the file to check."), "empty": _("This file is empty.")},
        widget=forms.FileInput(attrs={"accept": ".pdf,.json,application/pdf,application/json"}),
    )

    def clean_file(self):
        """No larger than anything we issue."""
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(TOO_LARGE)
        return file


class ReasonForm(forms.Form):
    """Why staff do something that cannot be undone."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("It is kept in the audit log."),
        error_messages={"required": _("Say why: it is kept in the audit log.")},
    )


class RevokeForm(ReasonForm):
    """Why an award is revoked."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].help_text = _(
            "The person is told this reason by e-mail. It is kept in the audit log; who verifies the award sees only "
            "that it was revoked, and when."
        )


class ReplaceForm(ReasonForm):
    """Why an award is issued anew, and the name it is to carry."""

    name = forms.CharField(
        label=_("Name to print"),
        max_length=150,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
    )
    field_order = ["name", "reason"]

    def clean_name(self):
        """The paper must be able to carry it."""
        name = self.cleaned_data["name"]
        if refusal := name_refusal(name):
            raise forms.ValidationError(refusal)
        return name


class CourseAwardForm(ReasonForm):
    """The award a course gives."""

    award_type = forms.ModelChoiceField(
        AwardType.objects.for_courses(),
        label=_("Award"),
        required=False,
        empty_label=_("No award"),
        help_text=_(
            "Given to everybody who completes the course from now on. Awards already issued never change."
        ),
    )
    field_order = ["award_type", "reason"]

    def __init__(self, *args, course: CoursePage, **kwargs):
        super().__init__(*args, **kwargs)
        self.course = course

    def clean_award_type(self):
        """It must be what the course page promises."""
        award_type = self.cleaned_data["award_type"]
        promised = self.course.get_latest_revision_as_object()
        if award_type and promised.award_kind and award_type.kind != promised.award_kind:
            raise forms.ValidationError(
                _(
                    "The course page promises a “%(promised)s”. Choose an award of that kind, or change the page first."
                ),
                params={"promised": promised.get_award_kind_display()},
            )
        return award_type


# From language to form field. English is the model's own `position`.
POSITION_FIELDS = {
    code: f"position_{code.replace('-', '_')}"
    for code, _label in settings.LANGUAGES
    if not code.startswith("en")
}


def position_inputs() -> dict[str, forms.Field]:
    """One optional input per language."""
    labels = dict(settings.LANGUAGES)
    return {
        field: forms.CharField(
            label=f"{labels[code]}",
            required=False,
            max_length=200,
            widget=forms.TextInput(attrs={"lang": code, "dir": "auto"}),
        )
        for code, field in POSITION_FIELDS.items()
    }


PositionInputs = type(WagtailAdminModelForm)("PositionInputs", (WagtailAdminModelForm,), position_inputs())


class PictureInput(forms.Form):
    """A picture that is kept when the form is saved."""

    upload = forms.FileField(
        label=_("Picture"),
        required=False,
        help_text=_("PNG or JPEG. PNG with a transparent background prints best."),
    )

    def clean_upload(self):
        """It must be a picture that can be printed."""
        upload = self.cleaned_data["upload"]
        if upload:
            try:
                return normalized(upload.read())[0]
            except NotAPicture as problem:
                raise forms.ValidationError(refusal(problem)) from problem
        return None


class MarkForm(PictureInput, WagtailAdminModelForm):
    """A mark with its picture."""

    class Meta:
        model = Mark
        fields = ["name", "partner", "donor"]

    def clean(self):
        """A mark is nothing without its picture."""
        cleaned = super().clean()
        if not self.instance.picture_id and not cleaned.get("upload") and "upload" not in self.errors:
            self.add_error("upload", _("Choose the picture of the mark."))
        return cleaned

    def save(self, commit=True):
        """Keep the picture first."""
        if self.cleaned_data.get("upload"):
            self.instance.picture = keep_picture(self.cleaned_data["upload"])
        return super().save(commit)


class SignatoryForm(PictureInput, PositionInputs):
    """Edits the position in other languages and the picture of the signature beside the other fields."""

    no_signature = forms.BooleanField(label=_("Print no signature any more"), required=False)

    class Meta:
        model = Signatory
        fields = ["name", "position", "is_active", "starts_on", "ends_on"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for code, field in POSITION_FIELDS.items():
            self.initial.setdefault(field, self.instance.positions.get(code, ""))

    def clean(self):
        """Keep the positions that were given."""
        cleaned = super().clean()
        given = {code: cleaned.get(field, "") for code, field in POSITION_FIELDS.items()}
        self.instance.positions = {code: position for code, position in given.items() if position}
        starts_on, ends_on = cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", _("The last day is before the first. Choose a later day."))
        return cleaned

    def save(self, commit=True):
        """Keep the picture first."""
        if self.cleaned_data.get("no_signature"):
            self.instance.signature = None
        if self.cleaned_data.get("upload"):
            self.instance.signature = keep_picture(self.cleaned_data["upload"])
        return super().save(commit)


class AwardTypeForm(WagtailAdminModelForm):
    """An award type whose rule has what it needs."""

    class Media:
        # Only what the chosen rule asks for is shown.
        css = {"all": ["certificates/award-type.css"]}

    def clean(self):
        """A rule about grades, attendance or hours says how much; retired designs are not chosen anew."""
        cleaned = super().clean()
        needed = {
            Rule.GRADE: ("minimum_grade", _("Say which grade is needed at least, for example 0.6.")),
            Rule.ATTENDANCE: (
                "minimum_attendance",
                _("Say which share is needed at least, for example 0.8."),
            ),
            Rule.HOURS: ("minimum_hours", _("Say how many hours are needed at least, for example 30.")),
        }
        field, sentence = needed.get(cleaned.get("rule"), ("", ""))
        if field and field not in self.errors and cleaned.get(field) is None:
            self.add_error(field, sentence)
        design = cleaned.get("design")
        if design and design.retired_at and "design" in self.changed_data:
            self.add_error("design", _("This design has been retired. Choose another one."))
        return cleaned
