"""What the pages of participants show: their rounds with sides, opponents, deadlines and memorials."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils import timezone

from moots.deadlines import deadline_of
from moots.models import Appearance, Memorial, Moot, Round, Team
from moots.naming import appearance_name


@dataclass(frozen=True)
class Opponent:
    """Another side of a pairing, as the reader may know it."""

    name: str
    memorial: Memorial | None


@dataclass(frozen=True)
class RoundShown:
    """A round as a team stands in it."""

    round: Round
    appearance: Appearance | None
    opponents: tuple[Opponent, ...]
    now: datetime

    @property
    def is_open(self) -> bool:
        """Whether participants know who stands where."""
        return self.round.opens_at is None or self.round.opens_at <= self.now

    @property
    def due_at(self) -> datetime | None:
        """Until when the team's memorial is taken."""
        return deadline_of(self.appearance) if self.appearance else self.round.memorials_due_at

    @property
    def is_extended(self) -> bool:
        """Whether the team has been given a later deadline."""
        return bool(self.appearance and self.due_at != self.round.memorials_due_at)

    @property
    def memorial(self) -> Memorial | None:
        """What the team has handed in and counts."""
        return newest_memorial(self.appearance) if self.appearance else None

    @property
    def exchanged_at(self) -> datetime | None:
        """When memorials went to the other sides."""
        return self.appearance.pairing.exchanged_at if self.appearance else None

    @property
    def takes_memorials(self) -> bool:
        """Whether the team can hand in now."""
        due = self.due_at
        return bool(
            self.appearance and self.round.is_written and self.is_open and not self.exchanged_at
        ) and (due is None or self.now <= due)


def newest_memorial(appearance: Appearance) -> Memorial | None:
    """The memorial that counts, from what was prefetched."""
    return max(appearance.memorials.all(), key=lambda one: one.number, default=None)


def rounds_shown(moot: Moot, team: Team | None, *, hidden: bool) -> list[RoundShown]:
    """All rounds of a court as a team stands in them."""
    now = timezone.now()
    mine = {one.round_id: one for one in _appearances(Q(round__moot=moot, team=team))} if team else {}
    others = _others(mine.values(), team)
    found = []
    for one in moot.rounds.all():
        appearance = mine.get(one.pk)
        known = one.opens_at is None or one.opens_at <= now
        appearance = appearance if known else None
        against = others.get(appearance.pairing_id, []) if appearance else []
        found.append(RoundShown(one, appearance, _opponents(against, hidden), now))
    return found


def round_shown(appearance: Appearance, *, hidden: bool) -> RoundShown:
    """One round as a team stands in it."""
    others = _others([appearance], appearance.team)
    against = others.get(appearance.pairing_id, [])
    return RoundShown(appearance.round, appearance, _opponents(against, hidden), timezone.now())


def _appearances(chosen):
    return (
        Appearance.objects.filter(chosen)
        .select_related("pairing", "round", "team")
        .prefetch_related("extensions", "memorials")
    )


def _others(mine, team):
    pairings = [one.pairing_id for one in mine]
    found: dict[int, list[Appearance]] = {}
    if pairings:
        for other in _appearances(Q(pairing__in=pairings) & ~Q(team=team)):
            found.setdefault(other.pairing_id, []).append(other)
    return found


def _opponents(against, hidden):
    return tuple(
        Opponent(
            appearance_name(one, hidden=hidden), newest_memorial(one) if one.pairing.exchanged_at else None
        )
        for one in against
    )
