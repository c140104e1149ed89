"""What staff say at a gate: a decision, or a waiver of all its conditions. Each has a reason and stays on record."""

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from foundation.audit import services as audit
from programmes.models import Gate, GateConditionKind, GateDecision, GateWaiver, Student
from programmes.refusals import ProgrammeRefused, Refusal
from programmes.services.holding import lock_student


def _check(student: Student, gate: Gate, reason: str) -> None:
    if not reason.strip():
        raise ProgrammeRefused(Refusal.NO_REASON)
    if gate.phase.programme_edition_id != student.programme_edition_id:
        raise ProgrammeRefused(Refusal.OTHER_EDITION)
    if not student.is_active:
        raise ProgrammeRefused(Refusal.NOT_A_STUDENT)


@transaction.atomic
def decide_at_gate(student: Student, gate: Gate, *, may_pass: bool, by: User, reason: str) -> GateDecision:
    """Say whether the student may pass. The newest decision counts; the same one again changes nothing."""
    student = lock_student(student)
    _check(student, gate, reason)
    if not gate.conditions.filter(kind=GateConditionKind.DECISION).exists():
        raise ProgrammeRefused(Refusal.NO_DECISION)
    last = gate.decisions.filter(student=student).last()
    if last and (last.may_pass, last.reason) == (may_pass, reason.strip()):
        return last
    decision = gate.decisions.create(student=student, may_pass=may_pass, reason=reason.strip(), decided_by=by)
    audit.record(
        by,
        "programmes.decide_at_gate",
        student,
        reason=reason,
        before={"may_pass": last.may_pass} if last else None,
        after={"phase": gate.phase.name, "may_pass": may_pass},
    )
    return decision


@transaction.atomic
def waive_gate(student: Student, gate: Gate, *, by: User, reason: str) -> GateWaiver:
    """Open the gate for one student without its conditions. Safe to repeat."""
    student = lock_student(student)
    _check(student, gate, reason)
    standing = gate.waivers.filter(student=student, ended_at=None).first()
    if standing:
        return standing
    waiver = gate.waivers.create(student=student, reason=reason.strip(), waived_by=by)
    audit.record(by, "programmes.waive_gate", student, reason=reason, after={"phase": gate.phase.name})
    return waiver


@transaction.atomic
def end_waiver(waiver: GateWaiver, *, by: User, reason: str) -> None:
    """Let the conditions hold again. A phase that was entered stays open. Safe to repeat."""
    student = lock_student(waiver.student)
    _check(student, waiver.gate, reason)
    if not GateWaiver.objects.filter(pk=waiver.pk, ended_at=None).update(ended_at=timezone.now()):
        return
    audit.record(
        by, "programmes.end_waiver", student, reason=reason, before={"phase": waiver.gate.phase.name}
    )
