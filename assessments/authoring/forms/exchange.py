"""Choosing a file of questions, and which questions leave."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from assessments.exchange.decoding import too_large
from assessments.exchange.files import format_of
from assessments.exchange.limits import MAX_BYTES
from assessments.models import ExchangeFormat, QuestionCategory


class ImportForm(forms.Form):
    """A file, the language of its texts, and, where the file does not tell, its format."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("GIFT or Moodle XML, at most %(size)s MB.") % {"size": MAX_BYTES // 1024 // 1024},
    )
    language = forms.ChoiceField(
        label=_("Language of its texts"),
        choices=settings.LANGUAGES,
        help_text=_("A file this site wrote says itself which language each text is in."),
    )
    format = forms.ChoiceField(
        label=_("Format"),
        choices=[("", _("Told by the file itself")), *ExchangeFormat.choices],
        required=False,
    )

    def clean_file(self):
        """Refuse what is too large before anybody reads it."""
        file = self.cleaned_data["file"]
        if file.size > MAX_BYTES:
            raise forms.ValidationError(too_large())
        return file

    def clean(self):
        """Tell the format by the file where it was not chosen."""
        data = super().clean()
        if data.get("file") and not data.get("format"):
            data["format"] = format_of(data["file"], data["file"].name)
        return data


class ExportForm(forms.Form):
    """Which questions of a bank leave: those ticked, those of a category and the ones inside it, or all."""

    category = forms.ModelChoiceField(QuestionCategory.objects.none(), required=False)
    question = forms.TypedMultipleChoiceField(coerce=int, required=False)

    def __init__(self, *args, bank, **kwargs):
        super().__init__(*args, **kwargs)
        self.bank = bank
        self.fields["category"].queryset = QuestionCategory.objects.filter(bank=bank)
        self.fields["question"].choices = [(pk, pk) for pk in bank.questions.values_list("pk", flat=True)]

    def questions(self):
        """The questions chosen."""
        questions = self.bank.questions.all()
        if ticked := self.cleaned_data["question"]:
            return questions.filter(pk__in=ticked)
        if category := self.cleaned_data["category"]:
            return questions.filter(category__in=within(category))
        return questions


def within(category):
    """The category and those inside it, however deep."""
    children = {}
    for pk, parent in QuestionCategory.objects.filter(bank=category.bank_id).values_list("pk", "parent"):
        children.setdefault(parent, []).append(pk)
    found, to_look = [], [category.pk]
    while to_look:
        found.append(pk := to_look.pop())
        to_look += children.get(pk, [])
    return found
