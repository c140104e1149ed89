"""The arithmetic of an academic record: pure, exact, and worked on the numbers that are printed.

Whoever holds a transcript can work every figure out again from the lines above it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext as _

from gradebook.grades import Scale, Standing
from gradebook.grades.numbers import plain, rounded
from programmes.models import EARNS_CREDITS, ModuleOutcome, ResitRule

HUNDRED = Decimal(100)


@dataclass(frozen=True)
class Result:
    """One result of a module: confirmed by a board, or provisional."""

    attempt: int
    score: Decimal | None
    outcome: str
    standing: Standing | None = None
    confirmed_at: datetime | None = None
    note: str = ""

    @property
    def is_confirmed(self) -> bool:
        """Whether a board has confirmed it."""
        return self.confirmed_at is not None

    @property
    def passed(self) -> bool:
        """Whether it earns the credits of the module."""
        return self.outcome in EARNS_CREDITS

    @property
    def outcome_label(self) -> str:
        """The outcome in words."""
        return str(ModuleOutcome(self.outcome).label)


def place(score: Decimal | None, scale: Scale, decimals: int) -> Standing | None:
    """A score from 0 to 1 on a scale, rounded as it is printed."""
    return None if score is None else scale.place(score * HUNDRED, decimals=decimals)


def outcome_of(
    score: Decimal | None, scale: Scale, *, decimals: int = 0, pass_mark: Decimal | None = None
) -> ModuleOutcome:
    """Passed or failed; a module's own pass mark goes before the scale's, and without any nobody fails."""
    standing = place(score, scale, decimals)
    if standing is None:
        return ModuleOutcome.INCOMPLETE
    bar = scale.pass_from if pass_mark is None else pass_mark
    return ModuleOutcome.PASSED if bar is None or standing.share >= Fraction(bar) else ModuleOutcome.FAILED


def counted(results: Sequence[Result], rule: str) -> Result | None:
    """Which of several results of one module counts; a pass is never lost to a later failure under “best”."""
    known = sorted(results, key=lambda result: result.attempt)
    if not known:
        return None
    if rule == ResitRule.LAST:
        return known[-1]
    return max(known, key=lambda result: (result.passed, _share(result), -result.attempt))


def counted_share(result: Result | None, rule: str, bar: Decimal | None) -> Fraction | None:
    """The share of a result that goes into the average, capped at the pass mark for re-sits where the rules say so."""
    if result is None or result.standing is None or result.outcome == ModuleOutcome.EXEMPT:
        return None
    share = result.standing.share
    if rule == ResitRule.CAPPED and result.attempt > 1 and bar is not None:
        return min(share, Fraction(bar))
    return share


def _share(result: Result) -> Fraction:
    return result.standing.share if result.standing else Fraction(-1)


def average(parts: Iterable[tuple[Fraction | None, Decimal]]) -> Fraction | None:
    """The weighted mean of shares; what has no share or no weight does not count. None where nothing counts."""
    counting = [(share, Fraction(weight)) for share, weight in parts if share is not None and weight > 0]
    weights = sum((weight for _share_, weight in counting), Fraction(0))
    if not weights:
        return None
    return sum((share * weight for share, weight in counting), Fraction(0)) / weights


def as_printed(share: Fraction | None, scale: Scale, decimals: int) -> Standing | None:
    """An average on the scale, as it is printed."""
    if share is None:
        return None
    exact = rounded(share * 100, 8)
    return scale.place(exact, decimals=decimals)


@dataclass(frozen=True)
class Criteria:
    """What one class of degree asks for; None asks nothing."""

    key: int
    label: str
    least_average: Decimal | None = None
    least_credits: Decimal | None = None
    least_attendance: Decimal | None = None
    most_resits: int | None = None


@dataclass(frozen=True)
class Figures:
    """What a student has to show."""

    average: Fraction | None
    credits: Decimal
    attendance: Fraction | None
    resits: int


@dataclass(frozen=True)
class Verdict:
    """One class of degree for one student: met, or the sentences that say what is missing."""

    criteria: Criteria
    missing: tuple[str, ...]

    @property
    def is_met(self) -> bool:
        """Whether nothing is missing."""
        return not self.missing


def verdict(criteria: Criteria, figures: Figures) -> Verdict:
    """Hold figures against one class of degree."""
    missing = []
    if criteria.least_average is not None and _below(figures.average, criteria.least_average):
        missing.append(
            _("The average is %(is)s; it asks for %(wanted)s.")
            % {"is": _percent(figures.average), "wanted": _percent(criteria.least_average)}
        )
    if criteria.least_credits is not None and figures.credits < criteria.least_credits:
        missing.append(
            _("%(is)s credits; it asks for %(wanted)s.")
            % {"is": plain(figures.credits), "wanted": plain(criteria.least_credits)}
        )
    if criteria.least_attendance is not None and _below(figures.attendance, criteria.least_attendance):
        missing.append(
            _("Attendance is %(is)s; it asks for %(wanted)s.")
            % {"is": _percent(figures.attendance), "wanted": _percent(criteria.least_attendance)}
        )
    if criteria.most_resits is not None and figures.resits > criteria.most_resits:
        missing.append(
            _("Re-sits: %(is)s; it allows %(wanted)s.")
            % {"is": figures.resits, "wanted": criteria.most_resits}
        )
    return Verdict(criteria, tuple(missing))


def classify(classes: Sequence[Criteria], figures: Figures) -> list[Verdict]:
    """Every class in order up to and including the first that is met; the last one decides."""
    found = []
    for criteria in classes:
        found.append(verdict(criteria, figures))
        if found[-1].is_met:
            break
    return found


def _below(value: Fraction | None, bar: Decimal) -> bool:
    return value is None or value < Fraction(bar)


def _percent(share) -> str:
    if share is None:
        return _("unknown")
    return f"{plain(rounded(Fraction(share) * 100, 2))}\N{NO-BREAK SPACE}%"
