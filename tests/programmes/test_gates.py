from dataclasses import replace
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gradebook.signals import results_changed
from programmes.gates import facts_of, judge, standing_of, standings
from programmes.models import GateConditionKind, StudentEvent
from programmes.refusals import ProgrammeRefused, Refusal
from programmes.services import (
    decide_at_gate,
    end_waiver,
    open_due_phases,
    open_phase,
    waive_gate,
)
from programmes.today import today_in
from tests.factories.accounts import make_person
from tests.factories.attendance import make_mark, make_session_at
from tests.factories.gradebook import make_entry
from timetable.attendance.percentages import AttendanceShare

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def pass_mark(programme):
    programme.first.pass_mark = Decimal("0.6")
    programme.first.save()


@pytest.mark.parametrize(("score", "passed"), [("0.59", False), ("0.6", True)])
def test_the_pass_mark_of_the_module_decides_at_the_gate(programme, admitted, score, passed):
    student = admitted(make_person(), Decimal(score))

    standing = standing_of(student, programme.residential)

    assert standing.passed is passed
    assert ("60" in standing.conditions[0].parts[0]) if not passed else not standing.left


def test_a_result_that_is_still_open_does_not_pass(programme, admitted):
    standing = standing_of(admitted(make_person()), programme.residential)

    assert not standing.passed
    assert programme.first.code in standing.left[0].parts[0]


def test_a_phase_opens_on_its_day_to_those_who_pass_and_stays_open(programme, admitted):
    good, bad = admitted(make_person(), Decimal("0.9")), admitted(make_person(), Decimal("0.1"))

    opened = [open_due_phases(programme.edition, today_in(programme.edition)) for _twice in range(2)]

    assert opened == [1, 0]
    assert programme.second.edition.enrolments.get().person == good.person
    assert not bad.events.filter(kind=StudentEvent.Kind.PHASE_OPENED, phase=programme.residential).exists()
    make_entry(programme.exam, good.module_enrolments.get(module=programme.first).enrolment, Decimal("0.2"))
    assert standing_of(good, programme.residential).is_open
    assert programme.second.edition.enrolments.active().exists()


def test_nothing_opens_before_its_day_but_staff_may_open_it_earlier(programme, admitted):
    student = admitted(make_person(), Decimal("0.9"))
    before = programme.residential.starts_on.replace(year=programme.residential.starts_on.year - 1)

    assert open_due_phases(programme.edition, before) == 0
    assert open_phase(student, programme.residential, by=programme.coordinator)


def test_a_shut_gate_refuses_and_a_waiver_with_a_reason_opens_it(programme, admitted):
    student = admitted(make_person(), Decimal("0.1"))

    with pytest.raises(ProgrammeRefused) as refused:
        open_phase(student, programme.residential, by=programme.coordinator)
    assert refused.value.refusal == Refusal.GATE_SHUT
    with pytest.raises(ProgrammeRefused):
        waive_gate(student, programme.gate, by=programme.coordinator, reason="")

    waiver = waive_gate(student, programme.gate, by=programme.coordinator, reason="Re-sit in February")
    assert waive_gate(student, programme.gate, by=programme.coordinator, reason="Twice") == waiver
    assert open_phase(student, programme.residential, by=programme.coordinator)
    assert not open_phase(student, programme.residential, by=programme.coordinator)


def test_a_waiver_that_ended_holds_no_longer(programme, admitted):
    student = admitted(make_person(), Decimal("0.1"))
    waiver = waive_gate(student, programme.gate, by=programme.coordinator, reason="By mistake")

    end_waiver(waiver, by=programme.coordinator, reason="Another student was meant")

    assert not standing_of(student, programme.residential).passed


def test_the_newest_decision_counts(programme, admitted):
    programme.gate.conditions.all().delete()
    programme.gate.conditions.create(kind=GateConditionKind.DECISION)
    student = admitted(make_person())
    undecided = standing_of(student, programme.residential).passed

    decide_at_gate(student, programme.gate, may_pass=True, by=programme.coordinator, reason="Fit to go on")
    decided = standing_of(student, programme.residential).passed
    decide_at_gate(student, programme.gate, may_pass=False, by=programme.coordinator, reason="Visa refused")

    assert (undecided, decided) == (False, True)
    assert "Visa refused" in standing_of(student, programme.residential).words


def test_no_phase_can_be_jumped_over(programme, admitted):
    student = admitted(make_person(), Decimal("0.9"))
    student.events.filter(phase=programme.online).delete()

    with pytest.raises(ProgrammeRefused) as refused:
        open_phase(student, programme.residential, by=programme.coordinator)

    assert refused.value.refusal == Refusal.NOT_REACHED


def test_a_whole_cohort_takes_as_many_queries_as_two(programme, admitted, django_assert_num_queries):
    students = [admitted(make_person(), Decimal("0.7")) for _number in range(2)]
    with CaptureQueriesContext(connection) as two:
        standings(programme.edition, students)
    students += [admitted(make_person(), Decimal("0.7")) for _number in range(10)]
    with django_assert_num_queries(len(two)):
        standings(programme.edition, students)


def test_a_result_entered_after_the_day_opens_the_gate_by_itself(
    programme, admitted, django_capture_on_commit_callbacks
):
    student = admitted(make_person(), Decimal("0.9"))

    with django_capture_on_commit_callbacks(execute=True):
        results_changed.send(sender=None, edition_id=programme.first.edition_id)

    assert standing_of(student, programme.residential).is_open


@pytest.mark.parametrize(("status", "passed"), [("present", True), ("absent", False)])
def test_attendance_of_the_phase_before_is_compared_with_what_the_edition_asks(
    programme, admitted, status, passed
):
    programme.edition.least_attendance = Decimal("0.8")
    programme.edition.save()
    programme.gate.conditions.all().delete()
    programme.gate.conditions.create(kind=GateConditionKind.ATTENDANCE)
    student = admitted(make_person())
    enrolment = student.module_enrolments.get().enrolment
    before = standing_of(student, programme.residential)

    make_mark(make_session_at(programme.first.edition), enrolment, status)
    after = standing_of(student, programme.residential)

    assert not before.passed
    assert after.passed is passed
    assert "80" in after.conditions[0].reason


@pytest.mark.parametrize(("minutes_late", "passed", "shown"), [(500, True, "80"), (501, False, "79.9")])
def test_a_minute_short_of_the_least_attendance_does_not_pass(
    programme, admitted, minutes_late, passed, shown
):
    programme.gate.conditions.all().delete()
    programme.gate.conditions.create(kind=GateConditionKind.ATTENDANCE, least=Decimal("0.8"))
    student = admitted(make_person())
    facts = facts_of(programme.edition, [student])
    share = AttendanceShare(Decimal(2500 - minutes_late), Decimal(2500), Decimal(0), (), None)
    facts = replace(facts, presence={(student.pk, programme.online.pk): share})

    (condition,) = judge(facts, student, facts.phases[1]).conditions

    assert condition.is_met is passed
    assert f"Attended {shown}" in condition.reason
