"""How many places of each mode are taken and free. Read it while the edition is held when something follows from it."""

from dataclasses import dataclass

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce

from accounts.models import User
from programmes.models import Mode, Offer, ProgrammeEdition, Student


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


def places_by_mode(programme_edition: ProgrammeEdition, *, seen_by: User | None = None) -> dict[str, Places]:
    """The places of every mode the edition is offered in; to `seen_by` her own offer takes none. One query."""
    students = Student.objects.filter(
        programme_edition=OuterRef("programme_edition"), mode=OuterRef("mode"), withdrawn_at=None
    )
    offers = Offer.objects.holding().filter(
        application__call__programme_edition=OuterRef("programme_edition"),
        mode=OuterRef("mode"),
        student=None,
    )
    if seen_by:
        offers = offers.exclude(application__person=seen_by)
    modes = programme_edition.modes.annotate(students=_count(students), offered=_count(offers))
    return {row.mode: Places(row.mode, row.capacity, row.students, row.offered) for row in modes}


def _count(rows):
    counted = rows.order_by().values("mode").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted), 0)
