"""How many places of each mode are taken and free. Read it while the edition is held when something follows from it."""

from collections import Counter
from dataclasses import dataclass

from programmes.models import Mode, Offer, ProgrammeEdition


@dataclass(frozen=True)
class Places:
    """The places of one mode; no capacity means no limit."""

    mode: str
    capacity: int | None
    students: int
    offered: int

    @property
    def taken(self) -> int:
        """Places of students and places that are offered or accepted."""
        return self.students + self.offered

    @property
    def free(self) -> int | None:
        """How many are left; None without a limit."""
        return None if self.capacity is None else max(self.capacity - self.taken, 0)

    @property
    def label(self) -> str:
        """The mode in words."""
        return str(Mode(self.mode).label)


def places_by_mode(programme_edition: ProgrammeEdition) -> dict[str, Places]:
    """The places of every mode the edition is offered in. Three queries."""
    students = Counter(
        programme_edition.students.filter(withdrawn_at=None).order_by().values_list("mode", flat=True)
    )
    offers = Offer.objects.holding().filter(
        application__call__programme_edition=programme_edition, student=None
    )
    offered = Counter(offers.order_by().values_list("mode", flat=True))
    return {
        row.mode: Places(row.mode, row.capacity, students[row.mode], offered[row.mode])
        for row in programme_edition.modes.all()
    }
