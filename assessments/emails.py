"""What we write to learners about what they handed in and its scores. A score is on the page, behind their sign-in."""

from django.urls import reverse
from django.utils.translation import override

from assessments.models import EndedBy, Quiz, QuizAttempt
from assessments.receipts import in_groups
from courses.titles import title_in
from foundation.outbox import services as outbox
from learning.models import Attempt


def send_receipt(attempt: Attempt) -> None:
    """Say that an attempt has been handed in, when, and under which receipt. Once."""
    quiz_attempt = QuizAttempt.objects.get(pk=attempt.pk)
    _send(
        attempt,
        "receipt",
        key=str(attempt.pk),
        page="receipt",
        when=attempt.finished_at,
        by_time=quiz_attempt.ended_by == EndedBy.TIME,
        code=in_groups(quiz_attempt.receipt),
    )


def send_marked(attempt: Attempt) -> None:
    """Say that an attempt that waited has been marked. Once."""
    _send(attempt, "marked", key=str(attempt.pk))


def send_regraded(attempt: Attempt, regrade_id: int, reason: str) -> None:
    """Say that the score of an attempt has changed, and why. Once for each regrade."""
    _send(attempt, "regraded", key=f"{attempt.pk}:{regrade_id}", reason=reason)


def _send(attempt, name, *, key, page="result", **context):
    enrolment = attempt.enrolment
    person = enrolment.person
    with override(person.language):
        path = reverse(f"assessments:{page}", args=[enrolment.edition.code, attempt.pk])
    outbox.send(
        kind=f"assessments.{name}",
        to=person,
        template=f"assessments/email/{name}",
        context={
            "name": person.full_name,
            "course": title_in(enrolment.edition.course, person.language),
            "quiz": quiz_title(attempt.activity.specific, person.language),
            "path": path,
            **context,
        },
        key=f"assessments.{name}:{key}",
    )


def quiz_title(quiz: Quiz, language: str) -> str:
    """What learners call the quiz: its own title in the language, else that of the lesson it stands in."""
    wording = quiz.wording(language)
    if wording and wording.title:
        return wording.title
    placement = quiz.placements.placed().select_related("lesson").first()
    return title_in(placement.lesson, language) if placement else quiz.title
