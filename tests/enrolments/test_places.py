"""Getting a place and giving it back: every rule from both sides."""

import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core import mail
from django.utils import timezone

from accounts.models import Gender
from enrolments.models import ActivitySchedule, EnrolmentEvent, WayIn
from enrolments.refusals import EnrolmentRefused, Refusal
from enrolments.services import (
    begin_anew,
    cancel_edition,
    copy_edition,
    enrol,
    enrol_by_staff,
    enrolment_refusal,
    places_left,
    withdraw,
)
from foundation.audit.models import Entry
from tests.factories.accounts import make_person, make_staff
from tests.factories.assessments import make_quiz
from tests.factories.enrolments import make_edition, make_enrolment, make_tutored_edition
from tests.factories.portfolio import country, make_partner, profession

pytestmark = pytest.mark.django_db

TODAY = datetime.timedelta()
DAY = datetime.timedelta(days=1)


def refusal_of(action):
    with pytest.raises(EnrolmentRefused) as refused:
        action()
    return refused.value.refusal


def day(days):
    return timezone.localdate() + datetime.timedelta(days=days)


def test_an_open_edition_gives_a_place():
    edition, person = make_edition(), make_person()

    enrolment = enrol(person, edition)

    assert enrolment.is_active
    assert [event.kind for event in enrolment.events.all()] == [EnrolmentEvent.Kind.ENROLLED]


def test_enrolling_twice_keeps_the_same_place():
    edition, person = make_edition(), make_person()

    assert enrol(person, edition) == enrol(person, edition)
    assert edition.enrolments.count() == 1


def test_an_enrolment_keeps_what_reports_need_as_it_was_on_the_day():
    person = make_person(
        country=country("KE"),
        gender=Gender.WOMAN,
        profession=profession("judiciary"),
        institution="High Court",
    )

    enrolment = enrol(person, make_edition(), language="fr")
    person.institution = "Supreme Court"
    person.save()

    enrolment.refresh_from_db()
    assert enrolment.country.code == "KE"
    assert enrolment.institution == "High Court"
    assert enrolment.language == "fr"


@pytest.mark.parametrize(
    ("fields", "refusal"),
    [
        ({}, None),
        ({"enrolment_opens_on": 1}, Refusal.NOT_YET),
        ({"enrolment_opens_on": 0}, None),
        ({"enrolment_closes_on": -1}, Refusal.CLOSED),
        ({"enrolment_closes_on": 0}, None),
        ({"ends_on": -1}, Refusal.ENDED),
        ({"ends_on": 0}, None),
    ],
)
def test_the_window_of_enrolment_includes_its_first_and_its_last_day(fields, refusal):
    edition = make_edition(time_zone="UTC", **{name: day(days) for name, days in fields.items()})

    assert enrolment_refusal(edition) == refusal


@pytest.mark.parametrize(
    ("zone", "refusal"), [("Pacific/Auckland", Refusal.CLOSED), ("Pacific/Honolulu", None)]
)
def test_the_last_day_ends_where_the_edition_is(zone, refusal):
    with time_machine.travel(datetime.datetime(2026, 11, 22, 12, 0, tzinfo=ZoneInfo("UTC")), tick=False):
        edition = make_edition(
            time_zone=zone,
            starts_on=datetime.date(2026, 11, 1),
            enrolment_closes_on=datetime.date(2026, 11, 22),
        )

        assert enrolment_refusal(edition) == refusal


@pytest.mark.parametrize("key", ["Nairobi-2026", "  Nairobi-2026 "])
def test_the_right_key_opens_the_edition(key):
    edition = make_edition(enrolment_key="Nairobi-2026")

    assert enrol(make_person(), edition, key=key).is_active


@pytest.mark.parametrize("key", ["", "nairobi-2026", "Nairobi", "مفتاح"])
def test_a_wrong_key_does_not(key):
    edition = make_edition(enrolment_key="Nairobi-2026")

    assert refusal_of(lambda: enrol(make_person(), edition, key=key)) == Refusal.WRONG_KEY
    assert not edition.enrolments.exists()


def test_where_staff_give_the_places_nobody_takes_one():
    edition = make_edition(way_in=WayIn.STAFF)

    assert refusal_of(lambda: enrol(make_person(), edition)) == Refusal.STAFF_ONLY


def test_a_full_edition_gives_no_place_and_one_given_back_is_free_again():
    edition = make_edition(capacity=1)
    first = enrol(make_person(), edition)

    assert refusal_of(lambda: enrol(make_person(), edition)) == Refusal.FULL

    withdraw(first, by=first.person, reason="No time")

    assert places_left(edition) == 1
    assert enrol(make_person(), edition).is_active


