"""Sessions are scheduled, moved and called off; a room and a lecturer are in one session at a time."""

import datetime
from dataclasses import replace

import pytest

from foundation.audit.models import Entry
from tests.factories.accounts import make_person, make_staff
from tests.factories.enrolments import make_cohort, make_edition, make_enrolment
from tests.factories.timetable import make_campus, make_plan, make_room, make_session
from timetable.audience import expected
from timetable.concerns import warnings_of
from timetable.models import Session
from timetable.patterns import Pattern
from timetable.plans import plan_of
from timetable.refusals import Concern, Refusal, TimetableRefused
from timetable.services import cancel, cancel_all, move, schedule, schedule_all, schedule_series

pytestmark = pytest.mark.django_db
MONDAY = datetime.date(2027, 3, 15)
NINE, NOON = datetime.time(9), datetime.time(12)


@pytest.fixture
def coordinator():
    return make_staff()


def refusals(action):
    with pytest.raises(TimetableRefused) as found:
        action()
    return found.value.refusals


def test_a_session_keeps_the_time_on_the_wall_and_the_moment_it_means(coordinator):
    room = make_room(make_campus(time_zone="Africa/Nairobi"))

    session = schedule(make_plan(room=room, on=MONDAY, starts=NINE, minutes=90), by=coordinator)

    assert (session.time_zone, session.starts) == ("Africa/Nairobi", NINE)
    assert session.starts_at == datetime.datetime(2027, 3, 15, 6, tzinfo=datetime.UTC)
    assert session.ends_at - session.starts_at == datetime.timedelta(minutes=90)
    assert Entry.objects.filter(action="timetable.schedule", actor=coordinator).count() == 1


@pytest.mark.parametrize(("starts", "minutes", "clashes"), [(8, 60, False), (8, 61, True), (12, 30, False)])
def test_a_room_is_refused_while_it_is_taken_and_free_the_minute_after(coordinator, starts, minutes, clashes):
    taken = schedule(make_plan(on=MONDAY, starts=NINE, minutes=180), by=coordinator)
    plan = make_plan(room=taken.room, on=MONDAY, starts=datetime.time(starts), minutes=minutes)

    if clashes:
        assert refusals(lambda: schedule(plan, by=coordinator)) == [Refusal.ROOM_TAKEN]
    else:
        schedule(plan, by=coordinator)

    assert Session.objects.count() == (1 if clashes else 2)


def test_a_refusal_names_what_takes_the_room_and_when(coordinator):
    edition = make_edition(name="Spring")
    room = make_room(name="Aula A")
    schedule(make_plan(edition, title="Evidence", room=room, on=MONDAY, starts=NINE), by=coordinator)

    with pytest.raises(TimetableRefused) as found:
        schedule(make_plan(room=room, on=MONDAY, starts=NINE), by=coordinator)

    assert "Aula A" in str(found.value)
    assert "15 March 2027 from 09:00 to 12:00 by “Evidence”" in str(found.value)


def test_what_takes_the_room_is_not_named_where_its_edition_is_restricted(coordinator):
    room = make_room()
    secret = make_plan(make_edition(is_restricted=True), title="Informants", room=room, on=MONDAY)
    schedule(secret, by=coordinator)

    with pytest.raises(TimetableRefused) as found:
        schedule(make_plan(room=room, on=MONDAY), by=coordinator)

    assert "Informants" not in str(found.value)


def test_a_lecturer_is_in_one_place_at_a_time_whatever_the_zone(coordinator):
    lecturer = make_person()
    schedule(
        make_plan(lecturers=(lecturer,), on=MONDAY, starts=NINE, time_zone="Europe/Rome"), by=coordinator
    )
    elsewhere = make_plan(
        lecturers=(lecturer,), on=MONDAY, starts=datetime.time(11), time_zone="Africa/Nairobi"
    )

    assert refusals(lambda: schedule(elsewhere, by=coordinator)) == [Refusal.LECTURER_TAKEN]


def test_a_cancelled_session_takes_nothing_any_more(coordinator):
    session = schedule(make_plan(lecturers=(make_person(),), on=MONDAY), by=coordinator)
    cancel(session, by=coordinator, reason="Strike")

    again = schedule(replace(plan_of(session), title="Again"), by=coordinator)

    assert again.pk != session.pk


