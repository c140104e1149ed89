"""From scores to a ranking, by arithmetic alone: no database, no clock. It orders and flags; it never decides.

Every share is rounded as it is printed and worked on as it is printed, so that a mean can be checked with a pencil.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

# As printed: a percentage with one decimal.
STEP = Decimal("0.001")


@dataclass(frozen=True)
class Measure:
    """What a criterion counts: at most so many points, and its weight among the others."""

    criterion: int
    points: Decimal
    weight: Decimal


@dataclass(frozen=True)
class Rule:
    """What the call has set: how many assessors, and from which spread on they disagree widely."""

    assessors: int
    wide_spread: Decimal


@dataclass(frozen=True)
class Sheet:
    """What one assessor handed in: points by criterion."""

    assessor: int
    points: Mapping[int, Decimal]


@dataclass(frozen=True)
class Scored:
    """An application with the sheets that were handed in for it."""

    application: int
    sheets: tuple[Sheet, ...]


@dataclass(frozen=True)
class Total:
    """One assessor's total, from 0 to 1."""

    assessor: int
    share: Decimal


@dataclass(frozen=True)
class Standing:
    """Where an application stands, with what led there. No mean, no rank while nobody has handed in."""

    application: int
    totals: tuple[Total, ...]
    mean: Decimal | None
    spread: Decimal | None
    rank: int | None
    missing: int
    is_wide: bool

    @property
    def is_provisional(self) -> bool:
        """Whether assessors are still awaited."""
        return self.missing > 0


def as_printed(share: Decimal) -> Decimal:
    """The share as it is printed: a percentage with one decimal."""
    return share.quantize(STEP, rounding=ROUND_HALF_UP)


def total_of(sheet: Sheet, measures: Sequence[Measure]) -> Total:
    """The weighted share of the points; a criterion without points counts nothing."""
    weights = sum((measure.weight for measure in measures), Decimal(0))
    if not weights:
        return Total(sheet.assessor, Decimal(0))
    earned = sum(
        (
            measure.weight * sheet.points.get(measure.criterion, Decimal(0)) / measure.points
            for measure in measures
        ),
        Decimal(0),
    )
    return Total(sheet.assessor, as_printed(earned / weights))


def mean_of(totals: Sequence[Total]) -> Decimal | None:
    """The mean of the totals as printed."""
    if not totals:
        return None
    return as_printed(sum((total.share for total in totals), Decimal(0)) / len(totals))


def spread_of(totals: Sequence[Total]) -> Decimal | None:
    """How far the highest total is from the lowest; one alone has no spread."""
    if len(totals) < 2:
        return None
    shares = [total.share for total in totals]
    return max(shares) - min(shares)


def rank(scored: Iterable[Scored], measures: Sequence[Measure], rule: Rule) -> tuple[Standing, ...]:
    """Order by mean, the highest first; equal means share a rank. Whoever has no mean comes last."""
    unranked = [_standing(one, measures, rule) for one in scored]
    ordered = sorted(unranked, key=lambda one: (one.mean is None, -(one.mean or 0)))
    ranks: dict[Decimal, int] = {}
    for place, one in enumerate(ordered, start=1):
        if one.mean is not None:
            ranks.setdefault(one.mean, place)
    return tuple(
        Standing(
            one.application,
            one.totals,
            one.mean,
            one.spread,
            None if one.mean is None else ranks[one.mean],
            one.missing,
            one.is_wide,
        )
        for one in ordered
    )


def _standing(scored: Scored, measures: Sequence[Measure], rule: Rule) -> Standing:
    totals = tuple(total_of(sheet, measures) for sheet in scored.sheets)
    spread = spread_of(totals)
    return Standing(
        application=scored.application,
        totals=totals,
        mean=mean_of(totals),
        spread=spread,
        rank=None,
        missing=max(rule.assessors - len(totals), 0),
        is_wide=spread is not None and spread >= rule.wide_spread,
    )


@dataclass(frozen=True)
class Trait:
    """What one application adds to the balance: a group by kind ("region": "Africa"), and its outcome."""

    outcome: str
    groups: Mapping[str, str]


@dataclass(frozen=True)
class BalanceLine:
    """How many of one group applied, and how many by outcome."""

    group: str
    applied: int
    by_outcome: Mapping[str, int]

    @property
    def admitted(self) -> int:
        """How many are admitted, also on conditions."""
        return self.count("admit", "conditional")

    def count(self, *outcomes: str) -> int:
        """How many have one of these outcomes."""
        return sum(self.by_outcome.get(outcome, 0) for outcome in outcomes)


def balance(traits: Sequence[Trait], kind: str) -> tuple[BalanceLine, ...]:
    """Counts by the groups of a kind, the largest first. Read beside the list; nothing follows from them."""
    found: dict[str, dict[str, int]] = {}
    for trait in traits:
        counted = found.setdefault(trait.groups.get(kind, ""), {})
        counted[trait.outcome] = counted.get(trait.outcome, 0) + 1
    lines = [BalanceLine(group, sum(counted.values()), counted) for group, counted in found.items()]
    return tuple(sorted(lines, key=lambda line: (-line.applied, line.group)))


@dataclass(frozen=True)
class Workload:
    """Whom to share out among whom: who may not assess what, and how many each has already."""

    applications: Sequence[int]
    assessors: Sequence[int]
    per_application: int
    barred: frozenset[tuple[int, int]] = frozenset()
    standing: frozenset[tuple[int, int]] = frozenset()


@dataclass(frozen=True)
class Share:
    """Who gets what as new, and which applications could not be given enough assessors."""

    pairs: tuple[tuple[int, int], ...]
    short: tuple[int, ...]


def share_out(work: Workload, shuffled: Sequence[int]) -> Share:
    """Give every application its assessors so that nobody has many more than another, never against a bar.

    `shuffled` is the order in which assessors of equal load are taken: chance comes from the caller.
    """
    load = dict.fromkeys(work.assessors, 0)
    held: dict[int, set[int]] = {}
    for application, assessor in sorted(work.standing):
        held.setdefault(application, set()).add(assessor)
        if assessor in load:
            load[assessor] += 1
    order = {assessor: place for place, assessor in enumerate(shuffled)}
    pairs, short = [], []
    for turn, application in enumerate(_tightest_first(work)):
        has = held.get(application, set())
        free = [one for one in work.assessors if one not in has and (application, one) not in work.barred]
        free.sort(key=lambda one: (load[one], (order[one] + turn) % max(len(order), 1)))
        wanted = max(work.per_application - len(has), 0)
        for assessor in free[:wanted]:
            load[assessor] += 1
            pairs.append((application, assessor))
        if len(free) < wanted:
            short.append(application)
    return Share(tuple(pairs), tuple(short))


def _tightest_first(work: Workload) -> list[int]:
    """Applications with the fewest possible assessors first, so that they still find them free."""
    bars: dict[int, int] = {}
    for application, _assessor in work.barred:
        bars[application] = bars.get(application, 0) + 1
    return sorted(work.applications, key=lambda application: -bars.get(application, 0))
