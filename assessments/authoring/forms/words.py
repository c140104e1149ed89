"""The words of a question in another language, whatever its kind."""

from django import forms

from assessments.authoring.fields import LineField, PlainField, RichTextField
from assessments.authoring.words import Slot, slots
from assessments.kinds.truth import true_false_words
from assessments.models import Question, QuestionKind, QuestionText

LONGEST = 10_000


def field_for(slot: Slot):
    """The field words of this sort are written in."""
    if slot.sort == "rich":
        return RichTextField(label=slot.label, required=False)
    if slot.sort == "line":
        return LineField(label=slot.label, required=False)
    rows = 4 if slot.sort == "lines" else 1
    return PlainField(label=slot.label, required=False, rows=rows, max_length=LONGEST if rows > 1 else 500)


class QuestionWordsForm(forms.Form):
    """A field for each place for words: the same parts under the same keys."""

    def __init__(self, data, *, question: Question, language: str):
        self.question, self.language = question, language
        self.slots = slots(question)
        text = question.wording(language)
        initial = {slot.name: slot.read(text) for slot in self.slots}
        if question.kind == QuestionKind.TRUE_FALSE:
            for key, word in true_false_words(language).items():
                initial[f"words-options-{key}-text"] = initial.get(f"words-options-{key}-text") or word
        super().__init__(data, initial=initial)
        for slot in self.slots:
            self.fields[slot.name] = field_for(slot)

    @property
    def pairs(self):
        """Each place with what the source says there, its sort of words, and its field."""
        source = self.question.wording(self.question.source_language)
        return [(slot, slot.read(source), self[slot.name]) for slot in self.slots]

    def wording(self) -> QuestionText:
        """The words as typed."""
        text = QuestionText(language=self.language, options={}, extra={})
        for slot in self.slots:
            slot.write(text, self.cleaned_data[slot.name])
        return text
