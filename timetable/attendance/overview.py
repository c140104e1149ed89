"""The attendance of an edition at a glance: everybody in it by every session, those in danger first."""

from collections.abc import Sequence
from dataclasses import dataclass

from enrolments.models import Cohort, Edition, Enrolment
from timetable.attendance.percentages import AttendanceShare, Line, attendance_shares
from timetable.attendance.registers import sort_key
from timetable.models import Session


@dataclass(frozen=True)
class OverviewRow:
    """One person: the share, and a line for each session of the columns, or None where she was not expected."""

    enrolment: Enrolment
    share: AttendanceShare
    cells: tuple[tuple[Session, Line | None], ...]


@dataclass(frozen=True)
class Overview:
    """All rows under their sessions."""

    sessions: tuple[Session, ...]
    rows: tuple[OverviewRow, ...]

    @property
    def endangered(self) -> int:
        """How many are below what is asked for."""
        return sum(row.share.is_endangered for row in self.rows)


def overview(
    edition: Edition, *, cohort: Cohort | None = None, name: str = "", endangered: bool = False
) -> Overview:
    """The overview of those who hold a place, of one cohort if one is named."""
    enrolments = Enrolment.objects.active().filter(edition=edition).select_related("person")
    if cohort:
        enrolments = enrolments.filter(pk__in=cohort.members.current().values("enrolment"))
    people = [one for one in enrolments if name.casefold() in str(one.person).casefold()]
    shares = attendance_shares(people)
    sessions = _sessions(edition, cohort)
    rows = [_row(one, shares[one.pk], sessions) for one in people]
    if endangered:
        rows = [row for row in rows if row.share.is_endangered]
    return Overview(tuple(sessions), tuple(sorted(rows, key=_urgency)))


def _sessions(edition, cohort) -> Sequence[Session]:
    sessions = Session.objects.filter(edition=edition).select_related("edition", "cohort").in_order()
    return [one for one in sessions if cohort is None or one.cohort_id in (None, cohort.pk)]


def _row(enrolment, share, sessions):
    lines = {line.session.pk: line for line in share.lines}
    return OverviewRow(enrolment, share, tuple((session, lines.get(session.pk)) for session in sessions))


def _urgency(row):
    """Out of reach, then endangered, then the others; the lowest share first, then by name."""
    share = row.share
    standing = 0 if share.is_out_of_reach else 1 if share.is_endangered else 2
    return standing, share.share if share.share is not None else 2, sort_key(row.enrolment.person)
