"""Two tabs and one room."""

from dataclasses import replace

import pytest

from tests.factories.accounts import make_person, make_staff
from tests.factories.timetable import make_plan, make_room, make_session
from tests.threads import at_once
from timetable.models import Session
from timetable.plans import plan_of
from timetable.refusals import Refusal, TimetableRefused
from timetable.services import cancel, move, schedule

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def test_of_six_editions_that_want_one_room_at_once_one_gets_it():
    room, by = make_room(), make_staff()
    plans = [make_plan(room=room) for _number in range(6)]

    found = at_once(*[lambda plan=plan: schedule(plan, by=by) for plan in plans])

    refused = [problem.refusals for problem in found if isinstance(problem, TimetableRefused)]
    assert Session.objects.count() == 1
    assert refused == [[Refusal.ROOM_TAKEN]] * 5


def test_of_six_editions_that_want_one_lecturer_at_once_one_gets_her():
    lecturer, by = make_person(), make_staff()
    plans = [make_plan(lecturers=(lecturer,)) for _number in range(6)]

    found = at_once(*[lambda plan=plan: schedule(plan, by=by) for plan in plans])

    refused = [problem.refusals for problem in found if isinstance(problem, TimetableRefused)]
    assert Session.objects.count() == 1
    assert refused == [[Refusal.LECTURER_TAKEN]] * 5


def test_two_sessions_moved_into_one_room_at_once_are_not_both_there():
    room, by = make_room(), make_staff()
    sessions = [make_session(), make_session()]

    found = at_once(
        *[
            lambda one=one: move(one, replace(plan_of(one), room=room), by=by, reason="Light")
            for one in sessions
        ]
    )

    assert Session.objects.filter(room=room).count() == 1
    assert sum(isinstance(one, TimetableRefused) for one in found) == 1


def test_rooms_and_lecturers_wanted_crosswise_make_nobody_wait_for_ever():
    rooms, people, by = [make_room(), make_room()], [make_person(), make_person()], make_staff()
    plans = [
        make_plan(room=rooms[number % 2], lecturers=tuple(people[:: 1 if number % 2 else -1]))
        for number in range(6)
    ]

    found = at_once(*[lambda plan=plan: schedule(plan, by=by) for plan in plans])

    assert Session.objects.count() == 1
    assert sum(isinstance(one, TimetableRefused) for one in found) == 5


def test_a_session_that_is_moved_and_cancelled_at_once_is_cancelled_once():
    session, by = make_session(), make_staff()
    elsewhere = replace(plan_of(session), room=make_room())

    at_once(
        lambda: move(session, elsewhere, by=by, reason="Light"),
        lambda: cancel(session, by=by, reason="Strike"),
        lambda: cancel(session, by=by, reason="Strike"),
    )

    session.refresh_from_db()
    assert session.cancelled_at is not None
    assert session.changes.filter(change__kind="cancelled").count() == 1
