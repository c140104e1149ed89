import pytest

from assessments.services import begin_quiz, hand_in, save_answer
from tests.factories.assessments import make_quiz
from tests.factories.enrolments import make_edition, make_enrolment

pytestmark = pytest.mark.django_db


def test_handing_in_right_answers_passes_and_completes_the_course():
    quiz = make_quiz(questions=2)
    enrolment = make_enrolment(make_edition(quiz.course))

    attempt = begin_quiz(enrolment, quiz, language="en").attempt
    for item in attempt.version.quiz_items.all():
        save_answer(attempt, item, ["a"], language="en")
    attempt = hand_in(attempt)

    assert attempt.score == 1
    assert enrolment.course_completion
