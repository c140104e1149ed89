"""How much of an attempt its learner may see now. The only place that says so; pure."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _


class ReviewMoment(models.TextChoices):
    """When a learner looks at an attempt."""

    AFTER = "after", _("Right after handing in")
    LATER = "later", _("Later, while the quiz is open")
    CLOSED = "closed", _("After the quiz has closed")


class Reviewable(models.TextChoices):
    """What a learner may be shown of an attempt handed in."""

    ANSWERS = "answers", _("The questions with their own answers")
    MARKS = "marks", _("Marks")
    FEEDBACK = "feedback", _("Feedback")
    RIGHT = "right", _("Right answers")


def default_review():
    """Answers, marks and feedback at once; the right answers once the quiz has closed."""
    soon = [Reviewable.ANSWERS.value, Reviewable.MARKS.value, Reviewable.FEEDBACK.value]
    return {
        ReviewMoment.AFTER.value: list(soon),
        ReviewMoment.LATER.value: list(soon),
        ReviewMoment.CLOSED.value: [*soon, Reviewable.RIGHT.value],
    }


# How long "right after handing in" lasts: long enough to read the whole result.
RIGHT_AFTER = timedelta(minutes=15)


@dataclass(frozen=True)
class Sight:
    """What may be seen. `opens_at` is when something is shown to somebody who sees nothing yet, where that is known."""

    answers: bool = False
    marks: bool = False
    feedback: bool = False
    right: bool = False
    opens_at: datetime | None = None

    @property
    def anything(self) -> bool:
        """Whether there is anything to see besides the receipt."""
        return self.answers or self.marks or self.feedback or self.right


NOTHING = Sight()
EVERYTHING = Sight(answers=True, marks=True, feedback=True, right=True)


@dataclass(frozen=True)
class Situation:
    """What the sight of one attempt depends on.

    - finished_at: when the attempt was handed in
    - closes_at, review_at: when the quiz closes, and may be looked at, for this person
    - is_spent: the quiz is passed, or no attempt is left
    - another_is_open: an attempt at the same quiz is under way
    """

    finished_at: datetime | None
    closes_at: datetime | None = None
    review_at: datetime | None = None
    is_spent: bool = False
    another_is_open: bool = False


def moment_of(situation: Situation, now: datetime) -> ReviewMoment:
    """Which of the moments that a quiz has rules for it is."""
    if situation.closes_at and now >= situation.closes_at:
        return ReviewMoment.CLOSED
    if situation.finished_at and now < situation.finished_at + RIGHT_AFTER:
        return ReviewMoment.AFTER
    return ReviewMoment.LATER


def sight_of(rules: Mapping, situation: Situation, now: datetime) -> Sight:
    """What may be seen of an attempt: nothing before it is handed in or the review date has come.

    Right answers stay hidden while an attempt at the same questions is under way.
    """
    if situation.finished_at is None:
        return NOTHING
    if situation.review_at and now < situation.review_at:
        return Sight(opens_at=situation.review_at)
    review = rules.get("review") or default_review()
    shown = _shown(review.get(moment_of(situation, now), ()))
    if rules.get("right_when_spent", True) and situation.is_spent and shown.answers:
        shown = replace(shown, right=True)
    if situation.another_is_open:
        shown = replace(shown, right=False)
    closes = situation.closes_at
    if not shown.anything and closes and now < closes and review.get(ReviewMoment.CLOSED):
        shown = replace(shown, opens_at=closes)
    return shown


def _shown(names: Collection[str]) -> Sight:
    """The right answers are shown beside the answers, never without them."""
    answers = Reviewable.ANSWERS in names
    return Sight(
        answers=answers,
        marks=Reviewable.MARKS in names,
        feedback=answers and Reviewable.FEEDBACK in names,
        right=answers and Reviewable.RIGHT in names,
    )
