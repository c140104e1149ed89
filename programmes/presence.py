"""How much of the teaching students attended."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal

from enrolments.models import Enrolment


@dataclass(frozen=True)
class Presence:
    """Hours of teaching that were attended, of those that counted so far."""

    attended: Decimal = Decimal(0)
    possible: Decimal = Decimal(0)

    @property
    def share(self) -> Decimal | None:
        """From 0 to 1; None where nothing has counted yet."""
        return self.attended / self.possible if self.possible else None

    def __add__(self, other: "Presence") -> "Presence":
        return Presence(self.attended + other.attended, self.possible + other.possible)


def presence_of(enrolments: Collection[Enrolment]) -> Mapping[int, Presence]:
    """The presence in sessions, by enrolment; what had no session is absent from the answer."""
    return {}
