"""Whose quiz, whose attempt. Learner data reaches the quiz views only through here."""

from django.http import Http404

from accounts.models import User
from assessments.models import Quiz
from enrolments.models import Enrolment
from learning.access import get_activity_or_404, get_attempt_or_404
from learning.models import Attempt


def get_quiz_or_404(user: User, edition_code: str, activity_id: int) -> tuple[Enrolment, Quiz]:
    """The person's enrolment and a quiz that stands in a lesson of its course."""
    enrolment, activity = get_activity_or_404(user, edition_code, activity_id)
    if not isinstance(activity, Quiz):
        raise Http404
    return enrolment, activity


def get_quiz_attempt_or_404(user: User, edition_code: str, attempt_id: int) -> Attempt:
    """The person's own attempt at a quiz."""
    return get_attempt_or_404(user, edition_code, attempt_id, kind="quiz_attempt")
