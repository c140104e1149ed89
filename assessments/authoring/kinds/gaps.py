"""Writing a text with gaps: the author marks them in the text, and each has rows of its own."""

from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from assessments.authoring.fields import PlainField, as_text, per_cent
from assessments.authoring.kinds.base import (
    BoundTable,
    Editor,
    RowForm,
    Table,
    feedback_field,
    said,
)
from assessments.authoring.kinds.typed import SpellingForm, spelling_rules, weight_field
from assessments.kinds.gaps import marks
from assessments.kinds.numbers import typed_number
from assessments.models import QuestionKind

MODES = [
    ("typed", _("typed")),
    ("chosen", _("chosen from a list")),
    ("number", _("typed as a number")),
]
# Stands for the key of a gap that is still to be added.
NEW = "__gap__"


class GapForm(forms.Form):
    """How one gap is filled."""

    mode = forms.ChoiceField(label=_("Filled"), choices=MODES, required=False)
    share = forms.DecimalField(
        label=_("Points beside the other gaps"), min_value=0, max_value=100, required=False, decimal_places=2
    )
    gone = forms.BooleanField(label=_("Remove this gap"), required=False)


class ChoiceForm(RowForm):
    """One answer of a gap."""

    text = PlainField(label=_("Answer"), required=False, max_length=200)
    tolerance = PlainField(
        label=_("Tolerance"), required=False, max_length=40, help_text=_("For numbers only.")
    )
    weight = weight_field()
    feedback = feedback_field(_("Feedback to those who give it"))
    tools = ("weight", "tolerance")

    def clean(self):
        """A tolerance is a number."""
        data = super().clean()
        if data.get("tolerance") and typed_number(data["tolerance"]) is None:
            self.add_error("tolerance", _now("“%(value)s” is not a number.") % {"value": data["tolerance"]})
        return data


ANSWERS = Table("choices", ChoiceForm, _("Answers"), _("Add an answer"), first=2, spare=1, most=20)


@dataclass(frozen=True)
class GapBlock:
    """One gap as the form shows it."""

    key: str
    form: GapForm
    answers: BoundTable

    @property
    def mark(self) -> str:
        """How it is written in the text."""
        return f"[[{self.key}]]"


class GapsEditor(Editor):
    """The text holds the marks; a block for each says how it is filled and with what."""

    kind = QuestionKind.GAPS
    form_class = SpellingForm
    template = "assessments/authoring/kinds/_gaps.html"
    scripts = ("gap-blocks.js",)

    def __init__(self, question, desk, data=None, **kwargs):
        super().__init__(question, desk, data, **kwargs)
        known = {gap["key"]: gap for gap in question.options}
        keys = list(known) or marks(self.text.stem)
        if data is not None:
            self.form.is_valid()
            posted = data.get("gaps", "").split(",")
            stem = marks(self.form.cleaned_data.get("stem", ""))
            keys = list(dict.fromkeys([key for key in [*posted, *stem] if key]))[:50]
        # A gap that stands in the text, but came without its rows, gets them with the next form.
        self.new_keys = [
            key for key in keys if data is not None and f"gap-{key}-choices-TOTAL_FORMS" not in data
        ]
        self.gaps = [
            self.block(key, known.get(key), None if key in self.new_keys else data)
            for key in sorted(keys, key=by_number)
        ]

    def block(self, key, gap, data) -> GapBlock:
        """The form and the answers of one gap."""
        gap = gap or {"choices": []}
        initial = {"mode": gap.get("mode", "typed"), "share": gap.get("points", "1")}
        rows = [
            {
                "key": choice["key"],
                **self.words_of(choice["key"]),
                "weight": per_cent(choice.get("weight")),
                "tolerance": choice.get("tolerance", ""),
            }
            | ({"text": choice.get("value", "")} if gap.get("mode") == "number" else {})
            for choice in gap["choices"]
        ]
        form = GapForm(data, prefix=f"gap-{key}", initial=initial)
        return GapBlock(key, form, ANSWERS.bound(data, rows, prefix=f"gap-{key}-choices"))

    @property
    def spare_gap(self) -> GapBlock:
        """A block to copy for a new gap."""
        return self.block(NEW, None, None)

    @property
    def gap_keys(self) -> str:
        """The gaps the form shows."""
        return ",".join(gap.key for gap in self.gaps)

    @property
    def media(self):
        """With what the rows need, also while there is no gap."""
        return super().media + self.spare_gap.answers.formset.empty_form.media

    def initial(self):
        """With the rules of comparing."""
        return super().initial() | {"spelling": "exact"} | self.question.settings

    def is_valid(self):
        """The text, and each gap that came with its rows."""
        shown = [gap for gap in self.gaps if gap.key not in self.new_keys]
        return all(
            [super().is_valid(), *(gap.form.is_valid() and gap.answers.formset.is_valid() for gap in shown)]
        )

    def write(self, text, data):
        """Gaps, their answers, rules."""
        self.question.settings = spelling_rules(data)
        options, words = [], {}
        for gap in self.gaps:
            if gap.key in self.new_keys:
                options.append({"key": gap.key, "mode": "typed", "points": "1", "choices": []})
                continue
            if gap.form.cleaned_data["gone"]:
                continue
            option, its_words = written(gap)
            options.append(option)
            words |= its_words
        self.question.options, text.options = options, words


def written(gap: GapBlock) -> tuple[dict, dict]:
    """One gap as content keeps it, and the words of its answers."""
    data, rows = gap.form.cleaned_data, gap.answers.rows()
    mode = data["mode"] or "typed"
    choices, words = [], {}
    for row in rows:
        choice = {"key": row["key"], "weight": row["weight"] or "1"}
        if mode == "chosen" and not row["weight"] and choices:
            # Of a list the first is right unless the author says otherwise.
            choice["weight"] = "0"
        if mode == "number":
            value = typed_number(row["text"])
            tolerance = typed_number(row["tolerance"] or "0")
            choice |= {
                "value": row["text"] if value is None else as_text(value),
                "tolerance": as_text(tolerance),
            }
            words[row["key"]] = {"text": "", "feedback": row["feedback"]}
        else:
            words[row["key"]] = said(row)
        choices.append(choice)
    share = "1" if data["share"] is None else as_text(data["share"])
    return {"key": gap.key, "mode": mode, "points": share, "choices": choices}, words


def by_number(key: str) -> tuple[int, str]:
    """Gaps in the order of their numbers."""
    return (int(key) if key.isascii() and key.isdigit() else 10_000, key)
