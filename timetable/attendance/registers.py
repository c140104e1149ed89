"""A register as it stands on a screen: a line for everybody expected, present unless something else is recorded."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from django.utils.crypto import salted_hmac

from accounts.models import User
from enrolments.models import Enrolment
from timetable.attendance.marks import Conflict, NewMark
from timetable.audience import expected
from timetable.models import AttendanceMark, Session, Status


@dataclass(frozen=True)
class RegisterLine:
    """One person: what is recorded, and what the screen says."""

    enrolment: Enrolment
    mark: AttendanceMark | None
    status: Status
    minutes_late: int | None
    reason: str
    base: int
    conflict: Conflict | None = None
    problem: str = ""

    @property
    def name(self) -> str:
        """The person's name."""
        return str(self.enrolment.person)

    @property
    def is_open(self) -> bool:
        """Whether somebody has to look at it."""
        return bool(self.problem or self.conflict)


@dataclass(frozen=True)
class Register:
    """The lines of a session in the order of names."""

    session: Session
    lines: tuple[RegisterLine, ...]

    @property
    def is_taken(self) -> bool:
        """Whether anything was recorded."""
        return any(line.mark for line in self.lines)

    @property
    def counts(self) -> Mapping[str, int]:
        """How many there are of each status, as the screen says."""
        return {status.value: sum(1 for line in self.lines if line.status == status) for status in Status}

    def with_problems(self, problems: Mapping[int, str]) -> "Register":
        """The same with what is wrong at lines, by enrolment."""
        lines = (replace(line, problem=str(problems.get(line.enrolment.pk, ""))) for line in self.lines)
        return Register(self.session, tuple(lines))


def register_of(
    session: Session, *, typed: Mapping[int, NewMark] | None = None, conflicts: Iterable[Conflict] = ()
) -> Register:
    """The register as recorded; `typed` is shown in its place, and what was kept in the place of that."""
    marks = _marks(session)
    undecided = {conflict.mine.enrolment_id: conflict for conflict in conflicts}
    lines = [
        _line(
            enrolment, marks.get(enrolment.pk), (typed or {}).get(enrolment.pk), undecided.get(enrolment.pk)
        )
        for enrolment in people_of(session, marks)
    ]
    return Register(session, tuple(lines))


def people_of(session: Session, marked: Iterable[int] = ()) -> Sequence[Enrolment]:
    """Everybody expected or marked, by family name."""
    pks = [*expected(session).values_list("pk", flat=True), *marked]
    people = Enrolment.objects.filter(pk__in=pks).select_related("person")
    return sorted(people, key=lambda one: sort_key(one.person))


def sort_key(person: User) -> tuple[str, str]:
    """Family name first, whatever the case; who has one name only stands under it."""
    return (person.last_name or person.first_name).casefold(), person.first_name.casefold()


def nonce_of(user: User, key: UUID) -> str:
    """The name under which a browser keeps what it could not send; another person's page has another one."""
    return salted_hmac("timetable.attendance.registers", f"{user.pk}:{key}").hexdigest()[:24]


def _marks(session):
    marks = AttendanceMark.objects.filter(session=session).select_related("recorded_by")
    return {mark.enrolment_id: mark for mark in marks.order_by("number")}


def _line(enrolment, mark, typed, conflict):
    if typed and not conflict:
        said = (Status(typed.status), typed.minutes_late or None, typed.reason, typed.base)
    elif mark:
        said = (Status(mark.status), mark.minutes_late or None, mark.reason, mark.number)
    else:
        said = (Status.PRESENT, None, "", 0)
    return RegisterLine(enrolment, mark, *said, conflict=conflict)
