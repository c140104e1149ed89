"""Saving a register: one transaction, as many queries for one person as for a lecture hall."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from enrolments.models import Enrolment
from timetable.attendance.marks import NewMark, RegisterSaved, checked, sort_out
from timetable.attendance.refusals import AttendanceRefused, Refusal
from timetable.attendance.rules import is_settled, register_opens_at, rules_of
from timetable.attendance.services.holding import follow, hold_register, marks_that_count
from timetable.models import AttendanceMark, RegisterSave, Road, Session


@transaction.atomic
def save_register(
    session: Session,
    marks: Sequence[NewMark],
    by: User,
    *,
    key: UUID | None = None,
    taken_at: datetime | None = None,
    road: Road = Road.REGISTER,
) -> RegisterSaved:
    """Record a register. What somebody else recorded meanwhile is kept and reported as a conflict.

    So is, a day after the session, every mark there is: from then on it is corrected with a reason.
    `key` was made by the device before it first tried: sending the same save again changes nothing and gives the same
    answer. Raises AttendanceRefused when nothing at all can be recorded.
    """
    session = hold_register(session)
    now = timezone.now()
    if now < register_opens_at(session, rules_of(session.edition_id)):
        raise AttendanceRefused(Refusal.TOO_EARLY)
    lines = [checked(mark, session) for mark in marks]
    _require_enrolled(session, lines)
    current = marks_that_count(session)
    earlier = _earlier_save(key, session, by)
    if earlier:
        return _said_before(earlier, lines, current, is_settled(session, now))
    taken_at = min(taken_at or now, now)
    to_write, unchanged, conflicts = sort_out(
        lines, current, by, taken_at, is_settled=is_settled(session, now)
    )
    save = RegisterSave.objects.create(
        key=key or uuid4(), session=session, by=by, road=road, taken_at=taken_at
    )
    written = AttendanceMark.objects.bulk_create(_mark(line, save, current) for line in to_write)
    follow(session, (mark.enrolment_id for mark in written))
    return RegisterSaved(tuple(written), unchanged, tuple(conflicts))


def _require_enrolled(session, lines):
    """Whoever was enrolled when the register was opened may be marked, though she left meanwhile."""
    wanted = {line.enrolment_id for line in lines}
    if Enrolment.objects.filter(pk__in=wanted, edition=session.edition_id).count() != len(wanted):
        raise AttendanceRefused(Refusal.NOT_EXPECTED)


def _earlier_save(key, session, by):
    earlier = RegisterSave.objects.filter(key=key).first() if key else None
    if earlier and (earlier.session_id, earlier.by_id) != (session.pk, by.pk):
        raise AttendanceRefused(Refusal.OTHER_KEY)
    return earlier


def _said_before(save, lines, current, settled):
    """What became of a save that arrived already: its marks, and what it could not write then."""
    written = {mark.enrolment_id: mark for mark in save.marks.all()}
    others = [line for line in lines if line.enrolment_id not in written]
    _left, unchanged, conflicts = sort_out(others, current, save.by, save.taken_at, is_settled=settled)
    return RegisterSaved(tuple(written.values()), unchanged, tuple(conflicts))


def _mark(line, save, current):
    before = current.get(line.enrolment_id)
    return AttendanceMark(
        session=save.session,
        enrolment_id=line.enrolment_id,
        number=before.number + 1 if before else 1,
        status=line.status,
        minutes_late=line.minutes_late,
        reason=line.reason,
        document=line.document or _kept_document(line, before),
        road=save.road,
        register_save=save,
        recorded_by=save.by,
        taken_at=save.taken_at,
    )


def _kept_document(line, before):
    """A register saved again does not lose what was brought for the same excuse."""
    return before.document if before and before.status == line.status else None
