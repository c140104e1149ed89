"""How content types end: with a score, with a word, or with nothing at all. Said to authors before they publish.

Where no entry says otherwise, what was captured in a browser counts; a type that is not listed is unknown.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from django.utils.translation import gettext as _

from h5p.core.xapi import Statement, Verb

ENDING_VERBS = frozenset({Verb.ANSWERED, Verb.COMPLETED, Verb.PASSED, Verb.MASTERED, Verb.CONSUMED})


class Ends(StrEnum):
    """What a content type reports when somebody is through."""

    SCORE = "score"
    # With a score if something in it gives points, else with a word.
    SCORE_IF_PARTS_DO = "score_if_parts_do"
    REPORTED = "reported"
    ALL_OPENED = "all_opened"
    NOTHING = "nothing"
    UNKNOWN = "unknown"


ENDS = {
    "JusticeKit.Accordion": Ends.ALL_OPENED,
    "JusticeKit.Column": Ends.SCORE_IF_PARTS_DO,
    # Without points for its choices it says only that the learner came to an end.
    "JusticeKit.DecisionScenario": Ends.SCORE_IF_PARTS_DO,
    "JusticeKit.EvidenceFile": Ends.SCORE,
    "JusticeKit.FillBlanks": Ends.SCORE,
    "JusticeKit.Flashcards": Ends.REPORTED,
    "JusticeKit.MultipleChoice": Ends.SCORE,
    "JusticeKit.QuestionSet": Ends.SCORE,
    "JusticeKit.Sorting": Ends.SCORE,
    "JusticeKit.Text": Ends.REPORTED,
    "JusticeKit.TrueFalse": Ends.SCORE,
    "H5P.Accordion": Ends.ALL_OPENED,
    "H5P.AdvancedText": Ends.NOTHING,
    "H5P.Blanks": Ends.SCORE,
    "H5P.Chart": Ends.NOTHING,
    "H5P.Collage": Ends.NOTHING,
    "H5P.Column": Ends.SCORE_IF_PARTS_DO,
    "H5P.CoursePresentation": Ends.SCORE_IF_PARTS_DO,
    "H5P.Dialogcards": Ends.NOTHING,
    "H5P.DragQuestion": Ends.SCORE,
    "H5P.DragText": Ends.SCORE,
    # Without keywords to look for it gives no points.
    "H5P.Essay": Ends.SCORE_IF_PARTS_DO,
    "H5P.Image": Ends.NOTHING,
    "H5P.ImageJuxtaposition": Ends.NOTHING,
    "H5P.InteractiveBook": Ends.SCORE_IF_PARTS_DO,
    "H5P.InteractiveVideo": Ends.SCORE_IF_PARTS_DO,
    "H5P.MarkTheWords": Ends.SCORE,
    "H5P.MultiChoice": Ends.SCORE,
    "H5P.QuestionSet": Ends.SCORE,
    "H5P.Questionnaire": Ends.REPORTED,
    "H5P.SingleChoiceSet": Ends.SCORE,
    "H5P.Summary": Ends.SCORE,
    "H5P.Table": Ends.NOTHING,
    "H5P.Timeline": Ends.NOTHING,
    "H5P.TrueFalse": Ends.SCORE,
}
MAY_SCORE = frozenset({Ends.SCORE, Ends.SCORE_IF_PARTS_DO, Ends.UNKNOWN})


class Rule(StrEnum):
    """What makes an activity count as done; the values are those of the LMS."""

    MARKED = "marked"
    FINISHED = "finished"
    PASSED = "passed"


@dataclass(frozen=True)
class Outcome:
    """How an attempt ended: with points of points, or without any."""

    raw: Decimal | None = None
    maximum: Decimal | None = None
    seconds: int | None = None

    @property
    def score(self) -> Decimal | None:
        """The share earned, from 0 to 1, to a thousandth; None without points."""
        if self.raw is None or not self.maximum:
            return None
        return (self.raw / self.maximum).quantize(Decimal("0.001"))


def outcome(raw: Decimal | None, maximum: Decimal | None, seconds: int | None) -> Outcome:
    """What was reported, made possible: points between 0 and the most, or none where there is no most."""
    if raw is None or maximum is None or maximum <= 0:
        return Outcome(seconds=seconds)
    return Outcome(min(max(raw, Decimal(0)), maximum), maximum, seconds)


def outcome_of(statement: Statement) -> Outcome | None:
    """How the attempt ended by this statement, or None where it ends nothing: a part, or something on the way."""
    if not statement.is_root or statement.verb_name not in ENDING_VERBS:
        return None
    return outcome(statement.raw, statement.maximum, statement.seconds)


def ends_of(machine_name: str) -> Ends:
    """What is known of a content type."""
    return ENDS.get(machine_name, Ends.UNKNOWN)


def types_without_scores() -> tuple[str, ...]:
    """The machine names of types that are known never to report a score."""
    return tuple(name for name, ends in ENDS.items() if ends not in MAY_SCORE)


def ends_sentence(machine_name: str) -> str:
    """How content of this type is completed, for its author."""
    return {
        Ends.SCORE: _("It reports a score when the learner has answered."),
        Ends.SCORE_IF_PARTS_DO: _(
            "It reports a score if something in it gives points. Otherwise it reports only that the learner is through."
        ),
        Ends.REPORTED: _("It reports when the learner is through, without a score."),
        Ends.ALL_OPENED: _("It reports when everything in it has been opened, without a score."),
        Ends.NOTHING: _("It reports nothing: the learner marks it as done."),
        Ends.UNKNOWN: _(
            "It is not known what this type reports. If it reports a score, the score is recorded; try it before you "
            "choose how it is completed."
        ),
    }[ends_of(machine_name)]


def rule_problem(machine_name: str, rule: str, title: str) -> str:
    """Why content of this type, called so, can never be completed by this rule; empty where it can."""
    ends = ends_of(machine_name)
    if ends is Ends.NOTHING and rule != Rule.MARKED:
        return _(
            "“%(type)s” reports nothing, so it can never be complete by itself. Let the learner mark it as done."
        ) % {"type": title}
    if rule == Rule.PASSED and ends not in MAY_SCORE:
        return _(
            "“%(type)s” reports no score, so nobody can reach a pass mark. Choose that the learner finishes it or "
            "marks it as done."
        ) % {"type": title}
    return ""
