"""Which dates, time and attempts hold for one person."""

import datetime
from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from enrolments.activity_dates import ActivityDates, DatesLookup, activity_dates, activity_dates_of
from enrolments.models import Accommodation, ActivitySchedule, Edition, Enrolment
from enrolments.plans import Plans
from tests.factories.assessments import make_quiz
from tests.factories.enrolments import (
    make_accommodation,
    make_cohort,
    make_enrolment,
    make_tutored_edition,
)

NAIROBI = ZoneInfo("Africa/Nairobi")
HOUR, DAY = datetime.timedelta(hours=1), datetime.timedelta(days=1)
NOON = datetime.datetime(2027, 3, 10, 12, 0, tzinfo=datetime.UTC)


@pytest.fixture
def quiz(db):
    return make_quiz()


@pytest.fixture
def edition(quiz):
    return make_tutored_edition(quiz.course, time_zone="Africa/Nairobi")


@pytest.fixture
def enrolment(edition):
    return make_enrolment(edition, enrolled_at=datetime.datetime(2027, 3, 1, 22, 30, tzinfo=datetime.UTC))


def schedule(edition, quiz, **fields):
    return ActivitySchedule.objects.create(edition=edition, activity=quiz, **fields)


def test_without_a_schedule_nothing_holds(enrolment, quiz):
    assert activity_dates(enrolment, quiz) == ActivityDates()


def test_moments_of_the_edition_hold_for_everybody(edition, enrolment, quiz):
    schedule(
        edition, quiz, opens_at=NOON, due_at=NOON + DAY, closes_at=NOON + 2 * DAY, review_at=NOON + 3 * DAY
    )

    dates = activity_dates(enrolment, quiz)

    assert (dates.opens_at, dates.due_at, dates.closes_at, dates.review_at) == tuple(
        NOON + days * DAY for days in range(4)
    )
    assert not dates.extended


def test_days_after_enrolment_begin_and_end_with_the_day_where_the_edition_is(edition, enrolment, quiz):
    schedule(edition, quiz, opens_after_days=1, due_after_days=7, closes_after_days=8, review_after_days=9)

    dates = activity_dates(enrolment, quiz)

    # Enrolled at 22:30 UTC on the 1st, when it was the 2nd in Nairobi.
    assert dates.opens_at == datetime.datetime(2027, 3, 3, 0, 0, tzinfo=NAIROBI)
    assert dates.due_at == datetime.datetime(2027, 3, 9, 23, 59, 59, tzinfo=NAIROBI)
    assert dates.closes_at == datetime.datetime(2027, 3, 10, 23, 59, 59, tzinfo=NAIROBI)
    assert dates.review_at == datetime.datetime(2027, 3, 11, 0, 0, tzinfo=NAIROBI)


def test_nothing_is_due_after_it_has_closed(edition, enrolment, quiz):
    schedule(edition, quiz, due_after_days=30, closes_at=NOON)

    assert activity_dates(enrolment, quiz).due_at == NOON


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"due_at": NOON, "due_after_days": 3}, "due_after_days"),
        ({"review_at": NOON, "review_after_days": 3}, "review_after_days"),
        ({"opens_at": NOON, "due_at": NOON - HOUR}, "due_at"),
        ({"opens_at": NOON, "closes_at": NOON - HOUR}, "closes_at"),
        ({"due_after_days": 8, "closes_after_days": 7}, "closes_after_days"),
    ],
)
def test_dates_that_do_not_fit_together_are_refused_by_form_and_database(edition, quiz, fields, wrong):
    row = ActivitySchedule(edition=edition, activity=quiz, **fields)

    with pytest.raises(ValidationError) as refused:
        row.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()

    assert list(refused.value.message_dict) == [wrong]


def test_a_persons_own_grant_stands_before_the_cohorts_and_that_before_the_edition(edition, enrolment, quiz):
    schedule(edition, quiz, due_at=NOON, closes_at=NOON + DAY)
    cohort = make_cohort(edition, enrolment)
    make_accommodation(cohort, quiz, due_at=NOON + 3 * DAY, closes_at=NOON + 4 * DAY, extra_attempts=1)
    make_accommodation(enrolment, quiz, due_at=NOON + 2 * DAY, reason="Court hearing")

    dates = activity_dates(enrolment, quiz)

    assert dates.due_at == NOON + 2 * DAY
    assert dates.closes_at == NOON + 4 * DAY
    assert dates.extra_attempts == 1
    assert dates.due_is_extended
    assert dates.closing_is_extended
    assert "Court hearing" in dates.reasons


def test_others_keep_the_dates_of_the_edition(edition, enrolment, quiz):
    schedule(edition, quiz, due_at=NOON)
    make_accommodation(make_cohort(edition, enrolment), quiz, due_at=NOON + DAY)
    make_accommodation(enrolment, quiz, extra_minutes=10)

    assert activity_dates(make_enrolment(edition), quiz) == ActivityDates(due_at=NOON)


def test_of_several_grants_the_more_generous_counts(edition, enrolment, quiz):
    schedule(edition, quiz, opens_at=NOON, due_at=NOON + DAY)
    make_accommodation(enrolment, quiz, opens_at=NOON - DAY, due_at=NOON + 2 * DAY, extra_time_percent=50)
    make_accommodation(enrolment, quiz, opens_at=NOON - HOUR, due_at=NOON + 3 * DAY, extra_time_percent=25)

    dates = activity_dates(enrolment, quiz)

    assert (dates.opens_at, dates.due_at, dates.extra_time_percent) == (NOON - DAY, NOON + 3 * DAY, 50)


