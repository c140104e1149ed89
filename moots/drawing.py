"""Who stands against whom: drawn by lot, kept away from old opponents and old sides. Over plain values."""

from collections.abc import Collection, Hashable, Sequence
from dataclasses import dataclass, field
from random import Random

TRIES = 200


@dataclass(frozen=True)
class History:
    """What was so in earlier rounds: pairs of teams that met, and which team stood on which side how often."""

    met: Collection[frozenset] = field(default_factory=frozenset)
    sides: dict[tuple[Hashable, str], int] = field(default_factory=dict)


def draw(
    teams: Sequence[Hashable], sides: Sequence[str], history: History, chance: Random
) -> list[dict[str, Hashable]]:
    """Every team once, so many to a pairing as there are sides: the best of many draws. ValueError if it cannot be."""
    if not teams or len(teams) % len(sides):
        raise ValueError("The teams cannot be shared out evenly.")
    draws = (_one_draw(list(teams), sides, chance) for _try in range(TRIES))
    return min(draws, key=lambda pairings: cost(pairings, history))


def _one_draw(teams, sides, chance):
    chance.shuffle(teams)
    size = len(sides)
    return [
        dict(zip(sides, teams[start : start + size], strict=True)) for start in range(0, len(teams), size)
    ]


def cost(pairings: Sequence[dict[str, Hashable]], history: History) -> int:
    """How often somebody meets an old opponent (counted twice) or stands on an old side."""
    repeated = 0
    for pairing in pairings:
        repeated += sum(history.sides.get((team, side), 0) for side, team in pairing.items())
        there = list(pairing.values())
        repeated += sum(
            2
            for place, one in enumerate(there)
            for other in there[place + 1 :]
            if frozenset((one, other)) in history.met
        )
    return repeated


def swapped(pairing: dict[str, Hashable]) -> dict[str, Hashable]:
    """The same teams, each on the side of the next one: with two sides, each on the other's."""
    sides = list(pairing)
    return {side: pairing[sides[place - 1]] for place, side in enumerate(sides)}
