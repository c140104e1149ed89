"""What a learner should know before beginning a quiz: time, attempts, dates, and what will be shown afterwards."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.models import Reviewable, ReviewMoment, default_review
from assessments.standing import QuizStanding

THINGS = {
    Reviewable.ANSWERS: gettext_lazy("your answers"),
    Reviewable.MARKS: gettext_lazy("marks"),
    Reviewable.FEEDBACK: gettext_lazy("feedback"),
    Reviewable.RIGHT: gettext_lazy("right answers"),
}
MOMENTS = {
    ReviewMoment.AFTER: gettext_lazy("Right after handing in: %(things)s"),
    ReviewMoment.LATER: gettext_lazy("Later: %(things)s"),
    ReviewMoment.CLOSED: gettext_lazy("After the quiz has closed: %(things)s"),
}


@dataclass(frozen=True)
class Terms:
    """The conditions of an attempt begun now.

    - minutes: the time limit with this person's extra time, None for none; `has_more_time` where they have some
    - hours_between: how long to wait between attempts
    - shown: sentences about what will be shown when
    """

    minutes: int | None
    has_more_time: bool
    hours_between: int
    needs_password: bool
    opens_at: datetime | None
    due_at: datetime | None
    closes_at: datetime | None
    review_at: datetime | None
    is_practice: bool
    is_sequential: bool
    shown: tuple[str, ...]


def terms_of(standing: QuizStanding) -> Terms:
    """Work out the conditions for one learner."""
    quiz, dates, now = standing.quiz, standing.dates, timezone.now()
    limit = timedelta(minutes=quiz.time_limit) if quiz.time_limit else None
    return Terms(
        minutes=round(dates.allowed(limit).total_seconds() / 60) if limit else None,
        has_more_time=bool(limit) and dates.allowed(limit) > limit,
        hours_between=quiz.hours_between if standing.attempts_left != 0 else 0,
        needs_password=bool(dates.password),
        opens_at=dates.opens_at if dates.opens_at and dates.opens_at > now else None,
        due_at=dates.due_at,
        closes_at=dates.closes_at,
        review_at=dates.review_at if dates.review_at and dates.review_at > now else None,
        is_practice=quiz.practice,
        is_sequential=quiz.sequential,
        shown=tuple(_shown(quiz, closes=dates.closes_at is not None)),
    )


def _shown(quiz, *, closes) -> Iterator[str]:
    """What is shown when; moments that show the same as the one before are left out."""
    review, before = quiz.review or default_review(), None
    for moment, sentence in MOMENTS.items():
        if moment == ReviewMoment.CLOSED and not closes:
            continue
        names = [name for name in THINGS if name in review.get(moment, ())]
        if names == before:
            continue
        before = names
        things = _(", ").join(str(THINGS[name]) for name in names) or _("only your receipt")
        yield str(sentence) % {"things": things}
    right_later = any(
        Reviewable.RIGHT in review.get(moment, ()) for moment in (ReviewMoment.AFTER, ReviewMoment.LATER)
    )
    if quiz.right_when_spent and not right_later:
        yield _("Right answers once you have passed or used all your attempts")
