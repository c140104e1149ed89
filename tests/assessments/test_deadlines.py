"""Attempts whose time is over, and time that is granted while they are open."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from assessments import tasks
from assessments.models import EndedBy, QuizAttempt
from assessments.refusals import QuizRefusal, QuizRefused
from assessments.services import (
    begin_quiz,
    end_overdue_attempt,
    move_deadlines,
    overdue_attempts,
    save_answer,
)
from learning.models import Attempt
from tests.factories.assessments import make_quiz
from tests.factories.enrolments import make_accommodation, make_edition, make_enrolment

pytestmark = pytest.mark.django_db


@pytest.fixture
def quiz(db):
    return make_quiz(time_limit=10, grace_seconds=30)


def begin(enrolment, quiz, *, minutes_ago=0):
    """An open attempt that was begun some minutes ago."""
    quiz_attempt = begin_quiz(enrolment, quiz, language="en")
    Attempt.objects.filter(pk=quiz_attempt.pk).update(
        started_at=timezone.now() - timedelta(minutes=minutes_ago)
    )
    move_deadlines([enrolment.pk])
    return QuizAttempt.objects.get(pk=quiz_attempt.pk)


def test_what_nobody_handed_in_is_handed_in_and_graded_once_its_time_is_over(enrolment, quiz):
    quiz_attempt = begin(enrolment, quiz)
    save_answer(quiz_attempt.attempt, quiz_attempt.items.first(), ["a"], language="en")
    QuizAttempt.objects.update(deadline_at=timezone.now() - timedelta(minutes=1))

    tasks.end_overdue_attempts.enqueue()

    quiz_attempt = QuizAttempt.objects.get()
    assert quiz_attempt.ended_by == EndedBy.TIME
    assert quiz_attempt.attempt.score > 0
    assert not overdue_attempts()


def test_an_attempt_in_its_grace_is_left_open(enrolment, quiz):
    quiz_attempt = begin(enrolment, quiz)
    QuizAttempt.objects.update(deadline_at=timezone.now() - timedelta(seconds=20))

    assert end_overdue_attempt(quiz_attempt.pk) is False
    assert Attempt.objects.get().finished_at is None


def test_an_attempt_is_ended_by_the_clock_once(enrolment, quiz):
    quiz_attempt = begin(enrolment, quiz, minutes_ago=11)

    assert end_overdue_attempt(quiz_attempt.pk) is True
    assert end_overdue_attempt(quiz_attempt.pk) is False


def test_one_attempt_that_cannot_be_handed_in_holds_up_nobody_elses(enrolment, quiz, monkeypatch):
    begin(enrolment, quiz, minutes_ago=12)
    begin(make_enrolment(enrolment.edition), quiz, minutes_ago=11)
    first = overdue_attempts()[0]
    end = end_overdue_attempt

    def end_unless_first(attempt_id):
        if attempt_id == first:
            raise ValueError("This one is broken.")
        return end(attempt_id)

    monkeypatch.setattr("assessments.services.end_overdue_attempt", end_unless_first)

    tasks.end_overdue_attempts.enqueue()

    assert Attempt.objects.get(finished_at=None).pk == first


def test_an_overdue_attempt_stays_handed_in_though_no_other_may_be_begun():
    quiz = make_quiz(time_limit=10, attempts_allowed=1)
    enrolment = make_enrolment(make_edition(quiz.course))
    begin(enrolment, quiz, minutes_ago=11)

    with pytest.raises(QuizRefused) as refused:
        begin_quiz(enrolment, quiz, language="en")

    assert refused.value.refusal == QuizRefusal.NO_ATTEMPTS_LEFT
    assert Attempt.objects.get().finished_at


def test_after_an_overdue_attempt_another_is_begun(enrolment, quiz):
    overdue = begin(enrolment, quiz, minutes_ago=11)

    assert begin_quiz(enrolment, quiz, language="en") != overdue
    assert Attempt.objects.get(pk=overdue.pk).finished_at


def test_time_that_is_granted_moves_the_end_of_an_open_attempt(enrolment, quiz):
    quiz_attempt = begin(enrolment, quiz)
    make_accommodation(enrolment, quiz, extra_time_percent=50)

    move_deadlines([enrolment.pk])

    moved = QuizAttempt.objects.get().deadline_at
    assert moved == quiz_attempt.deadline_at + timedelta(minutes=5)


def test_moving_the_end_of_many_attempts_asks_no_more_queries_than_of_few(enrolment, quiz):
    counts = []
    for learners in (2, 12):
        enrolments = [make_enrolment(enrolment.edition) for _learner in range(learners)]
        for one in enrolments:
            begin(one, quiz)
            make_accommodation(one, quiz, extra_minutes=5)
        with CaptureQueriesContext(connection) as found:
            move_deadlines([one.pk for one in enrolments])
        counts.append(len(found))

    assert counts[0] == counts[1]
