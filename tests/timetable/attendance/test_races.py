"""Two devices and one register."""

from uuid import uuid4

import pytest

from tests.factories.accounts import make_person
from tests.factories.attendance import make_session_at
from tests.factories.enrolments import make_edition, make_enrolment
from tests.threads import at_once
from timetable.attendance.codes import code_of
from timetable.attendance.marks import NewMark
from timetable.attendance.services import check_in, correct_mark, save_register
from timetable.models import AttendanceMark, RegisterSave, Status

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def session():
    return make_session_at(make_edition())


@pytest.fixture
def learners(session):
    return [make_enrolment(session.edition) for _ in range(8)]


def test_of_two_people_who_save_one_register_at_once_the_second_is_told_and_nothing_is_overwritten(
    session, learners
):
    def save(status):
        lines = [NewMark(learner.pk, status) for learner in learners]
        by = make_person()
        return lambda: save_register(session, lines, by, key=uuid4())

    saved = at_once(save(Status.PRESENT), save(Status.ABSENT))

    assert sorted((len(one.written), len(one.conflicts)) for one in saved) == [(0, 8), (8, 0)]
    assert AttendanceMark.objects.count() == 8


def test_one_save_that_arrives_four_times_at_once_is_recorded_once(session, learners):
    lines = [NewMark(learner.pk, Status.PRESENT) for learner in learners]
    by, key = make_person(), uuid4()

    saved = at_once(*[lambda: save_register(session, lines, by, key=key)] * 4)

    assert [len(one.written) for one in saved] == [8] * 4
    assert (AttendanceMark.objects.count(), RegisterSave.objects.count()) == (8, 1)


def test_scanning_correcting_and_saving_at_once_lose_no_fact_and_break_no_number(session, learners):
    by = make_person()
    lines = [NewMark(learner.pk, Status.ABSENT) for learner in learners]
    code = code_of(session.key)

    outcomes = at_once(
        lambda: save_register(session, lines, by),
        *[lambda one=one: check_in(session, one.person, code=code) for one in learners[:3]],
        lambda: correct_mark(session, learners[0], status=Status.EXCUSED, by=by, reason="Ill"),
    )

    assert [type(one).__name__ for one in outcomes if isinstance(one, Exception)].count("IntegrityError") == 0
    for learner in learners:
        numbers = list(learner.attendance_marks.order_by("number").values_list("number", flat=True))
        assert numbers == list(range(1, len(numbers) + 1)) != []
