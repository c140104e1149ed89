"""What a person sees of their own timetable, on the page and in their calendar."""

import datetime
from dataclasses import replace

import pytest
import time_machine
from django.urls import reverse

from tests.factories.accounts import make_person
from tests.factories.courses import make_course, translate
from tests.factories.enrolments import make_cohort, make_edition, make_enrolment
from tests.factories.timetable import make_campus, make_room, make_session
from timetable.plans import plan_of
from timetable.services import cancel, end_feed, make_feed, move, renew_feed
from timetable.weeks import week_named

MONDAY = datetime.date(2027, 3, 15)
PAGE = "/en/timetable/?week=2027-W11"
NOW = datetime.datetime(2027, 3, 16, 8, tzinfo=datetime.UTC)


@pytest.fixture(autouse=True)
def _the_sixteenth_of_march():
    with time_machine.travel(NOW, tick=False):
        yield


def feed(client, token):
    return client.get(reverse("timetable_feed", args=[token]))


def unfolded(response):
    return response.content.decode().replace("\r\n ", "")


def test_a_learner_sees_the_sessions_of_the_week_with_all_one_needs_to_go(client, signed_in, learner):
    edition = make_edition(make_course("Tracing assets"))
    make_enrolment(edition, learner)
    room = make_room(make_campus("Turin"), name="Aula A", directions="Second floor, lift on the left")
    lecturer = make_person(first_name="Sofia", last_name="Conti")
    make_session(
        edition,
        title="Evidence",
        on=MONDAY,
        room=room,
        online_link="https://meet.example.org/evidence",
        lecturers=[lecturer],
        notes="Bring the case file.",
    )
    make_session(edition, title="Next week’s", on=datetime.date(2027, 3, 22))

    page = signed_in(learner).get(PAGE).content.decode()

    for words in ("Evidence", "Tracing assets", "Aula A, Turin", "Second floor", "Sofia Conti", "case file"):
        assert words in page
    assert 'href="https://meet.example.org/evidence"' in page
    assert "08:00" in page
    assert "09:00–12:00 CET" in page
    assert "Next week’s" not in page


def test_sessions_of_other_people_cohorts_and_editions_are_not_there(signed_in, learner):
    edition = make_edition()
    enrolment = make_enrolment(edition, learner)
    mine, other = make_cohort(edition, enrolment), make_cohort(edition, make_enrolment(edition))
    make_session(edition, title="Mine", cohort=mine, on=MONDAY)
    make_session(edition, title="Other cohort", cohort=other, on=MONDAY)
    make_session(title="Other edition", on=MONDAY)

    page = signed_in(learner).get(PAGE).content.decode()

    assert "Mine" in page
    assert "Other cohort" not in page
    assert "Other edition" not in page


def test_whoever_gave_the_place_back_is_expected_no_more(signed_in, learner):
    enrolment = make_enrolment(person=learner, withdrawn_at=NOW)
    make_session(enrolment.edition, title="Evidence", on=MONDAY)

    assert "Evidence" not in signed_in(learner).get(PAGE).content.decode()


def test_a_lecturer_sees_what_they_teach(signed_in, learner):
    make_session(title="Evidence", on=MONDAY, lecturers=[learner])

    page = signed_in(learner).get(PAGE).content.decode()

    assert "Evidence" in page
    assert "you teach" in page


def test_a_cancelled_session_says_so_and_leads_nowhere(signed_in, learner, coordinator):
    edition = make_edition()
    make_enrolment(edition, learner)
    session = make_session(
        edition, title="Evidence", online_link="https://meet.example.org/e", on=datetime.date(2027, 3, 18)
    )
    cancel(session, by=coordinator, reason="Strike")

    page = signed_in(learner).get(PAGE).content.decode()

    assert "Cancelled" in page
    assert "meet.example.org" not in page


def test_an_empty_week_leads_to_the_next_session(signed_in, learner):
    edition = make_edition()
    make_enrolment(edition, learner)
    make_session(edition, on=datetime.date(2027, 4, 20))

    assert "?week=2027-W16" in signed_in(learner).get(PAGE).content.decode()


@pytest.mark.parametrize("name", ["", "2027-W99", "9999-W52", "0000-W01", "next", "2027-W11x"])
def test_a_week_that_is_none_is_this_week(name):
    assert week_named(name).monday == MONDAY


def test_strangers_are_asked_to_sign_in(client, db):
    assert client.get(PAGE).status_code == 302


