"""One question as its learner may see it: in a language, and no more of it than may be seen."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.utils.translation import get_language_info

from assessments import kinds
from assessments.models import AnswerFile
from assessments.models.sight import NOTHING, Sight
from assessments.paper.bodies import BODIES
from assessments.paper.material import PARTLY, RIGHT, WRONG, Material, judged
from assessments.paper.wording import words_in
from assessments.rich_words import RichTextBatch, RichWords
from assessments.rubrics import RubricShown

WAITING, UNANSWERED, DROPPED, GIVEN = "waiting", "unanswered", "dropped", "given"


@dataclass(frozen=True)
class Verdict:
    """What became of an answer, as far as it may be seen. The marks bring `earned`, `state`, `rubric`."""

    state: str = ""
    score: Decimal | None = None
    earned: Decimal | None = None
    feedback: RichWords | None = None
    comments: tuple[str, ...] = ()
    rubric: RubricShown | None = None
    lesson_id: int | None = None


@dataclass(frozen=True)
class QuestionShown:
    """One question as shown."""

    item_id: int
    number: int
    kind: str
    stem: RichWords
    body: Any
    language: str
    response: Any
    is_answered: bool
    hint: RichWords | None = None
    points: Decimal | None = None
    page: int = 0
    sequence: int = 0
    seconds: int = 0
    saved_at: datetime | None = None
    checked_at: datetime | None = None
    is_flagged: bool = False
    # None until anything may be seen of what became of the answer.
    verdict: Verdict | None = None

    @property
    def name(self) -> str:
        """The name of its form fields, or what they begin with."""
        return f"item-{self.item_id}"

    @property
    def anchor(self) -> str:
        """Where it stands on its page."""
        return f"question-{self.number}"

    @property
    def was(self) -> str:
        """The answer as the page shows it, so that a form can tell what was changed in it."""
        return kinds.canonical(self.response)

    @property
    def role(self) -> str:
        """What its fields are together, for those who hear the page."""
        chosen_once = self.body.template in ("choice", "hotspot") and not self.body.several
        return "radiogroup" if chosen_once else "group"

    @property
    def direction(self) -> str:
        """The direction its words are written in."""
        return "rtl" if get_language_info(self.language)["bidi"] else "ltr"

    @property
    def stem_stands_apart(self) -> bool:
        """Whether the text comes before the fields; gaps stand inside it."""
        return self.body.template != "gaps"

    @property
    def can_be_checked(self) -> bool:
        """Whether the server can say at once if it is right."""
        return not kinds.get(self.kind).is_manual

    @property
    def answer_template(self) -> str:
        """Draws it to be answered."""
        return f"assessments/kinds/{self.body.template}.html"

    @property
    def result_template(self) -> str:
        """Draws the answer given."""
        return f"assessments/kinds/{self.body.template}_result.html"

    @property
    def is_right(self) -> bool:
        """Whether it is known to have earned everything."""
        return self.verdict is not None and self.verdict.state == RIGHT


def question_shown(
    content: dict,
    language: str,
    sight: Sight = NOTHING,
    *,
    rich: RichTextBatch | None = None,
    response: Any = None,
    score: Decimal | None = None,
    seed: int = 1,
    shuffles: bool = True,
    image: Any = None,
    files: Sequence[AnswerFile] = (),
    comments: Sequence[str] = (),
    rubric: RubricShown | None = None,
    lesson_id: int | None = None,
    is_dropped: bool = False,
    is_given: bool = False,
    points: Decimal | None = None,
    **facts: Any,
) -> QuestionShown:
    """One question in a language, with as much as may be seen of it.

    `score` is what the answer earned, 0 to 1, None while it waits for a mark. `facts` are fields of QuestionShown.
    """
    kind = kinds.get(content["kind"])
    response = kind.nothing() if response is None else response
    words, spoken = words_in(content, language)
    rich = rich or RichTextBatch()
    answered = kind.is_answered(response)
    verdict = None
    if sight.anything:
        explained = words.get("feedback", "") if explains(sight, score, is_manual=kind.is_manual) else ""
        verdict = _verdict(
            sight,
            _state(score, answered=answered, is_dropped=is_dropped, is_given=is_given),
            marks={"score": score, "earned": _in_points(score, points), "rubric": rubric},
            feedback=rich(explained),
            comments=comments,
            lesson_id=lesson_id,
        )
    material = Material(content, words, spoken, response, sight, rich, seed, shuffles, image, files)
    return QuestionShown(
        kind=content["kind"],
        stem=rich(words["stem"]),
        body=BODIES[content["kind"]](material),
        language=spoken,
        response=response,
        is_answered=answered,
        hint=rich(words.get("hint", "")),
        points=points,
        verdict=verdict,
        **facts,
    )


def _verdict(sight, state, *, marks, feedback, comments, lesson_id):
    """What may be seen of how an answer was marked."""
    leads_back = sight.marks and state in (PARTLY, WRONG, UNANSWERED)
    return Verdict(
        state=state if sight.marks else "",
        **(marks if sight.marks else dict.fromkeys(marks)),
        feedback=feedback,
        comments=tuple(comments) if sight.feedback else (),
        lesson_id=lesson_id if leads_back else None,
    )


def explains(sight: Sight, score: Decimal | None, *, is_manual: bool) -> bool:
    """Whether the general feedback is shown.

    It explains the answer, so it waits like the answer where that was not found; with an essay, until it is marked.
    """
    if not sight.feedback:
        return False
    found = score is not None if is_manual else score == 1
    return sight.right or (sight.marks and found)


def _state(score, *, answered, is_dropped, is_given):
    if is_dropped or is_given:
        return DROPPED if is_dropped else GIVEN
    if not answered:
        return UNANSWERED
    return WAITING if score is None else judged(score)


def _in_points(score, points):
    """What a share of the points comes to, as people read it: a third of 3 is 1."""
    if score is None or points is None:
        return None
    return (score * points).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
