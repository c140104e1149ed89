"""Writing what is answered by typing: a few words, a number."""

from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.authoring.fields import NumberField, PlainField, ShareField, per_cent
from assessments.authoring.kinds.base import Editor, QuestionForm, RowForm, Table, feedback_field, said
from assessments.models import QuestionKind

SPELLINGS = [
    ("exact", _("Accept no spelling mistake")),
    (
        "tolerant",
        _("Accept one wrong letter in words of four letters or more, two in words of eight or more"),
    ),
]


class SpellingForm(QuestionForm):
    """How strictly typed words are compared."""

    spelling = forms.ChoiceField(
        label=_("Spelling"), choices=SPELLINGS, widget=forms.RadioSelect, required=False
    )
    match_case = forms.BooleanField(
        label=_("Capital letters must be right"),
        required=False,
        help_text=_("Without the tick “unodc” is as good as “UNODC”."),
    )
    match_accents = forms.BooleanField(
        label=_("Accents and vowel marks must be right"),
        required=False,
        help_text=_("Without the tick “Bogota” is as good as “Bogotá”."),
    )
    wildcards = forms.BooleanField(
        label=_("A star (*) stands for any words"),
        required=False,
        help_text=_("“*Palermo*” accepts every answer in which Palermo stands."),
    )
    rules = ("spelling", "match_case", "match_accents", "wildcards")


def spelling_rules(data: dict) -> dict:
    """The rules as content keeps them."""
    flags = {name: bool(data[name]) for name in ("match_case", "match_accents", "wildcards")}
    return flags | {"spelling": data["spelling"] or "exact"}


def weight_field():
    """What an accepted answer earns."""
    return ShareField(
        label=_("Earns %"), required=False, help_text=_("Empty: 100. 0 for a mistake you answer.")
    )


class VariantForm(RowForm):
    """One accepted answer, or a mistake that gets an answer."""

    text = PlainField(label=_("Answer"), required=False)
    weight = weight_field()
    feedback = feedback_field(_("Feedback to those who write it"))
    tools = ("weight",)


class ShortAnswerEditor(Editor):
    """Accepted answers and how strictly they are compared."""

    kind = QuestionKind.SHORT_ANSWER
    form_class = SpellingForm
    tables = (
        Table(
            "variants",
            VariantForm,
            _("Accepted answers"),
            _("Add an answer"),
            _("The answer that earns most counts. Answers of every language of the question are accepted."),
            first=3,
        ),
    )

    def initial(self):
        """With the rules of comparing."""
        return super().initial() | {"spelling": "exact"} | self.question.settings

    def rows_of(self, prefix):
        """The accepted answers."""
        return [
            {"key": option["key"], **self.words_of(option["key"]), "weight": per_cent(option.get("weight"))}
            for option in self.question.options
        ]

    def write(self, text, data):
        """Answers and rules."""
        rows = self.bound[0].rows()
        self.question.settings = spelling_rules(data)
        self.question.options = [{"key": row["key"], "weight": row["weight"] or "1"} for row in rows]
        text.options = {row["key"]: said(row) for row in rows}


class NumericForm(QuestionForm):
    """Whether a unit is asked for."""

    unit = forms.ChoiceField(
        label=_("Unit"),
        choices=[
            ("none", _("No unit is typed")),
            ("optional", _("A unit may be typed")),
            ("required", _("A unit must be typed")),
        ],
        widget=forms.RadioSelect,
        required=False,
    )
    unit_penalty = ShareField(
        label=_("A wrong or missing unit costs %"),
        required=False,
        help_text=_("Of what the number alone would earn."),
    )
    rules = ("unit", "unit_penalty")


class ValueForm(RowForm):
    """One accepted number."""

    value = NumberField(label=_("Number"), required=False)
    tolerance = NumberField(
        label=_("Tolerance"), required=False, help_text=_("How far off still counts. Empty: not at all.")
    )
    weight = weight_field()
    feedback = feedback_field(_("Feedback to those who write it"))
    words = ("feedback",)
    tools = ("value", "tolerance", "weight")
    says = ("value", "feedback", "key")


class UnitForm(RowForm):
    """One unit and what it is worth."""

    symbol = PlainField(label=_("Unit"), required=False, max_length=20)
    factor = NumberField(
        label=_("Is worth"), required=False, help_text=_("In the first unit: 0.001 for m if that is km.")
    )
    words = ()
    tools = ("symbol", "factor")
    says = ("symbol",)


class NumericEditor(Editor):
    """Accepted numbers, and units."""

    kind = QuestionKind.NUMERIC
    form_class = NumericForm
    tables = (
        Table("values", ValueForm, _("Accepted numbers"), _("Add a number"), first=1, spare=1),
        Table(
            "units",
            UnitForm,
            _("Units"),
            _("Add a unit"),
            _("The first one is the unit the accepted numbers are in."),
            first=1,
            spare=1,
        ),
    )

    def initial(self):
        """With the rules for units."""
        rules = self.question.settings
        penalty = per_cent(rules.get("unit_penalty", "0.1"))
        return super().initial() | {"unit": rules.get("unit", "none"), "unit_penalty": penalty}

    def rows_of(self, prefix):
        """The numbers, or the units."""
        if prefix == "units":
            return [
                {"key": str(place), **unit}
                for place, unit in enumerate(self.question.settings.get("units", ()))
            ]
        return [
            {
                **option,
                "weight": per_cent(option.get("weight")),
                "feedback": self.words_of(option["key"]).get("feedback", ""),
            }
            for option in self.question.options
        ]

    def write(self, text, data):
        """Numbers, units, rules."""
        values, units = (table.rows() for table in self.bound)
        self.question.settings = {
            "units": [{"symbol": row["symbol"].strip(), "factor": row["factor"] or "1"} for row in units],
            "unit": data["unit"] or "none",
            "unit_penalty": data["unit_penalty"] or "0",
        }
        self.question.options = [
            {
                "key": row["key"],
                "value": row["value"],
                "tolerance": row["tolerance"] or "0",
                "weight": row["weight"] or "1",
            }
            for row in values
        ]
        text.options = {row["key"]: {"text": "", "feedback": row["feedback"]} for row in values}
