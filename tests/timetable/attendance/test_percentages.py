"""What attendance comes to, and that it explains itself."""

import datetime
from decimal import Decimal

import pytest
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.factories.attendance import make_mark, make_rules, make_session_at
from tests.factories.enrolments import make_cohort, make_edition
from timetable.attendance.percentages import Standing, attendance_share, attendance_shares, together
from timetable.attendance.shares import work_out
from timetable.models import (
    AttendanceMark,
    AttendanceRules,
    Counting,
    Lateness,
    Session,
    Status,
)

NOW = datetime.datetime(2027, 3, 15, 12, tzinfo=datetime.UTC)
pytestmark = pytest.mark.django_db


def past(edition, days, **fields):
    return make_session_at(edition, begins=datetime.timedelta(days=-days), **fields)


def test_the_share_is_hours_attended_of_hours_held_and_every_session_has_its_line(edition, join):
    learner = join(edition)
    make_mark(past(edition, 5, minutes=360), learner)
    make_mark(past(edition, 4, minutes=120), learner, Status.ABSENT)
    make_mark(past(edition, 3, minutes=60), learner, Status.EXCUSED)
    past(edition, 2, minutes=90)
    make_session_at(edition, begins=datetime.timedelta(days=1), minutes=180)

    share = attendance_share(learner)

    assert (share.attended_hours, share.possible_hours, share.total_hours) == (6, 8, Decimal("12.5"))
    assert share.share == Decimal("0.75")
    assert [line.standing for line in share.lines] == [
        Standing.COUNTED,
        Standing.COUNTED,
        Standing.LEFT_OUT,
        Standing.NOT_TAKEN,
        Standing.AHEAD,
    ]
    assert all(line.explanation for line in share.lines)


@pytest.mark.parametrize(
    ("threshold", "endangered", "may_miss", "out_of_reach"),
    [("0.8", True, "0.00", False), ("0.7", False, "1.00", False), ("0.9", True, "0.00", True)],
)
def test_a_threshold_says_whether_it_is_endangered_and_what_may_still_be_missed(
    edition, join, threshold, endangered, may_miss, out_of_reach
):
    learner = join(edition)
    make_mark(past(edition, 5, minutes=360), learner)
    make_mark(past(edition, 4, minutes=120), learner, Status.ABSENT)
    make_session_at(edition, begins=datetime.timedelta(days=1), minutes=120)

    share = attendance_share(learner, threshold=Decimal(threshold))

    assert (share.endangered, share.is_out_of_reach) == (endangered, out_of_reach)
    assert share.hours_may_be_missed == Decimal(may_miss)


@pytest.mark.parametrize(
    ("rules", "minutes_late", "attended"),
    [
        ({}, 5, 60),
        ({}, 15, 45),
        ({"lateness": Lateness.FULL}, 59, 60),
        ({"lateness": Lateness.HALF}, 15, 30),
        ({"lateness": Lateness.NONE}, 15, 0),
        ({"lateness": Lateness.NONE, "free_minutes": 15}, 15, 60),
    ],
)
def test_how_lateness_counts_is_a_rule(edition, join, rules, minutes_late, attended):
    make_rules(edition, **rules)
    learner = join(edition)
    make_mark(past(edition, 1, minutes=60), learner, Status.LATE, minutes_late=minutes_late)

    share = attendance_share(learner)

    assert (share.attended, share.possible) == (attended, 60)


@pytest.mark.parametrize(
    ("counting", "attended", "possible"),
    [(Counting.LEFT_OUT, 0, 0), (Counting.ATTENDED, 60, 60), (Counting.MISSED, 0, 60)],
)
def test_how_an_excuse_counts_is_a_rule(edition, join, counting, attended, possible):
    make_rules(edition, excused=counting)
    learner = join(edition)
    make_mark(past(edition, 1, minutes=60), learner, Status.EXCUSED)

    share = attendance_share(learner)

    assert (share.attended, share.possible) == (attended, possible)


@pytest.mark.parametrize(("counting", "possible"), [(Counting.LEFT_OUT, 0), (Counting.ATTENDED, 60)])
def test_how_a_cancelled_session_counts_is_a_rule(edition, join, counting, possible):
    make_rules(edition, cancelled=counting)
    learner = join(edition)
    past(edition, 1, minutes=60, cancelled_at=timezone.now())

    share = attendance_share(learner)

    assert (share.attended, share.possible) == (possible, possible)


