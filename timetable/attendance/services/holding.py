"""Holding the register of a session, so that its marks are written one after the other."""

from collections.abc import Collection, Iterable

from django.db import transaction

from timetable.attendance import tasks
from timetable.attendance.refusals import AttendanceRefused, Refusal
from timetable.models import AttendanceMark, Session


def hold_register(session: Session) -> Session:
    """Hold the session until the transaction ends, or raise AttendanceRefused when it was cancelled."""
    # Without the key: rows that point at the session may be written meanwhile.
    held = Session.objects.select_for_update(of=["self"], no_key=True).select_related("edition")
    session = held.get(pk=session.pk)
    if session.is_cancelled:
        raise AttendanceRefused(Refusal.CANCELLED)
    return session


def marks_that_count(
    session: Session, enrolments: Collection[int] | None = None
) -> dict[int, AttendanceMark]:
    """The newest mark of everybody in the session, or of some, by enrolment."""
    marks = AttendanceMark.objects.filter(session=session)
    marks = marks.select_related("recorded_by", "document", "enrolment__person")
    if enrolments is not None:
        marks = marks.filter(enrolment__in=enrolments)
    return {mark.enrolment_id: mark for mark in marks.order_by("number")}


def follow(session: Session, enrolments: Iterable[int]) -> None:
    """Have done what follows from new marks, once they are stored."""
    pks = sorted(set(enrolments))
    if pks:
        transaction.on_commit(lambda: tasks.follow_attendance.enqueue(session.pk, pks), robust=True)