@pytest.mark.parametrize("count", [2, 12])
def test_the_page_asks_as_often_for_twelve_sessions_as_for_two(
    count, signed_in, learner, django_assert_max_num_queries
):
    for number in range(count):
        edition = make_edition(make_course(f"Course {number}"))
        make_enrolment(edition, learner)
        make_session(edition, on=MONDAY, starts=datetime.time(8 + number), lecturers=[make_person()])
    client = signed_in(learner)
    client.get(PAGE)

    with django_assert_max_num_queries(7):
        page = client.get(PAGE).content.decode()

    assert page.count("agenda__item") == count


def test_the_feed_is_in_the_persons_language_without_signing_in(client, learner):
    learner.language = "fr"
    learner.save()
    course = make_course("Tracing assets")
    translate(course, "fr", "Suivre les avoirs")
    edition = make_edition(course)
    make_enrolment(edition, learner)
    session = make_session(edition, title="Evidence", on=datetime.date(2027, 3, 18))

    response = feed(client, make_feed(learner).token)

    lines = unfolded(response).splitlines()
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert f"UID:{session.key}" in lines
    assert "DTSTART:20270318T080000Z" in lines
    assert "SUMMARY:Evidence · Suivre les avoirs" in lines
    assert not response.cookies


def test_what_is_moved_and_cancelled_keeps_its_name_in_calendars(client, learner, coordinator):
    edition = make_edition()
    make_enrolment(edition, learner)
    session = make_session(edition, on=datetime.date(2027, 3, 18))
    token = make_feed(learner).token

    move(session, replace(plan_of(session), starts=datetime.time(14)), by=coordinator, reason="Fair")
    moved = unfolded(feed(client, token)).splitlines()
    cancel(session, by=coordinator, reason="Strike")
    cancelled = unfolded(feed(client, token)).splitlines()

    assert {f"UID:{session.key}", "SEQUENCE:1", "STATUS:CONFIRMED", "DTSTART:20270318T130000Z"} <= set(moved)
    assert {f"UID:{session.key}", "SEQUENCE:2", "STATUS:CANCELLED"} <= set(cancelled)


def test_a_renewed_address_closes_the_old_one(client, signed_in, learner):
    old = make_feed(learner)
    assert make_feed(learner) == old
    new = renew_feed(learner)

    assert feed(client, old.token).status_code == 404
    assert feed(client, new.token).status_code == 200
    end_feed(learner)
    assert feed(client, new.token).status_code == 404


def test_the_address_of_a_closed_account_leads_nowhere(client, learner):
    token = make_feed(learner).token
    learner.is_active = False
    learner.save()

    assert feed(client, token).status_code == 404
    assert feed(client, "guess").status_code == 404


def test_the_page_makes_renews_and_switches_off_the_address(signed_in, learner):
    client = signed_in(learner)
    assert client.get("/en/timetable/calendar/").status_code == 405
    client.post("/en/timetable/calendar/")
    first = learner.feed_tokens.get(ended_at=None)
    assert first.token in client.get(PAGE).content.decode()

    client.get("/en/timetable/calendar/renew/")
    assert learner.feed_tokens.get(ended_at=None) == first
    client.post("/en/timetable/calendar/renew/")
    assert learner.feed_tokens.get(ended_at=None) != first
    client.get("/en/timetable/calendar/end/")
    assert learner.feed_tokens.filter(ended_at=None).exists()
    client.post("/en/timetable/calendar/end/")
    assert not learner.feed_tokens.filter(ended_at=None).exists()


def test_one_session_is_a_file_for_those_who_are_expected(signed_in, learner):
    enrolment = make_enrolment(person=learner)
    mine, other = make_session(enrolment.edition), make_session()
    client = signed_in(learner)

    response = client.get(reverse("timetable:session_file", args=[mine.key]))

    assert response["Content-Disposition"].startswith("attachment")
    assert f"UID:{mine.key}" in response.content.decode()
    assert client.get(reverse("timetable:session_file", args=[other.key])).status_code == 404


@pytest.mark.parametrize("count", [2, 12])
def test_the_feed_asks_as_often_for_twelve_sessions_as_for_two(
    count, client, learner, django_assert_max_num_queries
):
    for number in range(count):
        enrolment = make_enrolment(person=learner)
        make_session(enrolment.edition, on=MONDAY, starts=datetime.time(8 + number))
    token = make_feed(learner).token

    with django_assert_max_num_queries(5):
        response = feed(client, token)

    assert response.content.decode().count("BEGIN:VEVENT") == count