def test_the_edition_s_own_rules_stand_before_the_site_s(edition, join):
    make_rules(threshold=Decimal("0.5"))
    make_rules(edition, threshold=Decimal("0.9"))
    other = make_edition()

    assert attendance_share(join(edition)).threshold == Decimal("0.9")
    assert attendance_share(join(other)).threshold == Decimal("0.5")


def test_only_sessions_one_was_expected_in_count(edition, join):
    late_comer = join(edition, enrolled_at=timezone.now() - datetime.timedelta(days=3))
    gone = join(edition, withdrawn_at=timezone.now() - datetime.timedelta(days=3))
    member = join(edition)
    early, recent = past(edition, 5), past(edition, 1)
    cohort_session = past(edition, 1, cohort=make_cohort(edition, member))
    member.cohort_memberships.update(joined_at=timezone.now() - datetime.timedelta(days=9))

    found = attendance_shares([late_comer, gone, member])

    def sessions(enrolment):
        return {line.session for line in found[enrolment.pk].lines}

    assert sessions(late_comer) == {recent}
    assert sessions(gone) == {early}
    assert sessions(member) == {early, recent, cohort_session}


def test_the_newest_mark_counts(edition, join):
    learner, session = join(edition), past(edition, 1)
    make_mark(session, learner, Status.ABSENT)
    make_mark(session, learner, Status.PRESENT)

    assert attendance_share(learner).share == 1


def test_modules_of_a_programme_are_taken_together(edition, join):
    person = join(edition)
    other = join(make_edition(), person=person.person)
    make_mark(past(edition, 2, minutes=180), person)
    make_mark(past(other.edition, 1, minutes=60), other, Status.ABSENT)

    share = together(list(attendance_shares([person, other]).values()), threshold=Decimal("0.8"))

    assert (share.share, share.endangered, len(share.lines)) == (Decimal("0.75"), True, 2)


@pytest.mark.parametrize("learners", [2, 12])
def test_many_learners_of_several_editions_take_four_queries(
    edition, join, learners, django_assert_num_queries
):
    editions = [edition, make_edition()]
    enrolments = [join(one) for one in editions for _ in range(learners)]
    for session in [past(one, day) for one in editions for day in range(1, learners)]:
        for enrolment in enrolments:
            if enrolment.edition_id == session.edition_id:
                make_mark(session, enrolment)

    with django_assert_num_queries(4):
        found = attendance_shares(enrolments)
        assert {share.share for share in found.values()} == {Decimal(1)}


marks = st.tuples(
    st.integers(min_value=1, max_value=600),
    st.sampled_from([*Status, None]),
    st.integers(1, 599),
    st.booleans(),
)
rules = st.builds(
    AttendanceRules,
    lateness=st.sampled_from(Lateness),
    excused=st.sampled_from(Counting),
    cancelled=st.sampled_from([Counting.LEFT_OUT, Counting.ATTENDED]),
    free_minutes=st.integers(0, 30),
    threshold=st.none() | st.decimals(0, 1, places=3),
)


@settings(deadline=None)
@given(st.lists(marks, max_size=12), rules)
def test_whatever_happened_the_numbers_hang_together(happened, rules):
    from enrolments.models import Edition

    sessions = []
    for minutes, status, late, cancelled in happened:
        start = NOW - datetime.timedelta(minutes=minutes)
        session = Session(
            edition=Edition(),
            minutes=minutes,
            starts_at=start,
            ends_at=start + datetime.timedelta(minutes=minutes),
            cancelled_at=NOW if cancelled else None,
        )
        mark = status and AttendanceMark(status=status, minutes_late=late if status == Status.LATE else 0)
        sessions.append((session, mark))

    share = work_out(sessions, rules, NOW)

    assert 0 <= share.attended <= share.possible
    assert share.possible + share.ahead <= sum(minutes for minutes, *_rest in happened)
    assert len(share.lines) == len(happened)
    assert share.share is None or 0 <= share.share <= 1
    if share.is_out_of_reach and share.possible and not share.ahead:
        assert share.endangered
