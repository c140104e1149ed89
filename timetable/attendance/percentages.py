"""Attendance of enrolments, in as many queries for many as for one. The only place that works it out.

A person is expected in the sessions of the edition that are for everybody or for a cohort she was in when they began,
from the day she was enrolled until she gave her place back. Where there is a mark, she was expected.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from decimal import Decimal

from django.utils import timezone

from enrolments.models import CohortMember, Enrolment
from timetable.attendance.rules import rules_by_edition
from timetable.attendance.shares import AttendanceShare, Line, Standing, together, work_out
from timetable.models import AttendanceMark, Session

__all__ = ["AttendanceShare", "Line", "Standing", "attendance_share", "attendance_shares", "together"]


def attendance_share(enrolment: Enrolment, *, threshold: Decimal | None = None) -> AttendanceShare:
    """What one person attended of one edition; `threshold` is asked for in the place of the edition's rules."""
    return attendance_shares([enrolment], threshold=threshold)[enrolment.pk]


def attendance_shares(
    enrolments: Collection[Enrolment], *, threshold: Decimal | None = None
) -> Mapping[int, AttendanceShare]:
    """The same for many enrolments of one or several editions, by primary key."""
    now = timezone.now()
    editions = {enrolment.edition_id for enrolment in enrolments}
    rules = rules_by_edition(editions)
    sessions = _sessions(editions)
    marks = newest_marks(enrolment.pk for enrolment in enrolments)
    stays = _stays([enrolment.pk for enrolment in enrolments])
    return {
        enrolment.pk: work_out(
            _expected(enrolment, sessions[enrolment.edition_id], marks[enrolment.pk], stays),
            rules[enrolment.edition_id],
            now,
            threshold,
        )
        for enrolment in enrolments
    }


def newest_marks(enrolments) -> Mapping[int, Mapping[int, AttendanceMark]]:
    """The marks that count, by enrolment and session."""
    found: dict[int, dict[int, AttendanceMark]] = defaultdict(dict)
    marks = AttendanceMark.objects.filter(enrolment__in=list(enrolments)).select_related("document")
    for mark in marks.order_by("number"):
        found[mark.enrolment_id][mark.session_id] = mark
    return found


def _sessions(editions):
    found = defaultdict(list)
    rows = Session.objects.filter(edition__in=editions)
    for session in rows.select_related("edition", "cohort", "room__campus").in_order():
        found[session.edition_id].append(session)
    return found


def _stays(enrolments):
    """From when to when somebody was in a cohort, by enrolment and cohort."""
    found = defaultdict(list)
    for member in CohortMember.objects.filter(enrolment__in=enrolments):
        found[member.enrolment_id, member.cohort_id].append((member.joined_at, member.left_at))
    return found


def _expected(enrolment, sessions, marks, stays):
    for session in sessions:
        mark = marks.get(session.pk)
        if mark or _was_expected(enrolment, session, stays):
            yield session, mark


def _was_expected(enrolment, session, stays):
    left = enrolment.withdrawn_at or enrolment.closed_at
    if session.ends_at <= enrolment.enrolled_at or (left and left <= session.starts_at):
        return False
    if session.cohort_id is None:
        return True
    # Who joins a cohort later is expected in what lies ahead.
    return any(
        joined < session.ends_at and (gone is None or gone > session.starts_at)
        for joined, gone in stays[enrolment.pk, session.cohort_id]
    )