def test_staff_give_places_outside_window_and_key_with_a_reason_on_record():
    edition = make_edition(enrolment_key="secret", enrolment_closes_on=day(-1))
    registrar = make_staff("registrar")

    enrolment = enrol_by_staff(make_person(), edition, by=registrar, reason="Nominated by the court")

    assert enrolment.is_active
    entry = Entry.objects.get(action="enrolments.enrol")
    assert (entry.actor, entry.reason) == (registrar, "Nominated by the court")


def test_staff_overfill_no_edition():
    edition = make_edition(capacity=0)
    registrar = make_staff("registrar")

    refusal = refusal_of(lambda: enrol_by_staff(make_person(), edition, by=registrar, reason="Please"))

    assert refusal == Refusal.FULL


def test_withdrawing_keeps_what_was_done_and_says_why():
    enrolment = make_enrolment()

    withdraw(enrolment, by=enrolment.person, reason="New post")
    withdraw(enrolment, by=enrolment.person, reason="Again")

    enrolment.refresh_from_db()
    assert not enrolment.is_active
    assert enrolment.events.get(kind=EnrolmentEvent.Kind.WITHDRAWN).reason == "New post"


def test_coming_back_goes_on_in_the_same_enrolment_without_a_key():
    edition = make_edition(enrolment_key="secret")
    enrolment = make_enrolment(edition)
    withdraw(enrolment, by=enrolment.person, reason="New post")

    back = enrol(enrolment.person, edition)

    assert back == enrolment
    assert back.is_active
    kinds = [event.kind for event in back.events.all()]
    assert kinds == [
        EnrolmentEvent.Kind.ENROLLED,
        EnrolmentEvent.Kind.WITHDRAWN,
        EnrolmentEvent.Kind.RETURNED,
    ]


def test_coming_back_needs_a_free_place():
    edition = make_edition(capacity=1)
    enrolment = make_enrolment(edition)
    withdraw(enrolment, by=enrolment.person, reason="New post")
    make_enrolment(edition)

    assert refusal_of(lambda: enrol(enrolment.person, edition)) == Refusal.FULL


def test_a_refresher_is_a_new_occasion_and_the_old_one_stays():
    enrolment = make_enrolment()

    again = begin_anew(enrolment, by=enrolment.person)

    enrolment.refresh_from_db()
    assert again != enrolment
    assert again.is_active
    assert enrolment.closed_at


def test_what_happens_to_a_place_is_told_by_e_mail_once(django_capture_on_commit_callbacks):
    edition, person = make_edition(), make_person()
    with django_capture_on_commit_callbacks(execute=True):
        enrol(person, edition)
        enrol(person, edition)

    assert [message.to for message in mail.outbox] == [[person.email]]


def test_a_copy_moves_every_date_and_leaves_the_people_behind():
    quiz = make_quiz()
    edition = make_tutored_edition(quiz.course, enrolment_closes_on=day(5), capacity=20)
    edition.partners.add(make_partner())
    due = timezone.now()
    ActivitySchedule.objects.create(
        edition=edition, activity=quiz, due_at=due, review_after_days=9, password="open sesame"
    )
    make_enrolment(edition)

    copy = copy_edition(
        edition, code="next", name="Next", starts_on=edition.starts_on + 7 * DAY, by=make_staff("registrar")
    )

    assert copy.ends_on == edition.ends_on + 7 * DAY
    assert copy.enrolment_closes_on == edition.enrolment_closes_on + 7 * DAY
    assert copy.capacity == 20
    assert copy.partners.count() == 1
    schedule = copy.schedules.get()
    assert (schedule.activity_id, schedule.review_after_days) == (quiz.pk, 9)
    assert schedule.password == ""
    assert not copy.enrolments.exists()
    assert edition.enrolments.count() == 1


def test_a_copy_across_the_change_of_clocks_keeps_the_hour_on_the_wall():
    rome = ZoneInfo("Europe/Rome")
    quiz = make_quiz()
    edition = make_edition(
        quiz.course,
        starts_on=datetime.date(2027, 3, 1),
        ends_on=datetime.date(2027, 3, 31),
        time_zone="Europe/Rome",
    )
    due = datetime.datetime(2027, 3, 20, 23, 0, tzinfo=rome)
    ActivitySchedule.objects.create(edition=edition, activity=quiz, due_at=due)

    copy = copy_edition(
        edition, code="later", name="", starts_on=datetime.date(2027, 4, 1), by=make_staff("registrar")
    )

    moved = copy.schedules.get().due_at.astimezone(rome)
    assert (moved.hour, moved.minute) == (23, 0)
    assert moved.date() == datetime.date(2027, 4, 20)


def test_a_cancelled_edition_takes_nobody_and_says_so():
    edition = make_edition()
    registrar = make_staff("registrar")

    cancel_edition(edition, by=registrar, reason="No funds")
    cancel_edition(edition, by=registrar, reason="Again")

    edition.refresh_from_db()
    assert refusal_of(lambda: enrol(make_person(), edition)) == Refusal.CANCELLED
    assert Entry.objects.get(action="enrolments.cancel_edition").reason == "No funds"
