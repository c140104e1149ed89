"""The result of a moot court by its published rules: over plain values, with no database and no clock.

Every step is rounded to two decimals as it is printed, and worked on as it is printed, so that anybody can follow the
lines with a pencil. Nothing here is stored: what judges handed in is the fact.
"""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from moots.models import BenchRule, RoundKind, TieRule

HUNDREDTH = Decimal("0.01")
THOUSANDTH = Decimal("0.001")
FEWEST_TO_TRIM = 3


@dataclass(frozen=True)
class Rules:
    """What was published: how parts and judges are weighed, what decides between equals."""

    written_weight: Decimal = Decimal("0.5")
    bench_rule: str = BenchRule.MEAN
    tie_rule: str = TieRule.ORAL
    final_decides: bool = True
    speaker_weight: Decimal = Decimal(0)


@dataclass(frozen=True)
class Speaker:
    """One who pleaded, with what each judge gave, 0 to 1."""

    key: Hashable
    name: str
    scores: tuple[Decimal, ...] = ()


@dataclass(frozen=True)
class Plea:
    """A team in one round: its memorial with what each judge gave, or its speakers."""

    team: Hashable
    round: Hashable
    round_name: str
    kind: str
    weight: Decimal = Decimal(1)
    side: str = ""
    scores: tuple[Decimal, ...] = ()
    speakers: tuple[Speaker, ...] = ()
    # No memorial was handed in by the deadline.
    is_missing: bool = False

    @property
    def is_written(self) -> bool:
        """Whether it is a memorial."""
        return self.kind == RoundKind.WRITTEN

    @property
    def label(self) -> str:
        """The round, and the side where it is known."""
        return f"{self.round_name} ({self.side})" if self.side else self.round_name


@dataclass(frozen=True)
class Line:
    """One step: what it works out, the formula (numbers alone), what comes of it (None: nothing yet)."""

    label: str
    formula: str = ""
    value: Decimal | None = None

    @property
    def shown(self) -> str:
        """The value as it is printed."""
        return "" if self.value is None else plain(self.value)


@dataclass(frozen=True)
class TeamStanding:
    """A team's place with everything that led to it. Values are in per cent; None while something is missing."""

    key: Hashable
    name: str
    rank: int
    total: Decimal | None
    written: Decimal | None
    oral: Decimal | None
    final: Decimal | None
    lines: tuple[Line, ...]

    @property
    def score(self) -> Decimal | None:
        """The total from 0 to 1."""
        return None if self.total is None else (self.total / 100).quantize(THOUSANDTH, ROUND_HALF_UP)


@dataclass(frozen=True)
class SpeakerStanding:
    """A speaker's place among all, with the lines that led to it."""

    key: Hashable
    name: str
    team: Hashable
    rank: int
    total: Decimal | None
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Standings:
    """Everybody's place, best first."""

    rules: Rules
    teams: tuple[TeamStanding, ...]
    speakers: tuple[SpeakerStanding, ...]

    @property
    def is_complete(self) -> bool:
        """Whether every team has a result."""
        return all(team.total is not None for team in self.teams)

    def team(self, key: Hashable) -> TeamStanding | None:
        """The standing of one team."""
        return next((one for one in self.teams if one.key == key), None)

    def speaker(self, key: Hashable) -> SpeakerStanding | None:
        """The standing of one speaker."""
        return next((one for one in self.speakers if one.key == key), None)

    def member_score(self, team: Hashable, member: Hashable) -> Decimal | None:
        """What a member of a team takes home, 0 to 1: the team's result mixed with their own as a speaker."""
        line = self.member_line(team, member)
        return None if line.value is None else (line.value / 100).quantize(THOUSANDTH, ROUND_HALF_UP)

    def member_line(self, team: Hashable, member: Hashable) -> Line:
        """How that comes about. Who did not plead has the team's result."""
        ours, own = self.team(team), self.speaker(member)
        total, share = ours.total if ours else None, self.rules.speaker_weight
        if total is None or own is None or own.total is None or not share:
            return Line(_("Result as a member of the team"), "", total)
        parts = ((total, 1 - share), (own.total, share))
        return _weighed(_("Result of the team and one’s own pleading together"), parts)