def test_what_was_ended_and_a_cohort_that_was_left_grant_nothing(edition, enrolment, quiz):
    cohort = make_cohort(edition, enrolment)
    make_accommodation(cohort, quiz, extra_minutes=30)
    cohort.members.update(left_at=timezone.now())
    ended = make_accommodation(enrolment, quiz, extra_attempts=2)
    ended.ended_at, ended.ended_by = timezone.now(), ended.granted_by
    ended.save()

    assert not activity_dates(enrolment, quiz).extended


def test_a_grant_for_every_activity_moves_only_dates_there_are_and_only_to_more(edition, enrolment, quiz):
    other, third = make_quiz(quiz.course), make_quiz(quiz.course)
    schedule(edition, quiz, due_at=NOON)
    schedule(edition, other, due_at=NOON + 9 * DAY)
    make_accommodation(enrolment, due_at=NOON + 5 * DAY, extra_time_percent=25)

    lookup = activity_dates_of([enrolment])

    assert lookup[enrolment.pk, quiz.pk].due_at == NOON + 5 * DAY
    assert lookup[enrolment.pk, other.pk].due_at == NOON + 9 * DAY
    assert not lookup[enrolment.pk, other.pk].due_is_extended
    assert lookup[enrolment.pk, third.pk].due_at is None
    assert lookup[enrolment.pk, third.pk].extra_time_percent == 25


def test_a_grant_for_one_activity_may_also_be_an_earlier_sitting(edition, enrolment, quiz):
    schedule(edition, quiz, opens_at=NOON, closes_at=NOON + HOUR)
    make_accommodation(enrolment, quiz, opens_at=NOON - DAY, closes_at=NOON - DAY + HOUR)

    dates = activity_dates(enrolment, quiz)

    assert (dates.opens_at, dates.closes_at) == (NOON - DAY, NOON - DAY + HOUR)
    assert dates.extended
    assert not dates.closing_is_extended


def test_who_closes_later_reviews_no_earlier_than_that(edition, enrolment, quiz):
    schedule(edition, quiz, closes_at=NOON, review_at=NOON + DAY)
    make_accommodation(enrolment, quiz, closes_at=NOON + 5 * DAY)

    assert activity_dates(enrolment, quiz).review_at == NOON + 5 * DAY
    assert activity_dates(make_enrolment(edition), quiz).review_at == NOON + DAY


@pytest.mark.parametrize(
    ("percent", "minutes", "allowed"), [(0, 0, 60), (25, 0, 75), (0, 10, 70), (50, 10, 100)]
)
def test_extra_time_is_a_share_and_then_minutes(percent, minutes, allowed):
    dates = ActivityDates(extra_time_percent=percent, extra_minutes=minutes)

    assert dates.allowed(HOUR) == datetime.timedelta(minutes=allowed)


def test_many_enrolments_ask_no_more_queries_than_two(django_assert_num_queries, edition, quiz):
    schedule(edition, quiz, due_at=NOON)
    enrolments = [make_enrolment(edition) for _person in range(12)]
    make_accommodation(make_cohort(edition, *enrolments), quiz, extra_minutes=5)
    for enrolment in enrolments:
        make_accommodation(enrolment, quiz, due_at=NOON + DAY)

    for some in (enrolments[:2], enrolments):
        with django_assert_num_queries(2):
            lookup = activity_dates_of(some)
            assert {lookup[enrolment.pk, quiz.pk].due_at for enrolment in some} == {NOON + DAY}


moments = st.none() | st.integers(-200, 200).map(lambda hours: NOON + hours * HOUR)
numbers = st.none() | st.integers(1, 100)
EDITION = Edition(pk=1, time_zone="Africa/Nairobi")
PERSON = Enrolment(pk=1, edition=EDITION, enrolled_at=NOON)


@st.composite
def grants(draw):
    target = draw(st.sampled_from([{"enrolment_id": 1}, {"cohort_id": 1}]))
    return Accommodation(
        edition=EDITION,
        activity_id=draw(st.sampled_from([1, None])),
        due_at=draw(moments),
        closes_at=draw(moments),
        extra_attempts=draw(numbers),
        **target,
    )


def dates_with(plan, accommodations):
    return DatesLookup([PERSON], Plans([plan], accommodations), {1: {1}})[1, 1]


@given(due=moments, closes=moments, accommodations=st.lists(grants(), max_size=5), more=grants())
def test_whatever_was_granted_nothing_is_due_after_closing_and_more_for_every_activity_is_never_less(
    due, closes, accommodations, more
):
    plan = ActivitySchedule(edition=EDITION, activity_id=1, due_at=due, closes_at=closes)
    more.activity_id, more.cohort_id, more.enrolment_id = None, None, 1

    before, after = dates_with(plan, accommodations), dates_with(plan, [*accommodations, more])

    assert not (after.due_at and after.closes_at) or after.due_at <= after.closes_at
    for field in ("due_at", "closes_at"):
        assert (getattr(before, field) is None) == (getattr(after, field) is None)
        assert getattr(before, field) is None or getattr(after, field) >= getattr(before, field)
    assert replace(dates_with(plan, accommodations[::-1]), reasons=()) == replace(before, reasons=())
