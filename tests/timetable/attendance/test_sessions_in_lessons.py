"""A session as something to do in a lesson: done by being there, and never undone."""

import datetime

import pytest
from django.urls import reverse

from accounts.models import Role
from courses.models import Activity
from learning.models import Attempt, Completion
from tests.factories.accounts import make_staff
from tests.factories.attendance import make_mark, make_session_at
from tests.factories.courses import give_course_role, make_course, make_lesson, make_unit, place
from tests.factories.enrolments import give_edition_role, make_edition
from timetable.attendance.consequences import follow_attendance
from timetable.attendance.marks import NewMark
from timetable.attendance.services import correct_mark, place_sessions, save_register
from timetable.models import LessonSession, SessionActivity, Status
from timetable.signals import attendance_changed

pytestmark = pytest.mark.django_db


@pytest.fixture
def course():
    return make_course()


@pytest.fixture
def edition(course):
    return make_edition(course)


@pytest.fixture
def activity(course):
    made = SessionActivity.begin(course=course, title="Opening day")
    made.save()
    place(made, make_lesson(make_unit(course)))
    return made


@pytest.fixture
def coordinator(edition):
    person = make_staff()
    give_edition_role(person, edition, Role.COORDINATOR)
    return person


def done(enrolment, activity):
    return Completion.objects.filter(enrolment=enrolment, activity=activity).exists()


def test_who_is_marked_present_has_done_it_and_keeps_it(
    edition, session, activity, teacher, coordinator, join, django_capture_on_commit_callbacks
):
    there, absent = join(edition), join(edition)
    place_sessions(edition, activity, [session], by=coordinator)

    with django_capture_on_commit_callbacks(execute=True):
        save_register(
            session, [NewMark(there.pk, Status.PRESENT), NewMark(absent.pk, Status.ABSENT)], teacher
        )
    assert (done(there, activity), done(absent, activity)) == (True, False)

    with django_capture_on_commit_callbacks(execute=True):
        correct_mark(session, there, status=Status.ABSENT, by=teacher, reason="Mixed up")
        correct_mark(session, absent, status=Status.LATE, minutes_late=5, by=teacher, reason="Mixed up")

    assert (done(there, activity), done(absent, activity)) == (True, True)
    follow_attendance(session.pk, [there.pk, absent.pk])
    assert Attempt.objects.filter(activity=activity).count() == 2


def test_naming_the_session_afterwards_counts_for_who_was_there(
    edition, session, activity, coordinator, join, django_capture_on_commit_callbacks
):
    learner = join(edition)
    make_mark(session, learner)
    assert not done(learner, activity)

    with django_capture_on_commit_callbacks(execute=True):
        place_sessions(edition, activity, [session], by=coordinator)

    assert done(learner, activity)


def test_apps_above_are_told_who_is_concerned(
    edition, session, teacher, join, django_capture_on_commit_callbacks
):
    learner, told = join(edition), []

    def hear(sender, **news):
        told.append((news["session"], news["enrolment_ids"]))

    attendance_changed.connect(hear)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            save_register(session, [NewMark(learner.pk, Status.PRESENT)], teacher)
    finally:
        attendance_changed.disconnect(hear)

    assert told == [(session, frozenset({learner.pk}))]


def test_the_lesson_says_how_it_is_done(client, edition, session, activity, join):
    learner = join(edition)
    client.force_login(learner.person)
    lesson = activity.placements.get().lesson

    page = client.get(reverse("learning:lesson", args=[edition.code, lesson.pk])).content.decode()

    assert "once you are marked present, it counts as done" in page


def test_coordinators_choose_the_sessions_and_none_twice(client, edition, activity, coordinator, course):
    other = SessionActivity.begin(course=course, title="Closing day")
    other.save()
    sessions = [make_session_at(edition, begins=datetime.timedelta(days=day)) for day in (1, 2)]
    client.force_login(coordinator)
    address = reverse("staff_attendance:lessons", args=[edition.pk])

    twice = {f"activity-{one.pk}": [sessions[0].pk] for one in (activity, other)}
    assert client.post(address, twice).status_code == 422
    assert client.post(address, {f"activity-{activity.pk}": [one.pk for one in sessions]}).status_code == 302

    assert set(LessonSession.objects.values_list("session", "activity")) == {
        (one.pk, activity.pk) for one in sessions
    }
    client.post(address, {f"activity-{activity.pk}": [sessions[1].pk]})
    assert [one.session for one in LessonSession.objects.all()] == [sessions[1]]


def test_its_title_is_changed_as_a_draft_by_who_writes_the_course(client, activity, course):
    author, outsider = make_staff(), make_staff()
    give_course_role(author, course, Role.AUTHOR)
    address = reverse("staff_attendance:activity", args=[activity.pk])
    client.force_login(author)

    assert client.get(address).status_code == 200
    assert client.post(address, {"title": "Opening"}).status_code == 302

    assert Activity.objects.get(pk=activity.pk).specific.get_latest_revision_as_object().title == "Opening"
    client.force_login(outsider)
    assert client.get(address, follow=True).status_code == 404
