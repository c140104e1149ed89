"""What a student's place shows, worked out at once."""

from dataclasses import dataclass

from programmes.gates import GateStanding, standings
from programmes.models import Student


@dataclass(frozen=True)
class Place:
    """The programme of one student at one moment."""

    phases: tuple[GateStanding, ...]


def place_of(student: Student) -> Place:
    """Read and work out everything the page shows."""
    found = standings(student.programme_edition, [student])
    return Place(phases=tuple(found.values()))
