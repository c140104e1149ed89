"""Two tabs, two devices, two clicks: what must hold whoever comes first."""

from datetime import timedelta
from threading import Event
from time import sleep

import pytest
from django.db import transaction
from django.utils import timezone

from assessments.models import Answer, QuizAttempt
from assessments.receipts import receipt_of
from assessments.refusals import QuizRefused
from assessments.services import (
    begin_quiz,
    end_overdue_attempt,
    hand_in,
    move_deadlines,
    save_answer,
    taking,
    turn_page,
)
from enrolments.models import ActivitySchedule, Enrolment
from enrolments.services import lock, set_dates
from learning.models import Attempt
from tests.factories.accounts import make_person
from tests.factories.assessments import make_quiz
from tests.factories.enrolments import make_accommodation, make_edition, make_enrolment
from tests.factories.learning import make_attempt
from tests.threads import at_once

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def quiz():
    return make_quiz(attempts_allowed=1)


@pytest.fixture
def enrolment(quiz):
    return make_enrolment(make_edition(quiz.course))


def test_two_begins_make_one_attempt(enrolment, quiz):
    begun = at_once(*[lambda: begin_quiz(enrolment, quiz, language="en")] * 4)

    assert len(set(begun)) == 1
    assert Attempt.objects.count() == 1


def test_two_begins_do_not_pass_the_limit_of_attempts(enrolment, quiz):
    make_attempt(enrolment, quiz, score=0)

    begun = at_once(*[lambda: begin_quiz(enrolment, quiz, language="en")] * 4)

    assert all(isinstance(problem, QuizRefused) for problem in begun)
    assert Attempt.objects.count() == 1


def test_handing_in_twice_at_once_grades_once(enrolment, quiz):
    attempt = begin_quiz(enrolment, quiz, language="en").attempt

    first, second = at_once(lambda: hand_in(attempt), lambda: hand_in(attempt))

    assert first.finished_at == second.finished_at


def test_an_answer_saved_while_handing_in_is_graded_or_refused(enrolment, quiz):
    attempt = begin_quiz(enrolment, quiz, language="en").attempt
    item = attempt.quiz_attempt.items.first()

    saved, handed_in = at_once(
        lambda: save_answer(attempt, item, ["a"], language="en"), lambda: hand_in(attempt)
    )

    if isinstance(saved, Answer):
        assert Answer.objects.get().score == 1
    else:
        assert isinstance(saved, QuizRefused)
        assert handed_in.score == 0


def test_answers_saved_at_once_are_one_row_with_a_number_for_each(enrolment, quiz):
    attempt = begin_quiz(enrolment, quiz, language="en").attempt
    item = attempt.quiz_attempt.items.first()

    at_once(*[lambda: save_answer(attempt, item, ["b"], language="en")] * 5)

    assert Answer.objects.get().sequence == 5


def test_an_answer_that_comes_while_grading_waits_for_it_and_is_refused(enrolment, quiz, monkeypatch):
    attempt = begin_quiz(enrolment, quiz, language="en").attempt
    item = attempt.quiz_attempt.items.first()
    grading = Event()

    def slow_receipt(*of):
        grading.set()
        sleep(0.3)
        return receipt_of(*of)

    monkeypatch.setattr(taking, "receipt_of", slow_receipt)

    saved, handed_in = at_once(
        lambda: grading.wait(5) and save_answer(attempt, item, ["a"], language="en"),
        lambda: hand_in(attempt),
    )

    assert isinstance(saved, QuizRefused)
    assert handed_in.finished_at


def test_an_answer_to_a_page_that_is_just_being_left_is_refused(enrolment):
    quiz = make_quiz(enrolment.edition.course, sequential=True, questions_per_page=1)
    attempt = begin_quiz(enrolment, quiz, language="en").attempt
    first = attempt.quiz_attempt.items.first()
    turned = Event()

    @transaction.atomic
    def turn():
        turn_page(attempt, 1)
        turned.set()
        sleep(0.3)

    saved, _page = at_once(lambda: turned.wait(5) and save_answer(attempt, first, ["a"], language="en"), turn)

    assert isinstance(saved, QuizRefused)
    assert not Answer.objects.exists()


def test_an_attempt_begun_while_dates_change_ends_by_the_new_dates(enrolment, quiz):
    closes_at = timezone.now() + timedelta(days=1)
    closing = ActivitySchedule(edition=enrolment.edition, activity=quiz, closes_at=closes_at)
    staff, begun = make_person(), Event()

    @transaction.atomic
    def begin():
        begin_quiz(enrolment, quiz, language="en")
        begun.set()
        sleep(0.3)

    def close():
        begun.wait(5)
        set_dates(enrolment.edition, [closing], by=staff, reason="Exam week")

    at_once(begin, close)

    assert QuizAttempt.objects.get().deadline_at == closes_at


def test_time_granted_while_attempts_are_ended_keeps_them_open(enrolment):
    quiz = make_quiz(enrolment.edition.course, time_limit=10, grace_seconds=0)
    attempt = begin_quiz(enrolment, quiz, language="en")
    Attempt.objects.update(started_at=timezone.now() - timedelta(minutes=11))
    move_deadlines([enrolment.pk])
    granted = Event()

    @transaction.atomic
    def grant():
        lock(enrolment)
        make_accommodation(enrolment, quiz, extra_minutes=30)
        granted.set()
        sleep(0.3)
        move_deadlines([enrolment.pk])

    at_once(grant, lambda: granted.wait(5) and end_overdue_attempt(attempt.pk))

    assert Attempt.objects.get().finished_at is None


def test_dates_of_many_moved_from_two_sides_wait_for_each_other(enrolment, quiz):
    pks = [enrolment.pk, *(make_enrolment(enrolment.edition).pk for _learner in range(3))]
    for one in Enrolment.objects.filter(pk__in=pks):
        begin_quiz(one, quiz, language="en")

    moved = at_once(*[lambda: move_deadlines(pks), lambda: move_deadlines(pks[::-1])] * 3)

    assert moved == [None] * 6
