"""Correcting a mark: a new fact with a reason, by somebody named, in the audit log."""

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from enrolments.models import Enrolment
from foundation.audit import services as audit
from timetable.attendance.marks import NewMark, checked
from timetable.attendance.refusals import AttendanceRefused, Refusal
from timetable.attendance.services.holding import follow, hold_register, marks_that_count
from timetable.models import AttendanceDocument, AttendanceMark, Road, Session, Status


@transaction.atomic
def correct_mark(
    session: Session,
    enrolment: Enrolment,
    *,
    status: Status,
    by: User,
    reason: str,
    minutes_late: int = 0,
    document: AttendanceDocument | None = None,
    base: int | None = None,
) -> AttendanceMark:
    """Record another mark in the place of the one that counts; also where the register said nothing of the person.

    `base` is the number of the mark as it stood on somebody's screen, 0 for none. Raises AttendanceRefused.
    """
    if not reason.strip():
        raise AttendanceRefused(Refusal.NO_REASON)
    if enrolment.edition_id != session.edition_id:
        raise AttendanceRefused(Refusal.NOT_EXPECTED)
    session = hold_register(session)
    line = checked(
        NewMark(enrolment.pk, status, minutes_late=minutes_late, reason=reason, document=document), session
    )
    before = marks_that_count(session, [enrolment.pk]).get(enrolment.pk)
    if base is not None and base != (before.number if before else 0):
        raise AttendanceRefused(Refusal.CHANGED_MEANWHILE)
    if before and line.says(before):
        raise AttendanceRefused(Refusal.SAME)
    now = timezone.now()
    mark = AttendanceMark.objects.create(
        session=session,
        enrolment=enrolment,
        number=before.number + 1 if before else 1,
        status=line.status,
        minutes_late=line.minutes_late,
        reason=line.reason,
        document=line.document,
        road=Road.CORRECTION,
        recorded_by=by,
        recorded_at=now,
        taken_at=now,
    )
    follow(session, [enrolment.pk])
    audit.record(
        by, "timetable.correct_mark", mark, reason=line.reason, before=_told(before), after=_told(mark)
    )
    return mark


def _told(mark):
    return {"attendance": mark.status, "minutes_late": mark.minutes_late} if mark else {}
