"""Granting more time, more attempts and other dates, and ending it."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from courses.models import Activity
from enrolments.activity_dates import activity_dates
from enrolments.models import Accommodation
from enrolments.refusals import AccommodationRefusal, AccommodationRefused
from enrolments.services import end_accommodation, grant_accommodation, withdraw
from enrolments.signals import accommodation_changed
from foundation.audit.models import Entry
from tests.factories.assessments import make_quiz
from tests.factories.enrolments import make_cohort, make_enrolment, make_tutored_edition

DAY = datetime.timedelta(days=1)


@pytest.fixture
def quiz(db):
    return make_quiz()


@pytest.fixture
def edition(quiz):
    return make_tutored_edition(quiz.course)


@pytest.fixture
def enrolment(edition):
    return make_enrolment(edition)


@pytest.fixture
def announced():
    """Whom `accommodation_changed` was about, each time."""
    found = []

    def hear(enrolment_ids, **sent):
        found.append(set(enrolment_ids))

    accommodation_changed.connect(hear)
    yield found
    accommodation_changed.disconnect(hear)


def test_a_grant_holds_is_announced_and_logged_with_before_and_after(
    edition, enrolment, quiz, coordinator, announced
):
    due = timezone.now()
    edition.schedules.create(activity=quiz, due_at=due)

    grant_accommodation(
        edition,
        enrolment=enrolment,
        activity=quiz,
        due_at=due + DAY,
        extra_minutes=15,
        by=coordinator,
        reason="Hearing",
    )

    assert activity_dates(enrolment, quiz).due_at == due + DAY
    assert announced == [{enrolment.pk}]
    entry = Entry.objects.get(action="enrolments.grant_accommodation")
    assert (entry.actor, entry.reason) == (coordinator, "Hearing")
    assert entry.before["extra_minutes"] == 0
    assert entry.before["due_at"] < entry.after["due_at"]
    assert entry.after["for"] == enrolment.person.email


def test_a_grant_to_a_cohort_is_announced_for_those_who_are_in_it_now(edition, quiz, coordinator, announced):
    inside, left = make_enrolment(edition), make_enrolment(edition)
    cohort = make_cohort(edition, inside, left)
    cohort.members.filter(enrolment=left).update(left_at=timezone.now())

    grant_accommodation(edition, cohort=cohort, extra_attempts=1, by=coordinator, reason="Power cut")

    assert announced == [{inside.pk}]
    assert activity_dates(inside, quiz).extra_attempts == 1


def test_granting_the_same_twice_grants_once(edition, enrolment, coordinator):
    first, second = (
        grant_accommodation(
            edition, enrolment=enrolment, extra_time_percent=25, by=coordinator, reason="Agreed"
        )
        for _click in range(2)
    )

    assert first == second
    assert Entry.objects.filter(action="enrolments.grant_accommodation").count() == 1


def refused_grant(edition, **wanted):
    with pytest.raises(AccommodationRefused) as refused:
        grant_accommodation(edition, **{"reason": "Agreed"} | wanted)
    assert not Accommodation.objects.exists()
    assert not Entry.objects.filter(action="enrolments.grant_accommodation").exists()
    return refused.value.refusal


def test_what_cannot_be_granted_is_refused_with_its_reason(edition, enrolment, quiz, coordinator):
    cohort, closed = make_cohort(edition, enrolment), make_cohort(edition, closed_at=timezone.now())
    more = {"extra_attempts": 1, "by": coordinator}

    assert refused_grant(edition, enrolment=enrolment, by=coordinator) == AccommodationRefusal.NOTHING
    assert refused_grant(edition, **more) == AccommodationRefusal.ONE_GRANTEE
    assert (
        refused_grant(edition, enrolment=enrolment, cohort=cohort, **more) == AccommodationRefusal.ONE_GRANTEE
    )
    assert refused_grant(edition, enrolment=make_enrolment(), **more) == AccommodationRefusal.OTHER_EDITION
    assert refused_grant(edition, cohort=closed, **more) == AccommodationRefusal.COHORT_CLOSED
    assert refused_grant(edition, enrolment=enrolment, reason=" ", **more) == AccommodationRefusal.NO_REASON
    elsewhere = Activity.objects.get(pk=make_quiz().pk)
    assert (
        refused_grant(edition, enrolment=enrolment, activity=elsewhere, **more)
        == AccommodationRefusal.OTHER_COURSE
    )


def test_nothing_is_granted_to_who_has_withdrawn(edition, enrolment, coordinator):
    withdraw(enrolment, by=coordinator, reason="No time")

    refusal = refused_grant(edition, enrolment=enrolment, extra_attempts=1, by=coordinator)

    assert refusal == AccommodationRefusal.NOT_HERE


def test_a_date_that_would_come_after_closing_is_refused_unless_closing_moves_too(
    edition, enrolment, quiz, coordinator
):
    now = timezone.now()
    edition.schedules.create(activity=quiz, due_at=now, closes_at=now + DAY)
    late = {"enrolment": enrolment, "activity": quiz, "due_at": now + 2 * DAY, "by": coordinator}

    assert refused_grant(edition, **late) == AccommodationRefusal.OUT_OF_ORDER

    grant_accommodation(edition, **late, closes_at=now + 3 * DAY, reason="Agreed")
    assert activity_dates(enrolment, quiz).due_at == now + 2 * DAY


def test_a_number_beyond_reason_is_not_kept(edition, enrolment, coordinator):
    with pytest.raises(ValidationError):
        grant_accommodation(
            edition, enrolment=enrolment, extra_time_percent=900, by=coordinator, reason="Typo"
        )

    assert not Accommodation.objects.exists()


def test_ending_keeps_the_row_says_why_and_is_announced_once(
    edition, enrolment, quiz, coordinator, announced
):
    granted = grant_accommodation(
        edition, enrolment=enrolment, extra_attempts=2, by=coordinator, reason="Agreed"
    )

    end_accommodation(granted, by=coordinator, reason="Granted by mistake")
    end_accommodation(granted, by=coordinator, reason="Again")

    granted.refresh_from_db()
    assert (granted.ended_by, granted.ended_reason) == (coordinator, "Granted by mistake")
    assert activity_dates(enrolment, quiz).extra_attempts == 0
    assert announced == [{enrolment.pk}] * 2
    assert Entry.objects.get(action="enrolments.end_accommodation").reason == "Granted by mistake"


def test_ending_without_a_reason_is_refused(edition, enrolment, coordinator):
    granted = grant_accommodation(
        edition, enrolment=enrolment, extra_attempts=2, by=coordinator, reason="Agreed"
    )

    with pytest.raises(AccommodationRefused):
        end_accommodation(granted, by=coordinator, reason=" ")

    assert Accommodation.objects.current().count() == 1
