"""Doing what a course asks, and the moment the course is done."""

import datetime
from decimal import Decimal

import pytest
from django.utils import timezone

from courses.services import sync_placements
from learning.models import CourseCompletion
from learning.progress import State, progress
from learning.services import (
    NotActive,
    NotPassedYet,
    NotPlaced,
    complete_activity,
    finish_attempt,
    open_attempt,
)
from tests.factories.assessments import make_quiz
from tests.factories.courses import make_course, make_lesson, place, reading_of, translate
from tests.factories.enrolments import make_edition, make_enrolment
from tests.factories.learning import make_attempt, make_completion, make_course_completion

pytestmark = pytest.mark.django_db


@pytest.fixture
def course():
    return make_course()


@pytest.fixture
def enrolment(course):
    return make_enrolment(make_edition(course), enrolled_at=timezone.now())


def test_the_last_required_activity_completes_the_course_once(course, enrolment):
    first, second = (reading_of(make_lesson(course, read=True)) for _lesson in range(2))

    complete_activity(enrolment, first)
    assert not CourseCompletion.objects.exists()

    complete_activity(enrolment, second)
    complete_activity(enrolment, second)
    assert CourseCompletion.objects.get().enrolment == enrolment


def test_what_is_not_required_is_not_waited_for(course, enrolment):
    reading = reading_of(make_lesson(course, read=True))
    make_lesson(course, read=True, required=False)

    complete_activity(enrolment, reading)

    assert CourseCompletion.objects.exists()


def test_a_course_that_requires_nothing_is_never_complete_by_itself(course, enrolment):
    reading = reading_of(make_lesson(course, read=True, required=False))

    complete_activity(enrolment, reading)

    assert not CourseCompletion.objects.exists()


def test_a_quiz_is_not_marked_as_done_by_hand(course, enrolment):
    quiz = make_quiz(course)

    with pytest.raises(NotPassedYet):
        complete_activity(enrolment, quiz)


@pytest.mark.parametrize(("score", "passed"), [("0.799", False), ("0.8", True)])
def test_the_pass_mark_decides_whether_an_attempt_completes_the_quiz(course, enrolment, score, passed):
    quiz = make_quiz(course, pass_mark=Decimal("0.8"))

    finish_attempt(open_attempt(enrolment, quiz, language="en"), score=Decimal(score))

    assert enrolment.completions.filter(activity=quiz).exists() is passed


def test_who_has_withdrawn_completes_nothing(course, enrolment):
    reading = reading_of(make_lesson(course, read=True))
    enrolment.withdrawn_at = timezone.now()
    enrolment.save()

    with pytest.raises(NotActive):
        complete_activity(enrolment, reading)


def test_an_activity_of_another_course_is_refused(enrolment):
    foreign = reading_of(make_lesson(make_course(), read=True))

    with pytest.raises(NotPlaced):
        complete_activity(enrolment, foreign)


def test_what_was_taken_out_of_its_lesson_is_refused_and_no_longer_waited_for(course, enrolment):
    gone = make_lesson(course, read=True)
    reading = reading_of(gone)
    left = reading_of(make_lesson(course, read=True))
    gone.body = []
    gone.save()
    sync_placements(gone)

    with pytest.raises(NotPlaced):
        complete_activity(enrolment, reading)
    complete_activity(enrolment, left)
    assert CourseCompletion.objects.exists()


def test_a_lesson_required_later_binds_who_has_not_finished_and_says_so(course, enrolment):
    reading = reading_of(make_lesson(course, read=True))
    later = make_lesson(course, read=True)
    later.placements.update(required_since=timezone.now() + datetime.timedelta(minutes=1))

    complete_activity(enrolment, reading)

    assert not CourseCompletion.objects.exists()
    assert "Added since you started" in progress(enrolment).reasons[0]


def test_a_lesson_required_after_the_completion_binds_nobody(course, enrolment):
    make_completion(enrolment, reading_of(make_lesson(course, read=True)))
    make_course_completion(enrolment)
    later = make_lesson(course, read=True)
    later.placements.update(required_since=timezone.now() + datetime.timedelta(minutes=1))

    assert progress(enrolment).left == 0


def test_progress_says_why_not_yet(course):
    make_lesson(course, "Read this", read=True)
    quiz = make_quiz(course, placed=False)
    place(quiz, make_lesson(course, "Check yourself"))
    enrolment = make_enrolment(make_edition(course))
    make_attempt(enrolment, quiz, score=Decimal("0.6"))

    standing = progress(enrolment)

    assert (standing.done, standing.left, standing.percent) == (0, 2, 0)
    assert [reason.replace("\N{NO-BREAK SPACE}", " ") for reason in standing.reasons] == [
        "Mark “Read this” as read.",
        "Pass the quiz in “Check yourself” (you have 60 %, you need 70 %).",
    ]


def test_the_next_lesson_is_the_first_with_something_left(course, enrolment):
    first, second = make_lesson(course, read=True), make_lesson(course, read=True)

    complete_activity(enrolment, reading_of(first))

    standing = progress(enrolment)
    assert standing.next_lesson.pk == second.pk
    assert [lesson.state for lesson in standing.lessons] == [State.DONE, State.TO_DO]


def test_titles_are_in_the_language_asked_for_and_fall_back_to_the_source(course, enrolment):
    lesson = make_lesson(course, "Freezing", read=True)
    make_lesson(course, "Sharing", read=True)
    translate(lesson, "fr", "Le gel")

    titles = [one.title for one in progress(enrolment, "fr").lessons]

    assert titles == ["Le gel", "Sharing"]


def test_lessons_that_are_not_live_are_not_part_of_the_course(course, enrolment):
    make_lesson(course, read=True)
    draft = make_lesson(course, read=True)
    draft.live = False
    draft.save()

    assert len(progress(enrolment).lessons) == 1
