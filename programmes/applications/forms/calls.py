"""Forms with which staff set a call up: the call itself, and what it asks for."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateTimeInput

from assessments.file_types import FILE_TYPE_CHOICES
from portfolio.forms import NamedForm
from programmes.models import Call, CallDeclaration, CallQuestion, QuestionKind, WantedDocument

LANGUAGES = [code for code, _label in settings.LANGUAGES]
DIVIDER = "|"


class CallForm(NamedForm):
    """A call with its window."""

    document_languages = forms.MultipleChoiceField(
        label=_("Languages of documents"),
        choices=settings.LANGUAGES,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Documents in these languages need no certified translation."),
    )

    class Meta:
        model = Call
        fields = [
            "programme_edition",
            "name",
            "code",
            "introduction",
            "opens_at",
            "closes_at",
            "grace_seconds",
            "document_languages",
            "referees_wanted",
            "referee_days",
        ]
        widgets = {
            "opens_at": AdminDateTimeInput,
            "closes_at": AdminDateTimeInput(format="%Y-%m-%d %H:%M:%S"),
            "introduction": forms.Textarea(attrs={"rows": 5}),
        }

    def __init__(self, *args, editions, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["programme_edition"].queryset = editions
        if self.instance.pk and self.instance.applications.exists():
            self.fields["code"].disabled = self.fields["programme_edition"].disabled = True


class PartForm(NamedForm):
    """What a call asks for: something with a key and a position."""

    def __init__(self, *args, call, **kwargs):
        super().__init__(*args, **kwargs)
        self.instance.call = call
        if not self.instance.pk:
            self.initial.setdefault("position", len(type(self.instance).objects.filter(call=call)) + 1)

    def validate_unique(self):
        """The key is this call's own."""
        try:
            self.instance.validate_constraints()
        except forms.ValidationError as problem:
            self.add_error("key", problem)


class WantedDocumentForm(PartForm):
    """A document that is wanted."""

    file_types = forms.MultipleChoiceField(
        label=_("Types of file"),
        choices=[choice for choice in FILE_TYPE_CHOICES if choice[0] in ("pdf", "docx", "odt", "jpg", "png")],
        widget=forms.CheckboxSelectMultiple,
        initial=["pdf"],
    )

    class Meta:
        model = WantedDocument
        fields = [
            "name",
            "key",
            "position",
            "help",
            "is_required",
            "is_sensitive",
            "translation_of",
            "file_types",
            "most_pages",
            "most_mb",
        ]

    def __init__(self, *args, call, **kwargs):
        super().__init__(*args, call=call, **kwargs)
        originals = call.wanted_documents.filter(translation_of=None).exclude(pk=self.instance.pk)
        self.fields["translation_of"].queryset = originals


class QuestionForm(PartForm):
    """A question, with the options of a choice one a line."""

    options = forms.CharField(
        label=_("Options, one a line"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("For a choice only. In English, then in the other languages of the site, divided by |"),
    )

    class Meta:
        model = CallQuestion
        fields = ["name", "key", "position", "kind", "help", "is_required", "most_words"]

    def __init__(self, *args, call, **kwargs):
        super().__init__(*args, call=call, **kwargs)
        if self.instance.pk:
            self.initial["options"] = "\n".join(_line(option) for option in self.instance.options.all())

    def clean(self):
        """A choice has options."""
        cleaned = super().clean()
        if cleaned.get("kind") == QuestionKind.CHOICE and len(self.lines()) < 2:
            self.add_error("options", _("Give at least two options, one a line."))
        return cleaned

    def lines(self):
        """The options as they were typed: a name and its names in other languages."""
        found = []
        for line in self.cleaned_data.get("options", "").splitlines():
            words = [part.strip() for part in line.split(DIVIDER)]
            if words[0]:
                others = zip(LANGUAGES[1:], words[1:], strict=False)
                found.append((words[0], {code: name for code, name in others if name}))
        return found


def _line(option):
    others = [option.names.get(code, "") for code in LANGUAGES[1:]]
    return f" {DIVIDER} ".join([option.name, *others]).rstrip(f" {DIVIDER}")


class DeclarationForm(PartForm):
    """A declaration."""

    class Meta:
        model = CallDeclaration
        fields = ["name", "key", "position"]


FORMS = {"documents": WantedDocumentForm, "questions": QuestionForm, "declarations": DeclarationForm}
