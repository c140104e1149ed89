"""How well the questions of a quiz do their work: statistics over plain values, without models, names or words.

Scores run from 0 to 1. What cannot be said (too few answers, nothing varies) is None, never a number that misleads.
The formulas are those of classical test theory; each function names its source. For the whole see L. Crocker and
J. Algina, Introduction to Classical and Modern Test Theory (1986), chapters 7 and 14.
"""

import math
from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import fmean, median, pstdev, quantiles, stdev

# Below this nothing is flagged: a handful of answers says more about the people than about the question.
ENOUGH = 10
# From here on the upper and lower 27 % are large enough to be compared, and an option nobody chose is a finding.
MANY = 30
TAIL = 0.27
EASY, HARD, WEAK, SKIPPED = 0.95, 0.2, 0.1, 0.2
LANGUAGE_GAP = 0.2


@dataclass(frozen=True)
class Reply:
    """What one paper holds of one question. `item` names the question; `chosen` the options chosen, if it has any."""

    item: Hashable
    score: float
    points: float = 1.0
    language: str = ""
    seconds: int = 0
    is_answered: bool = True
    chosen: tuple[str, ...] = ()


@dataclass(frozen=True)
class Row:
    """One reply beside what the rest of its paper earned, 0 to 1; None where there is no rest."""

    reply: Reply
    rest: float | None


@dataclass(frozen=True)
class OptionCount:
    """How often an option was chosen: in all, and in the halves that did better and worse in the rest."""

    key: str
    is_right: bool
    total: int
    upper: int
    lower: int


@dataclass(frozen=True)
class Times:
    """How long it took, in seconds: half of all took between the quartiles."""

    n: int
    first: float
    median: float
    third: float


@dataclass(frozen=True)
class ItemStats:
    """One question in figures."""

    n: int
    facility: float
    spread: float
    unanswered: float
    discrimination: float | None
    upper_lower: float | None
    times: Times | None
    rest: float | None

    @property
    def is_small(self) -> bool:
        """Whether there are too few answers to conclude anything."""
        return self.n < ENOUGH


@dataclass(frozen=True)
class Reliability:
    """How far the whole can be relied on: Cronbach's alpha and the standard error of a score, over complete papers."""

    n: int
    questions: int
    alpha: float
    error: float


class Flag(StrEnum):
    """What makes a question worth a look."""

    KEY = "key"
    NEGATIVE = "negative"
    HARD = "hard"
    EASY = "easy"
    WEAK = "weak"
    LANGUAGE = "language"
    SKIPPED = "skipped"
    UNUSED = "unused"


@dataclass(frozen=True)
class Finding:
    """One flag, with the option or the languages it is about and a figure."""

    flag: Flag
    option: str = ""
    language: str = ""
    other: str = ""
    figure: float = 0.0


def rows_by_item(papers: Iterable[Sequence[Reply]]) -> dict[Hashable, list[Row]]:
    """Every reply beside the rest of its paper, by question."""
    found: dict[Hashable, list[Row]] = {}
    for paper in papers:
        reached = math.fsum(reply.score * reply.points for reply in paper)
        worth = math.fsum(reply.points for reply in paper)
        for reply in paper:
            others = worth - reply.points
            rest = (reached - reply.score * reply.points) / others if others > 1e-9 else None
            found.setdefault(reply.item, []).append(Row(reply, rest))
    return found


def item_stats(rows: Sequence[Row]) -> ItemStats:
    """One question in figures, from at least one reply."""
    scores = [row.reply.score for row in rows]
    beside = [(row.reply.score, row.rest) for row in rows if row.rest is not None]
    rests = [rest for _score, rest in beside]
    return ItemStats(
        n=len(rows),
        facility=fmean(scores),
        spread=pstdev(scores),
        unanswered=fmean(not row.reply.is_answered for row in rows),
        discrimination=correlation([score for score, _rest in beside], rests),
        upper_lower=upper_lower(beside) if len(beside) >= MANY else None,
        times=times([row.reply.seconds for row in rows]),
        rest=fmean(rests) if rests else None,
    )


def correlation(first: Sequence[float], second: Sequence[float]) -> float | None:
    """Pearson's product-moment correlation; None where one of the two does not vary.

    Between a question and the rest of the paper without it this is the discrimination: S. Henrysson, Correction of
    item-total correlations in item analysis, Psychometrika 28 (1963).
    """
    if len(first) < 3:
        return None
    mean_first, mean_second = fmean(first), fmean(second)
    off_first = [value - mean_first for value in first]
    off_second = [value - mean_second for value in second]
    spread = math.sqrt(math.fsum(x * x for x in off_first) * math.fsum(y * y for y in off_second))
    if spread < 1e-9:
        return None
    together = math.fsum(x * y for x, y in zip(off_first, off_second, strict=True))
    return max(-1.0, min(1.0, together / spread))


def upper_lower(pairs: Sequence[tuple[float, float]], tail: float = TAIL) -> float | None:
    """Mean score of the best 27 % in the rest less that of the worst 27 %; `pairs` are (score, rest).

    T. L. Kelley, The selection of upper and lower groups for the validation of test items, Journal of Educational
    Psychology 30 (1939). Who stands level at the edge of a group counts there in part, so that order does not matter.
    """
    size = round(len(pairs) * tail)
    if not size:
        return None
    upper = _mean_of_first(size, [(-rest, score) for score, rest in pairs])
    return upper - _mean_of_first(size, [(rest, score) for score, rest in pairs])


def _mean_of_first(size, ranked):
    """The mean value of the first so many by rank; those level at the edge share the places left."""
    edge = sorted(rank for rank, _value in ranked)[size - 1]
    inside = [value for rank, value in ranked if rank < edge]
    level = [value for rank, value in ranked if rank == edge]
    return (math.fsum(inside) + (size - len(inside)) * fmean(level)) / size


