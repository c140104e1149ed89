"""Cases: opened by students or staff, decided once, settled when their consequence has come."""

import datetime
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from foundation.audit import services as audit
from programmes.models import (
    ABOUT_A_MODULE,
    CaseDecision,
    CaseKind,
    ExaminationBoard,
    ModuleEnrolment,
    ResitResult,
    Student,
    StudentCase,
    StudentEvent,
)
from programmes.records import emails
from programmes.records.record import ModuleLine, reckoning_of, record_of
from programmes.records.refusals import RecordRefusal, RecordRefused
from programmes.services import lock_programme_edition, lock_student, withdraw_student

UNTIL_A_DAY = (CaseKind.RESIT, CaseKind.INCOMPLETE, CaseKind.LEAVE)


def case_refusal(
    student: Student, kind: str, place: ModuleEnrolment | None, grounds: str
) -> RecordRefusal | None:
    """Why this case cannot be opened now, or None if it can."""
    if student.withdrawn_at is not None:
        return RecordRefusal.LEFT
    if not grounds.strip():
        return RecordRefusal.NO_REASON
    if kind in ABOUT_A_MODULE and place is None:
        return RecordRefusal.NO_MODULE
    if StudentCase.objects.open().filter(student=student, kind=kind, module_enrolment=place).exists():
        return RecordRefusal.OPEN_ALREADY
    if place is None or kind == CaseKind.INCOMPLETE:
        return None
    line = next((one for one in record_of(student).lines if place in one.places), None)
    return _result_refusal(line, kind, student)


def _result_refusal(line: ModuleLine | None, kind: str, student: Student) -> RecordRefusal | None:
    if line is None or not line.results:
        return RecordRefusal.NO_RESULT
    if kind != CaseKind.RESIT:
        return None
    if line.passed:
        return RecordRefusal.NOT_FAILED
    most = reckoning_of(student.programme_edition).most_attempts
    return RecordRefusal.ATTEMPTS_USED if line.resits + 1 >= most else None


@transaction.atomic
def open_case(
    student: Student, kind: str, *, by: User, grounds: str, place: ModuleEnrolment | None = None
) -> StudentCase:
    """Open a case with the day by which it is decided, or raise RecordRefused."""
    student = lock_student(student)
    place = place if kind in ABOUT_A_MODULE else None
    if refusal := case_refusal(student, kind, place, grounds):
        raise RecordRefused(refusal)
    rules = getattr(student.programme_edition, "academic_rules", None)
    days = rules.days_to_decide if rules else 14
    case = StudentCase.objects.create(
        student=student,
        kind=kind,
        module_enrolment=place,
        grounds=grounds.strip(),
        opened_by=by,
        decide_by=timezone.localdate() + datetime.timedelta(days=days),
    )
    audit.record(by, "programmes.open_case", case, after={"kind": kind})
    emails.send_case_opened(case)
    return case


@transaction.atomic
def decide_case(
    case: StudentCase,
    *,
    granted: bool,
    by: User,
    reason: str,
    until: datetime.date | None = None,
    board: ExaminationBoard | None = None,
) -> StudentCase:
    """Grant or refuse a case, once. Leave and withdrawal take effect at once; re-sits wait for their result."""
    lock_programme_edition(case.student.programme_edition)
    lock_student(case.student)
    case = lock_case(case)
    if case.student.person_id == by.pk:
        raise RecordRefused(RecordRefusal.OWN)
    if case.decision:
        raise RecordRefused(RecordRefusal.DECIDED)
    if not reason.strip():
        raise RecordRefused(RecordRefusal.NO_REASON)
    if granted and until is None and case.kind in UNTIL_A_DAY:
        raise RecordRefused(RecordRefusal.NO_DAY)
    case.decision = CaseDecision.GRANTED if granted else CaseDecision.REFUSED
    case.decision_reason, case.decided_at, case.decided_by = reason.strip(), timezone.now(), by
    case.until, case.board = until if granted else None, board
    if not granted or case.kind in (CaseKind.WITHDRAWAL, CaseKind.APPEAL):
        case.settled_at = case.decided_at
    case.save()
    if granted:
        _take_effect(case, by)
    audit.record(by, "programmes.decide_case", case, reason=reason, after={"decision": case.decision})
    emails.send_case_decided(case)
    return case


def _take_effect(case: StudentCase, by: User) -> None:
    if case.kind == CaseKind.WITHDRAWAL:
        withdraw_student(case.student, by=by, reason=case.decision_reason[:500])
    elif case.kind == CaseKind.LEAVE:
        case.student.events.create(kind=StudentEvent.Kind.ON_LEAVE, by=by, reason=case.decision_reason[:500])


@transaction.atomic
def take_back(case: StudentCase, *, by: User) -> None:
    """The student no longer asks for it. Safe to repeat."""
    case = lock_case(case)
    if case.decision == CaseDecision.WITHDRAWN:
        return
    if case.decision:
        raise RecordRefused(RecordRefusal.DECIDED)
    case.decision, case.decided_at, case.decided_by = CaseDecision.WITHDRAWN, timezone.now(), by
    case.settled_at = case.decided_at
    case.save()
    audit.record(by, "programmes.take_back_case", case)


@transaction.atomic
def record_resit(case: StudentCase, score: Decimal, *, by: User, reason: str = "") -> ResitResult:
    """Record what a granted re-sit (or work handed in later) was worth, from 0 to 1; correctable until confirmed."""
    case = lock_case(case)
    if case.decision != CaseDecision.GRANTED or case.kind not in (CaseKind.RESIT, CaseKind.INCOMPLETE):
        raise RecordRefused(RecordRefusal.NOT_GRANTED)
    if case.settled_at is not None:
        raise RecordRefused(RecordRefusal.SETTLED)
    if case.student.person_id == by.pk:
        raise RecordRefused(RecordRefusal.OWN)
    before = ResitResult.objects.filter(case=case).first()
    if before and before.score != score and not reason.strip():
        raise RecordRefused(RecordRefusal.NO_REASON)
    result, _created = ResitResult.objects.update_or_create(
        case=case, defaults={"score": score, "recorded_by": by}
    )
    audit.record(
        by,
        "programmes.record_resit",
        case,
        reason=reason,
        before={"score": str(before.score)} if before else None,
        after={"score": str(score)},
    )
    return result


@transaction.atomic
def end_leave(case: StudentCase, *, by: User) -> None:
    """The student is back from leave. Safe to repeat."""
    case = lock_case(case)
    if case.kind != CaseKind.LEAVE or case.decision != CaseDecision.GRANTED:
        raise RecordRefused(RecordRefusal.NOT_GRANTED)
    if case.settled_at is not None:
        return
    case.settled_at = timezone.now()
    case.save(update_fields=["settled_at"])
    StudentEvent.objects.create(student=case.student, kind=StudentEvent.Kind.BACK, by=by)
    audit.record(by, "programmes.end_leave", case)


def lock_case(case: StudentCase) -> StudentCase:
    """Hold a case until the transaction ends."""
    held = StudentCase.objects.select_for_update(of=["self"])
    return held.select_related("student__person", "student__programme_edition", "module_enrolment").get(
        pk=case.pk
    )


@transaction.atomic
def settle_cases_of(student: Student) -> None:
    """Whoever has left asks for nothing any more; what is being decided at this moment stays what it is."""
    now = timezone.now()
    StudentCase.objects.open().filter(student=student).exclude(kind=CaseKind.WITHDRAWAL).update(
        decision=CaseDecision.WITHDRAWN, decided_at=now, settled_at=now
    )
