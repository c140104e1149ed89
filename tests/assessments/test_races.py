"""Two tabs, two devices, two clicks: what must hold whoever comes first."""

import pytest

from assessments.models import Answer
from assessments.refusals import QuizRefused
from assessments.services import begin_quiz, hand_in, save_answer
from learning.models import Attempt
from tests.factories.assessments import make_quiz
from tests.factories.enrolments import make_edition, make_enrolment
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
