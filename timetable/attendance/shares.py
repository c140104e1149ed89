"""What attendance comes to: a value that explains itself. Pure; refuses to know the database and the clock."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from timetable.models import AttendanceMark, AttendanceRules, Counting, Lateness, Session, Status

ZERO = Decimal(0)
HOUR = Decimal(60)
CENT = Decimal("0.01")
THOUSANDTH = Decimal("0.001")


class Standing(StrEnum):
    """Where a session stands in the count."""

    COUNTED = "counted"
    LEFT_OUT = "left_out"
    NOT_TAKEN = "not_taken"
    AHEAD = "ahead"


@dataclass(frozen=True)
class Line:
    """One session: the minutes it asks for and those attended, and why."""

    session: Session
    standing: Standing
    mark: AttendanceMark | None
    attended: Decimal
    possible: Decimal
    explanation: str

    @property
    def attended_hours(self) -> Decimal:
        """Hours attended."""
        return in_hours(self.attended)

    @property
    def possible_hours(self) -> Decimal:
        """Hours it asks for."""
        return in_hours(self.possible)

    @property
    def missed(self) -> Decimal:
        """Minutes missed."""
        return self.possible - self.attended


@dataclass(frozen=True)
class AttendanceShare:
    """How much of what was held a person attended, line by line, against what is asked for.

    `attended` and `possible` are minutes of sessions held and recorded; `ahead` are the minutes still to come or not
    recorded yet.
    """

    attended: Decimal
    possible: Decimal
    ahead: Decimal
    lines: tuple[Line, ...]
    threshold: Decimal | None

    @property
    def attended_hours(self) -> Decimal:
        """Hours attended."""
        return in_hours(self.attended)

    @property
    def possible_hours(self) -> Decimal:
        """Hours held and recorded."""
        return in_hours(self.possible)

    @property
    def missed_hours(self) -> Decimal:
        """Hours missed."""
        return in_hours(self.possible - self.attended)

    @property
    def total_hours(self) -> Decimal:
        """All hours, those still to come too."""
        return in_hours(self.possible + self.ahead)

    @property
    def share(self) -> Decimal | None:
        """Attended of possible, 0 to 1 in thousandths; None while nothing was recorded."""
        return share_of(self.attended, self.possible)

    @property
    def is_endangered(self) -> bool:
        """Whether less was attended so far than is asked for."""
        return (
            self.threshold is not None
            and self.possible > 0
            and self.attended < self.threshold * self.possible
        )

    @property
    def endangered(self) -> bool:
        """The same under its short name."""
        return self.is_endangered

    @property
    def _minutes_left_to_miss(self):
        if self.threshold is None:
            return None
        return (1 - self.threshold) * (self.possible + self.ahead) - (self.possible - self.attended)

    @property
    def hours_may_be_missed(self) -> Decimal | None:
        """The hours that may still be missed of all there are; 0 when none may, None where nothing is asked for."""
        left = self._minutes_left_to_miss
        return None if left is None else in_hours(max(left, ZERO))

    @property
    def is_out_of_reach(self) -> bool:
        """Whether attending everything that is left would not be enough."""
        left = self._minutes_left_to_miss
        return left is not None and left < 0

    @property
    def not_taken(self) -> tuple[Line, ...]:
        """Sessions that are over and whose register says nothing of the person."""
        return tuple(line for line in self.lines if line.standing == Standing.NOT_TAKEN)


def in_hours(minutes: Decimal) -> Decimal:
    """Minutes as hours, in hundredths."""
    return (minutes / HOUR).quantize(CENT, ROUND_HALF_UP)


def share_of(part: Decimal, whole: Decimal) -> Decimal | None:
    """A part of a whole, 0 to 1 in thousandths; None of nothing."""
    return (part / whole).quantize(THOUSANDTH, ROUND_HALF_UP) if whole else None


def work_out(
    sessions: Iterable[tuple[Session, AttendanceMark | None]],
    rules: AttendanceRules,
    now: datetime,
    threshold: Decimal | None = None,
) -> AttendanceShare:
    """What the marks of one person come to; `threshold` is asked for in the place of the rules' own."""
    lines = tuple(line_of(session, mark, rules, now) for session, mark in sessions)
    return _of_lines(lines, rules.threshold if threshold is None else threshold)


