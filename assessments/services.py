"""Taking quizzes: beginning, saving each answer as it is given, handing in. Graded here, on the server."""

import secrets
from collections.abc import Collection, Mapping
from decimal import Decimal

from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.utils import timezone

from assessments.models import Answer, Quiz, QuizAttempt, QuizVersionItem
from assessments.refusals import QuizRefusal, QuizRefused
from assessments.scoring import clean_response, score, total
from assessments.standing import attempt_refusal, current_version
from enrolments.models import Enrolment
from enrolments.services import lock
from learning import services as learning
from learning.models import Attempt


@transaction.atomic
def begin_quiz(enrolment: Enrolment, quiz: Quiz, *, language: str) -> QuizAttempt:
    """The open attempt, begun now if there is none. Raises QuizRefused or LearningRefused. Safe to repeat."""
    enrolment = lock(enrolment)
    open_attempt = QuizAttempt.objects.filter(
        attempt__enrolment=enrolment, attempt__activity=quiz, attempt__finished_at=None
    ).first()
    if open_attempt:
        return open_attempt
    refusal = attempt_refusal(enrolment, quiz)
    if refusal:
        raise QuizRefused(refusal)
    attempt = learning.open_attempt(enrolment, quiz, language=language, version=current_version(quiz))
    return QuizAttempt.objects.create(attempt=attempt, seed=secrets.randbelow(2**31))


def save_answer(
    attempt: Attempt, item: QuizVersionItem, response: Collection[str], *, language: str
) -> Answer:
    """Keep the answer to one question; the last one given counts. Raises QuizRefused once the attempt is handed in."""
    return save_answers(attempt, {item.pk: response}, language=language)[0]


@transaction.atomic
def save_answers(
    attempt: Attempt, responses: Mapping[int, Collection[str]], *, language: str
) -> list[Answer]:
    """Keep the answers to some questions, by item; in as many queries, however many there are.

    What is no question of the attempt is left out. Raises QuizRefused once the attempt is handed in.
    """
    locked = Attempt.objects.select_for_update().only("finished_at", "version").get(pk=attempt.pk)
    if locked.finished_at:
        raise QuizRefused(QuizRefusal.HANDED_IN)
    # Read once the attempt is held: the last number must be seen, not the one before somebody else's save.
    last = Answer.objects.filter(quiz_attempt=attempt.pk, item=OuterRef("pk")).values("sequence")
    items = QuizVersionItem.objects.filter(version=locked.version_id, pk__in=responses)
    answers = [
        Answer(
            quiz_attempt_id=attempt.pk,
            item=item,
            response=clean_response(item.question_version.content, responses[item.pk]),
            language=language,
            saved_at=timezone.now(),
            sequence=(item.last or 0) + 1,
        )
        for item in items.select_related("question_version").annotate(last=Subquery(last))
    ]
    return Answer.objects.bulk_create(
        answers,
        update_conflicts=True,
        unique_fields=["quiz_attempt", "item"],
        update_fields=["response", "language", "saved_at", "sequence"],
    )


def hand_in(attempt: Attempt) -> Attempt:
    """Grade every answer, hand the attempt in and complete what it completes. Safe to repeat."""
    return learning.finish_attempt(attempt, score=_graded)


def _graded(attempt: Attempt) -> Decimal:
    """Mark every answer of an attempt; its score, with questions not answered worth nothing."""
    items = QuizVersionItem.objects.filter(version=attempt.version_id).select_related("question_version")
    answers = {answer.item_id: answer for answer in Answer.objects.filter(quiz_attempt=attempt.pk)}
    marks = []
    for item in items:
        answer = answers.get(item.pk)
        mark = score(item.question_version.content, answer.response) if answer else Decimal(0)
        marks.append((mark, item.points))
        if answer:
            answer.score = mark
    Answer.objects.bulk_update(answers.values(), ["score"])
    return total(marks)
