"""Writing what is answered by arranging: items matched with answers, steps brought into order."""

import uuid

from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.authoring.fields import LineField, PlainField
from assessments.authoring.kinds.base import Editor, QuestionForm, RowForm, Table
from assessments.models import QuestionKind


class PairForm(RowForm):
    """An item and the answer it is matched with."""

    text = LineField(label=_("Item"), required=False, max_length=4000)
    answer = PlainField(label=_("Right answer"), required=False)
    words = ("text", "answer")
    says = ("text", "answer", "key")


class DistractorForm(RowForm):
    """An answer that matches nothing."""

    answer = PlainField(label=_("Answer that matches nothing"), required=False)
    words = ("answer",)
    says = ("answer",)


class MatchingEditor(Editor):
    """Items with their answers; the same answer may serve several items."""

    kind = QuestionKind.MATCHING
    tables = (
        Table(
            "pairs",
            PairForm,
            _("Items and their answers"),
            _("Add an item"),
            _("Write the same answer twice where two items share it. Learners choose from all answers."),
        ),
        Table(
            "others",
            DistractorForm,
            _("Answers that match nothing"),
            _("Add an answer"),
            _("They keep the last item from being found by leaving out. There may be none."),
            first=1,
            spare=1,
        ),
    )

    def rows_of(self, prefix):
        """Items with the words of their targets, or the targets nothing is matched with."""
        items, targets = self.question.options, self.question.settings.get("targets", [])
        if prefix == "pairs":
            return [
                {
                    "key": item["key"],
                    "text": self.words_of(item["key"]).get("text", ""),
                    "answer": self.words_of(item.get("match", "")).get("text", ""),
                }
                for item in items
            ]
        matched = {item.get("match") for item in items}
        return [
            {"key": key, "answer": self.words_of(key).get("text", "")}
            for key in targets
            if key not in matched
        ]

    def write(self, text, data):
        """Items, and each different answer once."""
        pairs, others = (table.rows() for table in self.bound)
        before = {item["key"]: item.get("match") for item in self.question.options}
        answers = {}
        for row in pairs:
            place_answer(answers, row["answer"], before.get(row["key"]))
        for row in others:
            place_answer(answers, row["answer"], row["key"])
        items = [{"key": row["key"], "match": answers.get(row["answer"].strip(), "")} for row in pairs]
        self.question.options = items
        self.question.settings = {"targets": list(answers.values())}
        text.options = {row["key"]: {"text": row["text"], "feedback": ""} for row in pairs}
        text.options |= {key: {"text": words, "feedback": ""} for words, key in answers.items()}


def place_answer(answers: dict[str, str], words: str, key: str | None) -> None:
    """Give an answer the key it had, or a new one where another answer took that."""
    words = words.strip()
    if not words or words in answers:
        return
    answers[words] = key if key and key not in answers.values() else str(uuid.uuid4())


class OrderingForm(QuestionForm):
    """How an order is judged."""

    credit = forms.ChoiceField(
        label=_("Points are given"),
        choices=[
            ("neighbours", _("For each step that is followed by the right one")),
            ("all", _("For the whole order only")),
        ],
        widget=forms.RadioSelect,
        required=False,
    )
    rules = ("credit",)


class StepForm(RowForm):
    """One step."""

    text = LineField(label=_("Step"), required=False, max_length=4000)
    words = ("text",)
    says = ("text", "key")


class OrderingEditor(Editor):
    """Steps in their right order."""

    kind = QuestionKind.ORDERING
    form_class = OrderingForm
    tables = (
        Table(
            "steps",
            StepForm,
            _("Steps in the right order"),
            _("Add a step"),
            _("Learners meet them shuffled and bring them into order, with the mouse or with numbers."),
        ),
    )

    def initial(self):
        """With how it is judged."""
        return super().initial() | {"credit": self.question.settings.get("credit", "neighbours")}

    def rows_of(self, prefix):
        """The steps."""
        return [{"key": step["key"], **self.words_of(step["key"])} for step in self.question.options]

    def write(self, text, data):
        """The steps in the order of their rows."""
        rows = self.bound[0].rows()
        self.question.settings = {"credit": data["credit"] or "neighbours"}
        self.question.options = [{"key": row["key"]} for row in rows]
        text.options = {row["key"]: {"text": row["text"], "feedback": ""} for row in rows}
