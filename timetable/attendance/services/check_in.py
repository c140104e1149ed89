"""Checking oneself in with the code that is shown in the room."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from timetable.attendance.codes import read_code
from timetable.attendance.refusals import AttendanceRefused, Refusal
from timetable.attendance.rules import check_in_between, rules_of
from timetable.attendance.services.holding import follow, hold_register, marks_that_count
from timetable.audience import expected
from timetable.models import AttendanceMark, Road, Session, Status


@transaction.atomic
def check_in(session: Session, person: User, *, code: str) -> AttendanceMark:
    """Mark a person present, or late, in the session whose code she scanned. Safe to repeat.

    Raises AttendanceRefused; what whoever teaches has recorded is not overruled.
    """
    if read_code(code) != session.key:
        raise AttendanceRefused(Refusal.STALE_CODE)
    session = hold_register(session)
    enrolment = expected(session).filter(person=person).first()
    if enrolment is None:
        raise AttendanceRefused(Refusal.NOT_YOURS)
    now = timezone.now()
    rules = rules_of(session.edition_id)
    before = marks_that_count(session, [enrolment.pk]).get(enrolment.pk)
    if before:
        return _as_it_stands(before)
    _require_time(session, rules, now)
    late = minutes_late(session, now)
    is_late = late > rules.free_minutes
    mark = AttendanceMark.objects.create(
        session=session,
        enrolment=enrolment,
        number=1,
        status=Status.LATE if is_late else Status.PRESENT,
        minutes_late=late if is_late else 0,
        road=Road.QR,
        recorded_by=person,
        recorded_at=now,
        taken_at=now,
    )
    follow(session, [enrolment.pk])
    return mark


def minutes_late(session: Session, moment: datetime) -> int:
    """Whole minutes after the beginning, less than the session has."""
    late = int((moment - session.starts_at).total_seconds() // 60)
    return max(0, min(late, session.minutes - 1))


def _as_it_stands(mark):
    if not mark.was_there:
        raise AttendanceRefused(Refusal.MARKED_ALREADY)
    return mark


def _require_time(session, rules, now):
    begins, ends = check_in_between(session, rules)
    if now < begins:
        raise AttendanceRefused(Refusal.CHECK_IN_EARLY)
    if now >= ends:
        raise AttendanceRefused(Refusal.CHECK_IN_OVER)
