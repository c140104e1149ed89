"""Changes are announced once, to those they concern, in their language, by both clocks."""

import datetime
from dataclasses import replace

import pytest

from foundation.outbox.models import Message
from tests.factories.accounts import make_person
from tests.factories.enrolments import make_cohort, make_edition, make_enrolment
from tests.factories.timetable import make_plan, make_room, make_session
from timetable.models import Change
from timetable.patterns import Pattern
from timetable.plans import plan_of
from timetable.services import cancel, cancel_all, move, schedule, schedule_series
from timetable.tasks import announce

pytestmark = pytest.mark.django_db
LATER = datetime.time(14)


@pytest.fixture
def act(django_capture_on_commit_callbacks):
    """Does something with what is to happen after the commit."""

    def acted(action, *args, **kwargs):
        with django_capture_on_commit_callbacks(execute=True):
            return action(*args, **kwargs)

    return acted


def receivers():
    return sorted(Message.objects.values_list("email", flat=True))


def test_a_move_is_told_to_learners_and_lecturers_once(act, coordinator, learner):
    edition = make_edition()
    make_enrolment(edition, learner)
    make_enrolment(make_edition())
    lecturer = make_person("lecturer@example.org")
    session = make_session(edition, title="Evidence", lecturers=[lecturer])

    act(move, session, replace(plan_of(session), starts=LATER), by=coordinator, reason="A visit to court")
    announce.call(Change.objects.get(kind="moved").pk)

    assert receivers() == ["judge@example.org", "lecturer@example.org"]
    told = Message.objects.get(recipient=learner)
    assert told.subject == "Changed in your timetable: Evidence"
    assert "14:00–17:00" in told.body
    assert "Before: " in told.body
    assert "09:00–12:00" in told.body
    assert "A visit to court" in told.body


def test_each_is_told_in_their_language_by_their_own_clock_and_the_sessions(act, coordinator):
    person = make_person(language="fr", time_zone="Africa/Nairobi")
    enrolment = make_enrolment(person=person)
    session = make_session(enrolment.edition, on=datetime.date(2027, 12, 6), time_zone="Europe/Rome")

    act(cancel, session, by=coordinator, reason="Grève")

    told = Message.objects.get()
    assert told.language == "fr"
    assert "09:00–12:00 CET" in told.body
    assert "11:00–14:00 EAT" in told.body


def test_a_lecturer_who_is_replaced_is_told_too(act, coordinator):
    leaving, coming = make_person("leaving@example.org"), make_person("coming@example.org")
    session = make_session(lecturers=[leaving])

    act(move, session, replace(plan_of(session), lecturers=(coming,)), by=coordinator, reason="Ill")

    assert receivers() == ["coming@example.org", "leaving@example.org"]
    assert "no longer down as a lecturer" in Message.objects.get(email="leaving@example.org").body
    assert "no longer down as a lecturer" not in Message.objects.get(email="coming@example.org").body


def test_several_sessions_called_off_at_once_make_one_message(act, coordinator, learner):
    edition = make_edition()
    make_enrolment(edition, learner)
    sessions = [make_session(edition), make_session(edition, starts=LATER)]

    act(cancel_all, sessions, by=coordinator, reason="Strike")

    assert Message.objects.count() == 1
    assert all(session.title in Message.objects.get().body for session in sessions)


def test_a_series_is_announced_only_when_asked_and_in_one_message(act, coordinator, learner):
    edition = make_edition()
    make_enrolment(edition, learner)
    first = plan_of(make_session(edition)).on
    pattern = Pattern(frozenset(range(1, 8)), first, first + datetime.timedelta(days=24))

    act(schedule, make_plan(edition), by=coordinator)
    assert not Message.objects.exists()
    act(schedule_series, make_plan(edition, title="Daily"), pattern, by=coordinator, announce=True)

    assert Message.objects.get().body.count("Daily") == 20
    assert "And 5 more sessions." in Message.objects.get().body


def test_a_cohorts_session_is_told_to_its_members_only(act, coordinator, learner):
    edition = make_edition()
    cohort = make_cohort(edition, make_enrolment(edition, learner))
    make_enrolment(edition)

    act(cancel, make_session(edition, cohort=cohort), by=coordinator, reason="Strike")

    assert receivers() == ["judge@example.org"]


def test_correcting_the_past_and_the_title_is_no_news(act, coordinator, learner):
    edition = make_edition()
    make_enrolment(edition, learner)
    past = make_session(edition, on=datetime.date(2020, 1, 7))
    coming = make_session(edition)

    act(move, past, replace(plan_of(past), room=make_room()), by=coordinator, reason="Was elsewhere")
    act(move, coming, replace(plan_of(coming), title="Proof"), by=coordinator, reason="A better word")

    assert not Message.objects.exists()


@pytest.mark.parametrize("count", [2, 12])
def test_whom_a_change_concerns_is_asked_as_often_for_many_sessions(
    count, coordinator, learner, django_assert_max_num_queries
):
    from timetable.concerned import concerned_by

    sessions = []
    for _number in range(count):
        enrolment = make_enrolment(person=learner)
        sessions.append(make_session(enrolment.edition, lecturers=[make_person()]))
    cancel_all(sessions, by=coordinator, reason="Strike")

    with django_assert_max_num_queries(7):
        found = concerned_by(Change.objects.get())

    assert len(found) == count + 1
    assert len(found[learner]) == count