@pytest.mark.parametrize(
    ("fields", "refusal"),
    [
        ({"title": "  "}, Refusal.NO_TITLE),
        ({"room": None}, Refusal.NO_PLACE),
        ({"minutes": 0}, Refusal.BAD_LENGTH),
        ({"minutes": 1441}, Refusal.BAD_LENGTH),
        ({"time_zone": "Europe/Turin"}, Refusal.NO_ZONE),
        ({"on": datetime.date(2027, 3, 28), "starts": datetime.time(2, 30)}, Refusal.NO_SUCH_TIME),
    ],
)
def test_what_cannot_be_a_session_is_refused_with_the_reason(coordinator, fields, refusal):
    assert refusals(lambda: schedule(make_plan(**fields), by=coordinator)) == [refusal]
    assert not Session.objects.exists()


def test_a_cohort_of_another_edition_is_refused(coordinator):
    plan = make_plan(cohort=make_cohort(make_edition()))

    assert refusals(lambda: schedule(plan, by=coordinator)) == [Refusal.OTHER_COHORT]


def test_sending_the_form_twice_makes_one_session(coordinator):
    plan = make_plan(room=None, online_link="https://meet.example.org/a")
    schedule(plan, by=coordinator)

    assert refusals(lambda: schedule(plan, by=coordinator)) == [Refusal.ALREADY_THERE]


def test_sessions_that_clash_with_each_other_are_refused_all(coordinator):
    room = make_room()
    plans = [make_plan(room=room, on=MONDAY), make_plan(room=room, on=MONDAY), make_plan(on=MONDAY)]

    assert refusals(lambda: schedule_all(plans, by=coordinator)) == [Refusal.ROOM_TAKEN]
    assert not Session.objects.exists()


def test_a_series_stays_at_its_time_on_the_wall_when_clocks_change(coordinator):
    pattern = Pattern(frozenset({1, 4}), MONDAY, datetime.date(2027, 4, 1))

    series = schedule_series(make_plan(on=MONDAY, starts=NINE), pattern, by=coordinator)

    found = list(series.sessions.in_order())
    assert [session.on.day for session in found] == [15, 18, 22, 25, 29, 1]
    assert {session.starts_locally.time() for session in found} == {NINE}
    assert [session.starts_at.hour for session in found] == [8, 8, 8, 8, 7, 7]


def test_a_series_is_refused_whole_with_every_day_that_clashes(coordinator):
    room = make_room()
    for day in (15, 29):
        schedule(make_plan(room=room, on=datetime.date(2027, 3, day)), by=coordinator)
    pattern = Pattern(frozenset({1}), MONDAY, datetime.date(2027, 4, 5))

    with pytest.raises(TimetableRefused) as found:
        schedule_series(make_plan(room=room), pattern, by=coordinator)

    assert [problem.on.day for problem in found.value.problems] == [15, 29]
    assert Session.objects.count() == 2


def test_moving_keeps_the_session_and_counts_for_calendars(coordinator):
    session = schedule(make_plan(on=MONDAY, starts=NINE), by=coordinator)
    room = make_room()

    moved = move(session, replace(plan_of(session), starts=NOON, room=room), by=coordinator, reason="Fair")

    assert (moved.pk, moved.starts, moved.room, moved.sequence) == (session.pk, NOON, room, 1)
    assert moved.starts_at == datetime.datetime(2027, 3, 15, 11, tzinfo=datetime.UTC)
    noted = moved.changes.get(change__kind="moved")
    assert (noted.started_at, noted.room) == (session.starts_at, session.room)
    entry = Entry.objects.get(action="timetable.move")
    assert (entry.reason, entry.before["minutes"]) == ("Fair", 180)


def test_a_session_may_overlap_the_time_it_leaves_but_no_other(coordinator):
    lecturer = make_person()
    session = schedule(make_plan(on=MONDAY, lecturers=(lecturer,)), by=coordinator)
    other = schedule(make_plan(on=MONDAY, starts=datetime.time(14)), by=coordinator)

    move(session, replace(plan_of(session), starts=datetime.time(10)), by=coordinator, reason="Late train")

    session.refresh_from_db()
    into_other = replace(plan_of(session), room=other.room, starts=datetime.time(15))
    assert refusals(lambda: move(session, into_other, by=coordinator, reason="Light")) == [Refusal.ROOM_TAKEN]
    session.refresh_from_db()
    assert session.starts == datetime.time(10)


def test_moving_to_where_it_is_already_changes_nothing(coordinator):
    session = schedule(make_plan(lecturers=(make_person(), make_person())), by=coordinator)
    turned = replace(plan_of(session), lecturers=plan_of(session).lecturers[::-1])

    move(session, turned, by=coordinator, reason="Again")

    session.refresh_from_db()
    assert session.sequence == 0
    assert not Entry.objects.filter(action="timetable.move").exists()


