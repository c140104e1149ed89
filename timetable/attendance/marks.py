"""What somebody says of a person in a session, and what becomes of it beside what is recorded already. Pure."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from accounts.models import User
from timetable.attendance.refusals import AttendanceRefused, Refusal
from timetable.models import AttendanceDocument, AttendanceMark, Session, Status


@dataclass(frozen=True)
class NewMark:
    """One line of a register as it was on somebody's screen.

    - base: the number of the mark that stood there when it was opened, 0 for none
    """

    enrolment_id: int
    status: Status
    base: int = 0
    minutes_late: int = 0
    reason: str = ""
    document: AttendanceDocument | None = None

    def says(self, mark: AttendanceMark) -> bool:
        """Whether a mark says the same already."""
        is_same = (self.status, self.minutes_late) == (mark.status, mark.minutes_late)
        return is_same and self.reason in ("", mark.reason) and self.document in (None, mark.document)


@dataclass(frozen=True)
class Conflict:
    """A line that was not taken: somebody else recorded something newer, or it is for a correction. That was kept."""

    mine: NewMark
    kept: AttendanceMark
    is_settled: bool = False

    @property
    def rule(self) -> str:
        """Why what is recorded of a session long over stays as it is."""
        return str(Refusal.SETTLED.label) if self.is_settled else ""


@dataclass(frozen=True)
class RegisterSaved:
    """What became of a register: marks written, how many said so already, and what somebody has to decide."""

    written: tuple[AttendanceMark, ...]
    unchanged: int
    conflicts: tuple[Conflict, ...]


def checked(new: NewMark, session: Session) -> NewMark:
    """The line as it may be recorded, or raise AttendanceRefused."""
    status = Status(new.status)
    if status == Status.LATE and not 1 <= new.minutes_late < session.minutes:
        raise AttendanceRefused(Refusal.NO_MINUTES)
    minutes = new.minutes_late if status == Status.LATE else 0
    document = new.document if status == Status.EXCUSED else None
    return NewMark(new.enrolment_id, status, new.base, minutes, new.reason.strip()[:500], document)


def is_newer(mark: AttendanceMark | None, new: NewMark, by: User, taken_at: datetime) -> bool:
    """Whether a mark must not give way to this line: it was not seen, and is another person's or was taken later."""
    if mark is None or mark.number <= new.base:
        return False
    return mark.recorded_by_id != by.pk or mark.taken_at > taken_at


def sort_out(
    lines: Collection[NewMark],
    current: dict[int, AttendanceMark],
    by: User,
    taken_at: datetime,
    *,
    is_settled: bool = False,
) -> tuple[list[NewMark], int, list[Conflict]]:
    """The lines to write, how many are recorded already, and the conflicts: once it is settled, every change."""
    to_write, unchanged, conflicts = [], 0, []
    for line in lines:
        mark = current.get(line.enrolment_id)
        if mark and line.says(mark):
            unchanged += 1
        elif mark and (is_settled or is_newer(mark, line, by, taken_at)):
            conflicts.append(Conflict(line, mark, is_settled))
        else:
            to_write.append(line)
    return to_write, unchanged, conflicts
