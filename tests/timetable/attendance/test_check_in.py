"""Checking oneself in with the code in the room."""

import datetime

import pytest
from django.utils import timezone

from tests.factories.accounts import make_person
from tests.factories.attendance import make_mark, make_rules, make_session_at
from tests.factories.enrolments import make_cohort
from timetable.attendance.codes import LIVES_SECONDS, code_of, read_code
from timetable.attendance.refusals import AttendanceRefused, Refusal
from timetable.attendance.services import check_in
from timetable.models import AttendanceMark, Road, Status

pytestmark = pytest.mark.django_db


def refusal(action):
    with pytest.raises(AttendanceRefused) as found:
        action()
    return found.value.refusal


def begin(edition, minutes, **fields):
    return make_session_at(edition, begins=datetime.timedelta(minutes=minutes), **fields)


def test_who_scans_the_code_in_time_is_present_once(edition, join):
    learner, session = join(edition), begin(edition, 5)

    marks = [check_in(session, learner.person, code=code_of(session.key)) for _ in range(2)]

    assert marks[0] == marks[1]
    assert (marks[0].status, marks[0].road, marks[0].recorded_by) == (
        Status.PRESENT,
        Road.QR,
        learner.person,
    )


@pytest.mark.parametrize(("minutes", "status", "late"), [(4, Status.PRESENT, 0), (12, Status.LATE, 12)])
def test_who_comes_after_the_free_minutes_is_late_by_the_clock(edition, join, minutes, status, late):
    make_rules(edition, free_minutes=5)
    learner, session = join(edition), begin(edition, -minutes)

    mark = check_in(session, learner.person, code=code_of(session.key))

    assert mark.status == status
    assert abs(mark.minutes_late - late) <= 1


def test_a_code_is_refused_when_it_is_stale_of_another_session_or_made_up(edition, join, monkeypatch):
    learner, session, other = join(edition), begin(edition, 0), begin(edition, -2)
    code = code_of(session.key)

    for wrong in (code_of(other.key), code[:-1], "", code.replace(code[:4], "0000", 1)):
        assert (
            refusal(lambda wrong=wrong: check_in(session, learner.person, code=wrong)) == Refusal.STALE_CODE
        )
    later = timezone.now().timestamp() + LIVES_SECONDS + 1
    monkeypatch.setattr("django.core.signing.time.time", lambda: later)
    assert read_code(code) is None
    assert refusal(lambda: check_in(session, learner.person, code=code)) == Refusal.STALE_CODE
    assert AttendanceMark.objects.count() == 0


@pytest.mark.parametrize(("minutes", "why"), [(20, Refusal.CHECK_IN_EARLY), (-31, Refusal.CHECK_IN_OVER)])
def test_check_in_is_open_only_as_long_as_the_rules_say(edition, join, minutes, why):
    make_rules(edition, check_in_minutes_before=15, check_in_minutes_after=30)
    learner, session = join(edition), begin(edition, minutes)

    assert refusal(lambda: check_in(session, learner.person, code=code_of(session.key))) == why


def test_who_is_not_expected_is_refused(edition, join):
    member, outsider = join(edition), join(edition)
    session = begin(edition, 0, cohort=make_cohort(edition, member))

    assert check_in(session, member.person, code=code_of(session.key)).was_there
    for person in (outsider.person, make_person()):
        assert (
            refusal(lambda person=person: check_in(session, person, code=code_of(session.key)))
            == Refusal.NOT_YOURS
        )


def test_what_the_teacher_has_recorded_is_not_overruled(edition, join):
    learner, session = join(edition), begin(edition, -10)
    make_mark(session, learner, Status.ABSENT)

    assert (
        refusal(lambda: check_in(session, learner.person, code=code_of(session.key)))
        == Refusal.MARKED_ALREADY
    )