def plain(value: Decimal | Fraction) -> str:
    """A number as it is printed."""
    return number_format(rounded(value), decimal_pos=2)


def rounded(value: Decimal | Fraction) -> Decimal:
    """Two decimals, half up."""
    if isinstance(value, Fraction):
        exact = Decimal(value.numerator * 10**6) / Decimal(value.denominator) / 10**6
        return exact.quantize(HUNDREDTH, ROUND_HALF_UP)
    return value.quantize(HUNDREDTH, ROUND_HALF_UP)


def work_out(rules: Rules, teams: Sequence[tuple[Hashable, str]], pleas: Iterable[Plea]) -> Standings:
    """The standings of these teams (key and name) from what they did in each round."""
    pleas = sorted(
        pleas, key=lambda plea: (not plea.is_written, plea.kind == RoundKind.FINAL, str(plea.round))
    )
    kinds = {_part_of(plea, rules) for plea in pleas}
    unranked = [
        _team(rules, key, name, [plea for plea in pleas if plea.team == key], kinds) for key, name in teams
    ]
    return Standings(rules, _ranked_teams(rules, unranked), _speakers(rules, pleas))


def bench(rules: Rules, scores: Sequence[Decimal], label: str) -> Line:
    """What several judges gave, as one; the formula shows every score that counts."""
    counting = sorted((rounded(score * 100) for score in scores), reverse=True)
    if not counting:
        return Line(_("%(what)s: not scored yet") % {"what": label})
    if rules.bench_rule == BenchRule.TRIMMED and len(counting) >= FEWEST_TO_TRIM:
        label = _("%(what)s, without %(highest)s and %(lowest)s") % {
            "what": label,
            "highest": plain(counting[0]),
            "lowest": plain(counting[-1]),
        }
        counting = counting[1:-1]
    return _mean(label, counting)


def _mean(label, values):
    value = rounded(Fraction(sum(values)) / len(values))
    joined = " + ".join(map(plain, values))
    formula = f"({joined}) ÷ {len(values)}" if len(values) > 1 else joined
    return Line(label, formula, value)


def _weighed(label, parts):
    """Values with their weights, which need not add up to 1."""
    weights = sum(weight for _value, weight in parts)
    value = rounded(sum(Fraction(one) * Fraction(weight) for one, weight in parts) / Fraction(weights))
    if len(parts) == 1:
        return Line(label, plain(parts[0][0]), value)
    joined = " + ".join(f"{plain(one)} × {_short(weight)}" for one, weight in parts)
    return Line(label, joined if weights == 1 else f"({joined}) ÷ {_short(weights)}", value)


def _short(weight):
    return number_format(weight.normalize()) if weight else "0"


def _part_of(plea, rules):
    if plea.kind == RoundKind.FINAL and rules.final_decides:
        return RoundKind.FINAL
    return RoundKind.WRITTEN if plea.is_written else RoundKind.ORAL


def _result(rules, plea) -> list[Line]:
    """The lines of one plea; the last says what it is worth."""
    if plea.is_missing:
        return [Line(_("%(round)s: no memorial was handed in") % {"round": plea.label}, "0", Decimal("0.00"))]
    if plea.is_written:
        return [bench(rules, plea.scores, _("%(round)s: memorial") % {"round": plea.label})]
    lines = [bench(rules, one.scores, f"{plea.label}: {one.name}") for one in plea.speakers]
    if not lines or any(line.value is None for line in lines):
        return [*lines, Line(_("%(round)s: not scored yet") % {"round": plea.label})]
    return [
        *lines,
        _mean(_("%(round)s: the speakers together") % {"round": plea.label}, [line.value for line in lines]),
    ]


def _part(rules, label, pleas) -> tuple[Line, list[Line]]:
    """One part of a team's result, and the lines that lead to it."""
    if not pleas:
        return Line(_("%(part)s: took no part") % {"part": label}, "0", Decimal("0.00")), []
    found, lines = [], []
    for plea in pleas:
        steps = _result(rules, plea)
        lines += steps
        found.append((steps[-1].value, plea.weight))
    if any(value is None for value, _weight in found):
        return Line(_("%(part)s: not complete yet") % {"part": label}), lines
    if not any(weight for _value, weight in found):
        found = [(value, Decimal(1)) for value, _weight in found]
    return _weighed(label, [(value, weight) for value, weight in found if weight]), lines


