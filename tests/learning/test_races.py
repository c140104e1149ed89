"""Two tabs finish the last two activities."""

import pytest

from learning.models import Completion, CourseCompletion
from learning.services import complete_activity, open_attempt
from learning.signals import course_completed
from tests.factories.assessments import make_quiz
from tests.factories.courses import make_course, make_lesson, reading_of
from tests.factories.enrolments import make_edition, make_enrolment
from tests.threads import at_once

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def heard():
    """Every announcement of a completed course."""
    found = []

    def listen(sender, enrolment, **kwargs):
        found.append(enrolment)

    course_completed.connect(listen)
    yield found
    course_completed.disconnect(listen)


def test_two_threads_that_finish_the_last_two_activities_complete_the_course_once(heard):
    course = make_course()
    readings = [reading_of(make_lesson(course, read=True)) for _lesson in range(2)]
    enrolment = make_enrolment(make_edition(course))

    at_once(*[lambda reading=reading: complete_activity(enrolment, reading) for reading in readings])

    assert Completion.objects.count() == 2
    assert CourseCompletion.objects.count() == 1
    assert len(heard) == 1


def test_two_clicks_on_the_last_activity_complete_it_once(heard):
    course = make_course()
    reading = reading_of(make_lesson(course, read=True))
    enrolment = make_enrolment(make_edition(course))

    problems = at_once(*[lambda: complete_activity(enrolment, reading)] * 4)

    assert problems == [None] * 4
    assert Completion.objects.count() == 1
    assert len(heard) == 1


def test_two_tabs_that_open_an_attempt_get_the_same_one():
    quiz = make_quiz()
    enrolment = make_enrolment(make_edition(quiz.course))

    opened = at_once(*[lambda: open_attempt(enrolment, quiz, language="en")] * 4)

    assert len(set(opened)) == 1
