"""The register of the session before on the same day: who was away in the morning is away after lunch, unless said."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from timetable.attendance.marks import NewMark
from timetable.attendance.registers import Register
from timetable.models import AttendanceMark, Session, Status

AWAY = (Status.ABSENT, Status.EXCUSED)


@dataclass(frozen=True)
class EarlierRegister:
    """What was recorded of the people of this session in the one before."""

    session: Session
    marks: Sequence[NewMark]

    @property
    def counts(self) -> dict[str, int]:
        """How many were away, by the way they were."""
        return {status.value: sum(1 for mark in self.marks if mark.status == status) for status in AWAY}

    @property
    def fields(self) -> list[tuple[str, str]]:
        """The fields of a register that say the same."""
        return [
            field
            for mark in self.marks
            for field in ((f"s-{mark.enrolment_id}", mark.status), (f"r-{mark.enrolment_id}", mark.reason))
        ]


def earlier_register(register: Register, may_read: Callable[[Session], bool]) -> EarlierRegister | None:
    """The last register taken that day before this session, where somebody was away; who came late is there by now.

    `may_read` says whether its reasons are to be shown as well.
    """
    session = register.session
    before = Session.objects.standing().filter(
        edition=session.edition_id, cohort=session.cohort_id, on=session.on, ends_at__lte=session.starts_at
    )
    earlier = (
        before.filter(attendance_marks__isnull=False)
        .order_by("-starts_at", "-pk")
        .select_related("edition__course")
        .first()
    )
    if earlier is None:
        return None
    expected = [line.enrolment.pk for line in register.lines]
    newest = AttendanceMark.objects.newest().filter(session=earlier, enrolment__in=expected, status__in=AWAY)
    bases = {line.enrolment.pk: line.base for line in register.lines}
    shows_reasons = may_read(earlier)
    marks = [
        NewMark(
            mark.enrolment_id,
            Status(mark.status),
            base=bases[mark.enrolment_id],
            reason=mark.reason if shows_reasons else "",
        )
        for mark in newest.order_by("enrolment_id")
    ]
    return EarlierRegister(earlier, marks) if marks else None