def together(shares: Sequence[AttendanceShare], *, threshold: Decimal | None = None) -> AttendanceShare:
    """Several shares as one, as for the modules of a programme; the highest threshold holds unless one is given."""
    lines = sorted((line for one in shares for line in one.lines), key=lambda line: line.session.starts_at)
    asked = [one.threshold for one in shares if one.threshold is not None]
    return _of_lines(tuple(lines), max(asked, default=None) if threshold is None else threshold)


def _of_lines(lines, threshold):
    counted = [line for line in lines if line.standing == Standing.COUNTED]
    waiting = [line for line in lines if line.standing in (Standing.AHEAD, Standing.NOT_TAKEN)]
    return AttendanceShare(
        attended=sum((line.attended for line in counted), ZERO),
        possible=sum((line.possible for line in counted), ZERO),
        ahead=sum((line.possible for line in waiting), ZERO),
        lines=lines,
        threshold=threshold,
    )


def line_of(session: Session, mark: AttendanceMark | None, rules: AttendanceRules, now: datetime) -> Line:
    """How one session counts for one person."""
    whole = Decimal(session.minutes)
    if session.is_cancelled:
        return _by_rule(session, mark, rules.cancelled, _cancelled)
    if mark is None:
        is_ahead = session.ends_at > now
        standing = Standing.AHEAD if is_ahead else Standing.NOT_TAKEN
        explanation = _("Still to come.") if is_ahead else _("Not recorded yet: it does not count so far.")
        return Line(session, standing, None, ZERO, whole, explanation)
    if mark.status == Status.EXCUSED:
        return _by_rule(session, mark, rules.excused, _excused)
    if mark.status == Status.LATE:
        return _late(session, mark, rules)
    if mark.status == Status.ABSENT:
        return Line(session, Standing.COUNTED, mark, ZERO, whole, _("Absent: it counts as missed."))
    return Line(session, Standing.COUNTED, mark, whole, whole, _("Present."))


def _cancelled(counting):
    if counting == Counting.ATTENDED:
        return _("Cancelled: by the rules it counts as attended.")
    return _("Cancelled: it does not count.")


def _excused(counting):
    if counting == Counting.ATTENDED:
        return _("Excused: by the rules it counts as attended.")
    if counting == Counting.MISSED:
        return _("Excused: by the rules it counts as missed all the same.")
    return _("Excused: it does not count.")


def _by_rule(session, mark, counting, explain):
    whole = Decimal(session.minutes)
    if counting == Counting.LEFT_OUT:
        return Line(session, Standing.LEFT_OUT, mark, ZERO, ZERO, explain(counting))
    attended = whole if counting == Counting.ATTENDED else ZERO
    return Line(session, Standing.COUNTED, mark, attended, whole, explain(counting))


def _late(session, mark, rules):
    whole, late = Decimal(session.minutes), mark.minutes_late
    by = ngettext("%(count)s minute late", "%(count)s minutes late", late) % {"count": late}
    if late <= rules.free_minutes or rules.lateness == Lateness.FULL:
        attended, explanation = whole, _("%(late)s: it counts in full.")
    elif rules.lateness == Lateness.HALF:
        attended, explanation = whole / 2, _("%(late)s: it counts half.")
    elif rules.lateness == Lateness.NONE:
        attended, explanation = ZERO, _("%(late)s: by the rules it counts as missed.")
    else:
        attended, explanation = max(whole - late, ZERO), _("%(late)s: the minutes missed are taken off.")
    return Line(session, Standing.COUNTED, mark, attended, whole, explanation % {"late": by})
