"""Next year's timetable from this year's: moved by whole weeks, without people."""

import datetime

import pytest

from tests.factories.accounts import make_person
from tests.factories.enrolments import make_cohort, make_edition
from tests.factories.timetable import make_room, make_session
from timetable.models import Session
from timetable.refusals import Refusal
from timetable.services import copy_timetable

pytestmark = pytest.mark.django_db


@pytest.fixture
def source():
    return make_edition(starts_on=datetime.date(2026, 9, 7))


@pytest.fixture
def target(source):
    return make_edition(source.course, starts_on=datetime.date(2027, 9, 5))


def test_sessions_move_by_whole_weeks_and_stay_at_their_time_on_the_wall(source, target, coordinator):
    old = make_session(
        source, on=datetime.date(2026, 10, 20), lecturers=[make_person()], notes="Bring the file"
    )
    make_session(source, cancelled_at=datetime.datetime.now(datetime.UTC))

    copied = copy_timetable(source, target, by=coordinator)

    [new] = copied.sessions
    assert (new.on, new.starts, new.room, new.notes) == (
        datetime.date(2027, 10, 19),
        old.starts,
        old.room,
        old.notes,
    )
    assert new.on.weekday() == old.on.weekday()
    assert not new.lecturers.exists()
    assert copied.problems == ()


def test_what_clashes_or_has_no_cohort_is_left_out_and_named(source, target, coordinator):
    room = make_room()
    make_session(source, room=room, on=datetime.date(2026, 10, 20))
    make_session(room=room, on=datetime.date(2027, 10, 19))
    make_session(source, cohort=make_cohort(source, name="Nairobi"))
    make_session(source, cohort=make_cohort(source, name="Turin"))
    here = make_cohort(target, name="turin")

    copied = copy_timetable(source, target, by=coordinator)

    assert [session.cohort for session in copied.sessions] == [here]
    assert {problem.reason for problem in copied.problems} == {Refusal.ROOM_TAKEN, Refusal.NO_SUCH_COHORT}


def test_taking_over_twice_schedules_nothing_twice(source, target, coordinator, client):
    make_session(source)
    client.force_login(coordinator, backend="allauth.account.auth_backends.AuthenticationBackend")
    url = f"/cms/timetable/sessions/new/{target.pk}/copy/"

    client.get(url)
    assert Session.objects.count() == 1
    for _time in range(2):
        assert client.post(url, {"edition": source.pk}).status_code == 302

    assert Session.objects.filter(edition=target).count() == 1