def _team(rules, key, name, pleas, kinds):
    """A team's own numbers; the rank comes when all are known."""
    names = {
        RoundKind.WRITTEN: _("Written part"),
        RoundKind.ORAL: _("Oral part"),
        RoundKind.FINAL: _("Final"),
    }
    values: dict = {}
    lines: list[Line] = []
    for kind in (RoundKind.WRITTEN, RoundKind.ORAL, RoundKind.FINAL):
        own = [plea for plea in pleas if _part_of(plea, rules) == kind]
        if kind not in kinds or (kind == RoundKind.FINAL and not own):
            continue
        part, steps = _part(rules, names[kind], own)
        values[kind] = part.value
        lines += [*steps, part]
    total = _total(rules, values)
    if RoundKind.FINAL in values:
        lines.append(Line(_("The final decides the place; it is no part of the total.")))
    return TeamStanding(
        key=key,
        name=name,
        rank=0,
        total=total.value if RoundKind.FINAL not in values or values[RoundKind.FINAL] is not None else None,
        written=values.get(RoundKind.WRITTEN),
        oral=values.get(RoundKind.ORAL),
        final=values.get(RoundKind.FINAL),
        lines=(*lines, total),
    )


def _total(rules, values):
    weights = {RoundKind.WRITTEN: rules.written_weight, RoundKind.ORAL: 1 - rules.written_weight}
    parts = [(values[kind], weight) for kind, weight in weights.items() if kind in values]
    if len(parts) == 1:
        parts = [(parts[0][0], Decimal(1))]  # only one part is held
    if not parts or any(value is None for value, _weight in parts):
        return Line(_("Total: not complete yet"))
    return _weighed(_("Total"), parts)


def _ranked_teams(rules, unranked):
    keys = {team.key: _rank_key(rules, team) for team in unranked}
    ordered = sorted(unranked, key=lambda team: team.name)
    ordered.sort(key=lambda team: keys[team.key], reverse=True)
    ranks = {key: 1 + sum(other > own for other in keys.values()) for key, own in keys.items()}
    return tuple(_with_rank(team, ranks[team.key]) for team in ordered)


def _with_rank(team, rank):
    return TeamStanding(**{**vars(team), "rank": rank})


def _rank_key(rules, team):
    """Compares teams: finalists first where the final decides, then totals, then the rule for equals."""
    tied = {
        TieRule.ORAL: (team.oral, team.written),
        TieRule.WRITTEN: (team.written, team.oral),
        TieRule.SHARED: (),
    }
    final = (team.final,) if rules.final_decides else ()
    return tuple(_or_least(value) for value in (*final, team.total, *tied[TieRule(rules.tie_rule)]))


def _or_least(value):
    return Decimal(-1) if value is None else value


def _speakers(rules, pleas):
    names: dict = {}
    found: dict = {}
    for plea in pleas:
        for one in plea.speakers:
            names[one.key] = (one.name, plea.team)
            found.setdefault(one.key, []).append((plea.weight, bench(rules, one.scores, plea.label)))
    totals = {key: _speaker_total(steps) for key, steps in found.items()}
    order = sorted(found, key=lambda key: (-_or_least(totals[key].value), names[key][0]))
    return tuple(
        SpeakerStanding(
            key=key,
            name=names[key][0],
            team=names[key][1],
            rank=1 + sum(_or_least(other.value) > _or_least(totals[key].value) for other in totals.values()),
            total=totals[key].value,
            lines=(*(line for _weight, line in found[key]), totals[key]),
        )
        for key in order
    )


def _speaker_total(steps):
    scored = [(line.value, weight or Decimal(1)) for weight, line in steps if line.value is not None]
    if not scored:
        return Line(_("As a speaker: not scored yet"))
    return _weighed(_("As a speaker"), scored)
