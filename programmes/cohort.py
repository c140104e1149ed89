"""The students of an edition as staff look at them: where each stands, read for all at once."""

from collections.abc import Collection
from dataclasses import dataclass

from programmes.gates import GateStanding, standings
from programmes.models import Phase, ProgrammeEdition, Student


@dataclass(frozen=True)
class StudentRow:
    """One student before every phase, in order."""

    student: Student
    phases: tuple[GateStanding, ...]

    @property
    def current(self) -> Phase | None:
        """The last phase entered."""
        entered = [standing.phase for standing in self.phases if standing.is_open]
        return entered[-1] if entered else None

    @property
    def next(self) -> GateStanding | None:
        """The first phase not entered yet."""
        return next((standing for standing in self.phases if not standing.is_open), None)

    @property
    def state(self) -> str:
        """Withdrawn, before a shut gate (waiting), before an open one (ready), or at the end (all)."""
        if not self.student.is_active:
            return "withdrawn"
        if self.next is None:
            return "all"
        return "ready" if self.next.passed else "waiting"

    @property
    def words(self) -> str:
        """Where the student stands, in a sentence."""
        if not self.student.is_active:
            return ""
        return self.next.words if self.next else ""


def rows_of(programme_edition: ProgrammeEdition, students: Collection[Student]) -> list[StudentRow]:
    """The students with their standings, in as many queries for many as for one."""
    found = standings(programme_edition, students)
    phases = list(dict.fromkeys(phase for _student, phase in found))
    return [StudentRow(student, tuple(found[student.pk, phase] for phase in phases)) for student in students]


def matching(rows: Collection[StudentRow], chosen: dict) -> list[StudentRow]:
    """The rows that fit what was chosen in the filter."""
    kept = list(rows)
    if phase := chosen.get("phase"):
        kept = [row for row in kept if row.current == phase]
    if state := chosen.get("state"):
        wanted = {"active": ("waiting", "ready", "all")}.get(state, (state,))
        kept = [row for row in kept if row.state in wanted]
    return kept
