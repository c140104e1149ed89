"""Writing what is answered by choosing: one option, several, true or false."""

from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.authoring.fields import LineField, ShareField, per_cent
from assessments.authoring.kinds.base import Editor, QuestionForm, RowForm, Table, feedback_field, said
from assessments.kinds.truth import true_false_words
from assessments.models import QuestionKind

CHOICE_KINDS = [
    (QuestionKind.SINGLE, _("One answer is right")),
    (QuestionKind.MULTIPLE, _("Several answers may be right")),
]
CREDITS = [
    ("shares", _("Each right option earns its part; each wrong one chosen takes a part away")),
    ("all", _("All or nothing: every right option and no wrong one")),
    ("weights", _("As typed beside each option")),
]


class ChoiceForm(QuestionForm):
    """How many options may be chosen, and how they count."""

    kind = forms.ChoiceField(label=_("Kind"), choices=CHOICE_KINDS, widget=forms.RadioSelect)
    credit = forms.ChoiceField(
        label=_("Where several may be right, points are given"),
        choices=CREDITS,
        required=False,
        widget=forms.RadioSelect,
        help_text=_("A question never earns less than nothing."),
    )
    rules = ("kind", "credit")


class OptionForm(RowForm):
    """Words, whether it is right, what it earns, what to say to those who choose it."""

    text = LineField(label=_("Option"), required=False, max_length=4000)
    correct = forms.BooleanField(label=_("Right"), required=False)
    weight = ShareField(
        label=_("Earns %"),
        least=-100,
        required=False,
        help_text=_("Empty: 100 if right, else 0."),
    )
    feedback = feedback_field()
    tools = ("correct", "weight")


class ChoiceEditor(Editor):
    """Single and multiple choice; one can become the other."""

    kind = QuestionKind.SINGLE
    form_class = ChoiceForm
    tables = (
        Table(
            "options",
            OptionForm,
            _("Options"),
            _("Add an option"),
            _("Tick what is right. Rows left empty are not kept."),
        ),
    )

    def initial(self):
        """With its kind and how it counts."""
        credit = self.question.settings.get("credit", "shares")
        return super().initial() | {"kind": self.question.kind, "credit": credit}

    def rows_of(self, prefix):
        """The options."""
        return [
            {**option, **self.words_of(option["key"]), "weight": per_cent(option.get("weight"))}
            for option in self.question.options
        ]

    def write(self, text, data):
        """Options and how they count."""
        self.question.kind = data["kind"]
        several = data["kind"] == QuestionKind.MULTIPLE
        self.question.settings = {"credit": data["credit"] or "shares"} if several else {}
        rows = self.bound[0].rows()
        self.question.options = [
            {"key": row["key"], "correct": row["correct"]}
            | ({"weight": row["weight"]} if row["weight"] else {})
            for row in rows
        ]
        text.options = {row["key"]: said(row) for row in rows}


class TrueFalseForm(QuestionForm):
    """A statement that is true or false."""

    answer = forms.ChoiceField(
        label=_("The statement is"),
        choices=[("true", _("True")), ("false", _("False"))],
        widget=forms.RadioSelect,
    )
    feedback_true = feedback_field(_("Feedback to those who say “true”"))
    feedback_false = feedback_field(_("Feedback to those who say “false”"))
    rules = ("answer", "feedback_true", "feedback_false")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["stem"].label = _("Statement")


class TrueFalseEditor(Editor):
    """True or false: the two options are there already."""

    kind = QuestionKind.TRUE_FALSE
    form_class = TrueFalseForm

    def initial(self):
        """With what is right."""
        right = next((option["key"] for option in self.question.options if option["correct"]), "")
        feedback = {f"feedback_{key}": self.words_of(key).get("feedback", "") for key in ("true", "false")}
        return super().initial() | {"answer": right, **feedback}

    def write(self, text, data):
        """The two options."""
        words = true_false_words(self.desk.language)
        self.question.settings = {}
        self.question.options = [{"key": key, "correct": key == data["answer"]} for key in words]
        text.options = {
            key: {"text": word, "feedback": data[f"feedback_{key}"]} for key, word in words.items()
        }
