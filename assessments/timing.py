"""When a quiz opens and closes for one learner, and when the time of an attempt ends. By the server's clock alone."""

from datetime import datetime, timedelta

from django.utils import timezone

from assessments.models import QuizAttempt
from enrolments.activity_dates import ActivityDates

# A script hands in when it reaches zero; rounding and a quick line may bring it there a little early.
A_MOMENT = 3


def deadline(dates: ActivityDates, rules: dict, started_at: datetime) -> datetime | None:
    """When an attempt begun at this moment ends: its time limit, or the closing of the quiz, whichever is first."""
    ends = [dates.closes_at] if dates.closes_at else []
    if minutes := rules.get("time_limit"):
        ends.append(started_at + dates.allowed(timedelta(minutes=minutes)))
    return min(ends, default=None)


def last_moment(quiz_attempt: QuizAttempt) -> datetime | None:
    """Until when an answer on its way still counts."""
    if quiz_attempt.deadline_at is None:
        return None
    return quiz_attempt.deadline_at + timedelta(seconds=quiz_attempt.rules.get("grace_seconds") or 0)


def time_is_over(quiz_attempt: QuizAttempt, now: datetime | None = None) -> bool:
    """Whether nothing can be saved in this attempt any more."""
    end = last_moment(quiz_attempt)
    return end is not None and (now or timezone.now()) > end


def seconds_left(quiz_attempt: QuizAttempt, now: datetime | None = None) -> int | None:
    """Whole seconds until the deadline, never below zero; None without one. The browser counts down from here."""
    if quiz_attempt.deadline_at is None:
        return None
    return max(int((quiz_attempt.deadline_at - (now or timezone.now())).total_seconds()), 0)


def is_nearly_over(quiz_attempt: QuizAttempt) -> bool:
    """Whether a browser that counts whole seconds may already be at zero."""
    left = seconds_left(quiz_attempt)
    return left is not None and left <= A_MOMENT