def times(seconds: Iterable[int]) -> Times | None:
    """Median and quartiles of the times that were measured; None without any."""
    known = sorted(value for value in seconds if value > 0)
    if not known:
        return None
    if len(known) == 1:
        return Times(1, known[0], known[0], known[0])
    first, middle, third = quantiles(known, n=4, method="inclusive")
    return Times(len(known), first, middle, third)


def option_counts(rows: Sequence[Row], options: Iterable[tuple[str, bool]]) -> tuple[OptionCount, ...]:
    """How often each option (its key, and whether it is right) was chosen, above and below the median of the rest."""
    rests = [row.rest for row in rows if row.rest is not None]
    middle = median(rests) if rests else 0.0
    total, upper, lower = Counter[str](), Counter[str](), Counter[str]()
    for row in rows:
        total.update(row.reply.chosen)
        if row.rest is not None:
            (upper if row.rest >= middle else lower).update(row.reply.chosen)
    return tuple(OptionCount(key, is_right, total[key], upper[key], lower[key]) for key, is_right in options)


def by_language(rows: Sequence[Row]) -> dict[str, ItemStats]:
    """The same question in each language it was answered in."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row.reply.language, []).append(row)
    return {language: item_stats(found[language]) for language in sorted(found)}


def reliability(papers: Sequence[Sequence[Reply]]) -> Reliability | None:
    """Cronbach's alpha, and the standard error of measurement as a share of all points, over complete papers.

    L. J. Cronbach, Coefficient alpha and the internal structure of tests, Psychometrika 16 (1951). With random draws
    papers differ: the largest group that was asked the same questions is used. None for fewer than ten papers or two
    questions, or where nothing varies.
    """
    counting = [[reply for reply in paper if reply.points] for paper in papers]
    alike = same_questions(counting)
    questions = len(alike[0]) if alike else 0
    if len(alike) < ENOUGH or questions < 2:
        return None
    columns: dict[Hashable, list[float]] = {}
    for paper in alike:
        for reply in paper:
            columns.setdefault(reply.item, []).append(reply.score * reply.points)
    totals = [math.fsum(reply.score * reply.points for reply in paper) for paper in alike]
    worth = math.fsum(reply.points for reply in alike[0])
    of_totals = stdev(totals) ** 2
    if of_totals < 1e-9 or worth <= 0:
        return None
    of_items = math.fsum(stdev(column) ** 2 for column in columns.values())
    alpha = questions / (questions - 1) * (1 - of_items / of_totals)
    error = math.sqrt(of_totals * max(0.0, 1 - alpha)) / worth
    return Reliability(len(alike), questions, alpha, error)


def same_questions(papers: Iterable[Sequence[Reply]]) -> list[Sequence[Reply]]:
    """The largest group of papers that asked the same questions."""
    groups: dict[frozenset, list[Sequence[Reply]]] = {}
    for paper in papers:
        groups.setdefault(frozenset(reply.item for reply in paper), []).append(paper)
    return max(groups.values(), key=len, default=[])


def findings(
    stats: ItemStats, options: Sequence[OptionCount] = (), languages: Mapping[str, ItemStats] | None = None
) -> tuple[Finding, ...]:
    """What makes the question worth a look, what matters most first; nothing while the numbers are small."""
    if stats.is_small:
        return ()
    found = [*_on_key(options), *_on_figures(stats), *_on_languages(languages or {})]
    if stats.unanswered >= SKIPPED:
        found.append(Finding(Flag.SKIPPED, figure=stats.unanswered))
    if stats.n >= MANY:
        found += [Finding(Flag.UNUSED, option=one.key) for one in options if not one.total]
    return tuple(found)


def _on_key(options):
    """A wrong option that more of those who do well choose than any right one: the key may be wrong."""
    right = max((one.upper for one in options if one.is_right), default=None)
    if right is None:
        return
    wrong = max((one for one in options if not one.is_right), key=lambda one: one.upper, default=None)
    if wrong and wrong.upper > right and wrong.upper >= ENOUGH // 2:
        yield Finding(Flag.KEY, option=wrong.key, figure=wrong.upper)


def _on_figures(stats):
    """Facility and discrimination, with limits drawn wide, so that only what needs a look is named.

    They follow R. L. Ebel and D. A. Frisbie, Essentials of Educational Measurement (1991).
    """
    if stats.facility >= EASY:
        yield Finding(Flag.EASY, figure=stats.facility)
    elif stats.facility <= HARD:
        yield Finding(Flag.HARD, figure=stats.facility)
    if stats.discrimination is None:
        return
    if stats.discrimination < 0:
        yield Finding(Flag.NEGATIVE, figure=stats.discrimination)
    elif stats.discrimination < WEAK and HARD < stats.facility < EASY:
        yield Finding(Flag.WEAK, figure=stats.discrimination)


def _on_languages(languages):
    """One language much harder than another, beyond how its readers do in the rest and beyond chance.

    Twice the standard error of the difference of two means (B. L. Welch, Biometrika 34, 1947) is taken for chance.
    """
    large = {name: stats for name, stats in languages.items() if not stats.is_small}
    if len(large) < 2:
        return
    hard, easy = (
        min(large, key=lambda name: large[name].facility),
        max(large, key=lambda name: large[name].facility),
    )
    low, high = large[hard], large[easy]
    gap = high.facility - low.facility
    by_itself = gap - ((high.rest or 0) - (low.rest or 0))
    error = math.sqrt(low.spread**2 / low.n + high.spread**2 / high.n)
    if min(gap, by_itself) >= LANGUAGE_GAP and by_itself > 2 * error:
        yield Finding(Flag.LANGUAGE, language=hard, other=easy, figure=gap)