def test_moving_what_somebody_else_moved_meanwhile_is_refused(coordinator):
    session = schedule(make_plan(starts=NINE), by=coordinator)
    move(session, replace(plan_of(session), starts=NOON), by=coordinator, reason="Fair", seen=0)
    late = replace(plan_of(session), starts=datetime.time(15))

    assert refusals(lambda: move(session, late, by=coordinator, reason="Fair", seen=0)) == [
        Refusal.CHANGED_MEANWHILE
    ]


def test_a_change_needs_a_reason_and_a_cancelled_session_stays_cancelled(coordinator):
    session = schedule(make_plan(), by=coordinator)
    later = replace(plan_of(session), starts=NOON)

    assert refusals(lambda: move(session, later, by=coordinator, reason=" ")) == [Refusal.NO_REASON]
    assert refusals(lambda: cancel(session, by=coordinator, reason="")) == [Refusal.NO_REASON]
    cancel(session, by=coordinator, reason="Strike")
    assert refusals(lambda: move(session, later, by=coordinator, reason="Fair")) == [Refusal.CANCELLED]


def test_cancelling_twice_changes_nothing_more(coordinator):
    sessions = [make_session(), make_session()]

    cancel_all(sessions, by=coordinator, reason="Strike")
    [first, _second] = cancel_all(sessions, by=coordinator, reason="Strike")

    assert first.sequence == 1
    assert Entry.objects.filter(action="timetable.cancel").count() == 2


def test_lecturers_come_and_go(coordinator):
    leaving, staying, coming = make_person(), make_person(), make_person()
    session = schedule(make_plan(lecturers=(leaving, staying)), by=coordinator)

    move(session, replace(plan_of(session), lecturers=(staying, coming)), by=coordinator, reason="Ill")

    assert {lecturer.person for lecturer in session.lecturers.all()} == {staying, coming}
    assert list(session.changes.get(change__kind="moved").released.all()) == [leaving]


def test_learners_of_two_editions_at_once_are_a_warning_and_no_refusal(coordinator):
    edition, other = make_edition(), make_edition()
    both = make_enrolment(edition)
    make_enrolment(other, both.person)
    make_enrolment(edition)
    schedule(make_plan(other, on=MONDAY, starts=NINE), by=coordinator)
    plan = make_plan(edition, on=MONDAY, starts=datetime.time(11))

    [found] = warnings_of([plan])

    assert [warning.reason for warning in found if warning.reason == Concern.LEARNERS_TWICE]
    assert "One learner" in found[0].sentence
    assert schedule(plan, by=coordinator)


def test_cohorts_that_meet_at_once_are_no_warning():
    edition = make_edition(starts_on=datetime.date(2027, 1, 1))
    one, two = (make_cohort(edition, make_enrolment(edition)) for _number in range(2))
    make_session(edition, cohort=one, on=MONDAY)

    assert warnings_of([make_plan(edition, cohort=two, on=MONDAY)]) == [[]]
    assert warnings_of([make_plan(edition, cohort=one, on=MONDAY)])[0][0].reason == Concern.LEARNERS_TWICE


def test_a_room_with_fewer_seats_than_learners_is_a_warning():
    edition = make_edition(starts_on=datetime.date(2027, 1, 1))
    for _number in range(3):
        make_enrolment(edition)

    [found] = warnings_of([make_plan(edition, room=make_room(seats=2), on=MONDAY)])

    assert [warning.reason for warning in found] == [Concern.FEW_SEATS]


def test_expected_are_those_with_a_place_and_of_a_cohort_its_members():
    edition = make_edition()
    member, other = make_enrolment(edition), make_enrolment(edition)
    make_enrolment(edition, withdrawn_at=datetime.datetime.now(datetime.UTC))
    cohort = make_cohort(edition, member)

    assert set(expected(make_session(edition))) == {member, other}
    assert set(expected(make_session(edition, cohort=cohort))) == {member}


@pytest.mark.parametrize("count", [2, 12])
def test_problems_of_many_sessions_are_found_in_as_many_queries_as_of_one(
    count, django_assert_num_queries, coordinator
):
    from timetable.clashes import problems_of

    edition, room, lecturer = make_edition(), make_room(), make_person()
    for day in range(count):
        make_session(edition, room=room, lecturers=[lecturer], on=MONDAY + datetime.timedelta(days=day))
    plans = [
        make_plan(edition, room=room, lecturers=(lecturer,), on=MONDAY + datetime.timedelta(days=day))
        for day in range(count)
    ]

    with django_assert_num_queries(2):
        found = problems_of(plans)
    with django_assert_num_queries(2):
        warnings_of(plans)

    assert [len(problems) for problems in found] == [2] * count
