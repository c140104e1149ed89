"""Times on walls and days of patterns: pure, so that hypothesis looks for what breaks them."""

import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timetable.patterns import Pattern
from timetable.wall_time import NoSuchTime, moment_of

ZONES = ["UTC", "Europe/Rome", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe", "Africa/Cairo"]
DAYS = st.dates(datetime.date(2026, 1, 1), datetime.date(2031, 12, 31))


@given(day=DAYS, time=st.times(), zone=st.sampled_from(ZONES))
def test_a_moment_shows_the_time_it_was_made_of_or_there_is_no_such_time(day, time, zone):
    try:
        moment = moment_of(day, time, zone)
    except NoSuchTime:
        before = datetime.datetime.combine(day, time, ZoneInfo(zone)).utcoffset()
        after = datetime.datetime.combine(day, time, ZoneInfo(zone)).replace(fold=1).utcoffset()
        assert before != after
    else:
        assert moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None) == datetime.datetime.combine(day, time)


def test_an_hour_that_comes_twice_is_meant_the_first_time():
    moment = moment_of(datetime.date(2026, 10, 25), datetime.time(2, 30), "Europe/Rome")

    assert moment == datetime.datetime(2026, 10, 25, 0, 30, tzinfo=datetime.UTC)


def test_an_hour_that_the_clock_leaps_over_is_refused():
    with pytest.raises(NoSuchTime):
        moment_of(datetime.date(2027, 3, 28), datetime.time(2, 30), "Europe/Rome")


@given(
    weekdays=st.frozensets(st.integers(1, 7)),
    first=DAYS,
    span=st.integers(0, 200),
    every=st.integers(1, 4),
    left_out=st.frozensets(DAYS, max_size=5),
)
def test_a_pattern_keeps_to_its_weekdays_its_dates_and_its_rhythm(weekdays, first, span, every, left_out):
    last = first + datetime.timedelta(days=span)

    days = Pattern(weekdays, first, last, every, left_out).days()

    assert days == sorted(set(days))
    assert all(first <= day <= last and day.isoweekday() in weekdays for day in days)
    assert left_out.isdisjoint(days)
    weeks = {day.toordinal() - day.isoweekday() for day in days}
    assert all((one - other) % (7 * every) == 0 for one in weeks for other in weeks)


def test_every_second_week_counts_from_the_week_of_the_first_day():
    wednesday = datetime.date(2027, 3, 3)

    days = Pattern(frozenset({1, 3}), wednesday, datetime.date(2027, 3, 31), every_weeks=2).days()

    assert [day.day for day in days] == [3, 15, 17, 29, 31]
