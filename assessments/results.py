"""The result of an attempt handed in, as far as its learner may see it."""

from dataclasses import dataclass
from decimal import Decimal

from assessments.models import QuizText
from assessments.models.sight import Sight
from assessments.paper import Paper, QuestionShown, SectionShown
from assessments.paper.material import RIGHT
from assessments.paper.questions import DROPPED, GIVEN, WAITING
from assessments.rich_words import RichWords, rich
from assessments.standing import QuizStanding, quiz_standing
from learning.models import Attempt


@dataclass(frozen=True)
class Gain:
    """What a learner reached before and after: the scores of the pre-test and of this attempt."""

    before: Decimal
    after: Decimal

    @property
    def points(self) -> Decimal:
        """The difference, in parts of the whole."""
        return self.after - self.before


@dataclass(frozen=True)
class ResultShown:
    """One attempt as its learner sees it afterwards."""

    sight: Sight
    sections: tuple[SectionShown, ...]
    total: int
    score: Decimal | None
    is_waiting: bool
    # passed, failed, waiting, or done where nothing more is said
    state: str = "done"
    # Whether right answers are held back for now.
    says_when_right: bool = False
    band: RichWords | None = None
    gain: Gain | None = None

    @property
    def questions(self) -> list[QuestionShown]:
        """Every question shown."""
        return [
            question for section in self.sections for group in section.groups for question in group.questions
        ]

    @property
    def counted(self) -> list[QuestionShown]:
        """Questions that count: all but those that were dropped."""
        return [
            question for question in self.questions if question.verdict and question.verdict.state != DROPPED
        ]

    @property
    def right(self) -> int:
        """How many questions are known to be right."""
        return sum(question.verdict.state in (RIGHT, GIVEN) for question in self.counted if question.verdict)

    @property
    def waiting(self) -> int:
        """How many questions wait for a mark."""
        return sum(question.verdict.state == WAITING for question in self.counted if question.verdict)


def result_of(
    attempt: Attempt, standing: QuizStanding, language: str, wording: QuizText | None
) -> ResultShown:
    """Work out what the learner sees of an attempt now."""
    sight = standing.sight(attempt)
    paper = Paper(attempt.quiz_attempt, language, sight)
    score = attempt.score if sight.marks else None
    return ResultShown(
        sight=sight,
        sections=tuple(paper.sections() if sight.answers else ()),
        total=len(paper.items),
        score=score,
        is_waiting=attempt.score is None,
        state=_state(attempt, standing, sight),
        says_when_right=sight.answers and not sight.right,
        band=_band(attempt.quiz_attempt.rules, score, wording),
        gain=_gain(attempt, standing, score),
    )


def _state(attempt: Attempt, standing: QuizStanding, sight: Sight) -> str:
    if attempt.score is None:
        return "waiting"
    if not sight.marks or not standing.quiz.needs_pass:
        return "done"
    return "passed" if attempt.passed else "failed"


def _band(rules: dict, score: Decimal | None, wording: QuizText | None) -> RichWords | None:
    """The overall feedback of the highest band the score reaches."""
    if score is None or wording is None:
        return None
    reached = [band for band in rules.get("bands", ()) if score >= Decimal(band["from"])]
    if not reached:
        return None
    best = max(reached, key=lambda band: Decimal(band["from"]))
    said = wording.bands.get(best["key"], "")
    return rich(said) if said else None


def _gain(attempt: Attempt, standing: QuizStanding, score: Decimal | None) -> Gain | None:
    """What was gained since the pre-test, where this is its post-test and the marks of both may be seen."""
    pretest = standing.quiz.pretest
    if score is None or pretest is None:
        return None
    earlier = quiz_standing(attempt.enrolment, pretest)
    before = next((one for one in earlier.finished if one.score is not None), None)
    return Gain(before.score, score) if before and earlier.sight(before).marks else None
