"""Forms in which staff write papers: what a paper is, and its words language by language."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from certificates.models import AwardType, PaperTemplate, Purpose, Signatory
from certificates.papers.fields import BLOCKS_OF, FIELDS
from certificates.papers.markup import text_problems
from certificates.papers.services import Words


class PaperForm(forms.Form):
    """What a paper is called among staff, who signs it and how it is numbered."""

    name = forms.CharField(
        label=_("Name"), max_length=150, help_text=_("For your colleagues; each language has its own below.")
    )
    signatory = forms.ModelChoiceField(
        Signatory.objects.filter(is_active=True),
        label=_("Signatory"),
        required=False,
        empty_label=_("Nobody yet"),
    )
    number_prefix = forms.CharField(
        label=_("Registry numbers begin with"),
        max_length=20,
        initial="UNI",
        help_text=_("UNI gives UNI-2026-000001. Papers and awards with the same beginning share one series."),
        validators=AwardType._meta.get_field("number_prefix").validators[:1],
    )

    def __init__(self, *args, template: PaperTemplate | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        self.template = template

    def clean_name(self):
        """No two papers or award types have one name."""
        name = self.cleaned_data["name"].strip()
        others = AwardType.objects.filter(name=name)
        if self.template:
            others = others.exclude(pk=self.template.award_type_id)
        if others.exists():
            raise forms.ValidationError(
                _("There is an award type or a paper of this name. Choose another name.")
            )
        return name


class NewPaperForm(PaperForm):
    """The same, with what the paper is for; its words begin as ours."""

    purpose = forms.ChoiceField(
        label=_("Purpose"),
        choices=Purpose,
        help_text=_("It decides which merge fields there are. The paper begins with words in six languages."),
    )
    field_order = ["purpose", "name", "signatory", "number_prefix"]


class WordsForm(forms.Form):
    """A paper in one language; all empty where it is not written in it."""

    called = forms.CharField(
        label=_("What the paper is called"),
        max_length=150,
        required=False,
        help_text=_("Whoever verifies it reads this."),
    )
    subject = forms.CharField(
        label=_("Subject"),
        max_length=200,
        required=False,
        help_text=_("Above a letter; below the title of a record. Empty: what the paper is called."),
    )
    body = forms.CharField(label=_("Text"), required=False, widget=forms.Textarea(attrs={"rows": 18}))

    def __init__(self, *args, language: str, purpose: str, **kwargs):
        super().__init__(*args, prefix=language, **kwargs)
        self.language, self.purpose = language, Purpose(purpose)
        self.label = str(dict(settings.LANGUAGES)[language])
        direction = "rtl" if get_language_info(language)["bidi"] else "ltr"
        for field in self.fields.values():
            field.widget.attrs |= {"lang": language, "dir": direction}

    def clean_subject(self):
        """Its fields exist; facts and tables are no words."""
        return self._checked("subject", ())

    def clean_body(self):
        """Its fields exist, and what is more than words stands alone."""
        return self._checked("body", BLOCKS_OF[self.purpose])

    def _checked(self, name, blocks):
        text = self.cleaned_data[name].replace("\r\n", "\n")
        if problems := text_problems(text, FIELDS[self.purpose], blocks):
            raise forms.ValidationError(problems)
        return text

    def clean(self):
        """A language is written whole or not at all."""
        said = super().clean()
        if any(said.values()) and not self.errors:
            if not said["called"]:
                self.add_error("called", _("Say what the paper is called in this language."))
            if not said["body"].strip():
                self.add_error("body", _("Write the text, or empty all fields of this language."))
        return said

    @property
    def is_written(self):
        """Whether anything is said in this language."""
        source = self.data if self.is_bound else self.initial
        names = [self.add_prefix(name) if self.is_bound else name for name in self.fields]
        return any(source.get(name) for name in names)


class PaperForms:
    """A template with its words in all languages, as it was sent or as it stands."""

    def __init__(self, template: PaperTemplate, data=None):
        award_type = template.award_type
        initial = {
            "name": award_type.name,
            "signatory": award_type.signatory_id,
            "number_prefix": award_type.number_prefix,
        }
        self.paper = PaperForm(data, initial=initial, template=template)
        written = {
            one.language: {"subject": one.subject, "body": one.body} for one in template.wordings.all()
        }
        for wording in award_type.wordings.all():
            written.setdefault(wording.language, {})["called"] = wording.title
        self.languages = [
            WordsForm(data, language=code, purpose=template.purpose, initial=written.get(code, {}))
            for code, _label in settings.LANGUAGES
        ]

    def is_valid(self):
        """Whether everything can be kept."""
        return all([self.paper.is_valid(), *(form.is_valid() for form in self.languages)])

    def words(self):
        """What is said in each language in which something is."""
        return {
            form.language: Words(**form.cleaned_data)
            for form in self.languages
            if any(form.cleaned_data.values())
        }

    def in_language(self, code):
        """The form of one language, or of the first."""
        return next((form for form in self.languages if form.language == code), self.languages[0])
