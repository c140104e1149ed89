"""What goes into working out a grade, and what comes out. All of it frozen."""

from collections.abc import Hashable
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from fractions import Fraction

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gradebook.grades.numbers import as_percent, plain, rounded


class ItemState(TextChoices):
    """Where one learner stands with one item."""

    GRADED = "graded", gettext_lazy("Graded")
    EXCUSED = "excused", gettext_lazy("Excused")
    MISSING = "missing", gettext_lazy("Missing")
    NOT_DUE = "not_due", gettext_lazy("Not due yet")
    WAITING = "waiting", gettext_lazy("Waiting for marking")
    HIDDEN = "hidden", gettext_lazy("Not released yet")
    UNSCORED = "unscored", gettext_lazy("Done, without a score")


# --- what goes in ---


@dataclass(frozen=True)
class Band:
    """One step of a scale."""

    from_score: Decimal
    label: str
    typed_score: Decimal = Decimal(0)


@dataclass(frozen=True)
class Standing:
    """A percentage on a scale: the number and the word people read, and whether it passes (None: nobody fails)."""

    number: str
    word: str
    passed: bool | None
    # The share that bands and pass mark were compared with, and the band's least share.
    share: Fraction
    word_from: Decimal | None = None

    def __str__(self):
        return self.word or self.number


@dataclass(frozen=True)
class Scale:
    """A scale as staff defined it; bands from the highest down."""

    maximum: Decimal | None = None
    pass_from: Decimal | None = None
    bands: tuple[Band, ...] = ()

    def place(self, percent: Decimal, *, decimals: int = 0, down: bool = False) -> Standing:
        """Where a percentage stands on it. Bands and pass mark look at the rounded number, as it is printed."""
        full = self.maximum or Decimal(100)
        shown = rounded(Fraction(percent) * Fraction(full) / 100, decimals, down=down)
        share = Fraction(shown) / Fraction(full)
        band = next((band for band in self.bands if share >= Fraction(band.from_score)), None)
        return Standing(
            number=plain(shown) if self.maximum else f"{plain(shown)}\u00a0%",
            word=band.label if band else "",
            passed=None if self.pass_from is None else share >= Fraction(self.pass_from),
            share=share,
            word_from=band.from_score if band else None,
        )


@dataclass(frozen=True)
class ItemPlan:
    """One column of the gradebook."""

    key: Hashable
    name: str
    points: Decimal = Decimal(100)
    weight: Decimal = Decimal(1)
    extra_credit: bool = False
    is_released: bool = True
    is_manual: bool = False
    # Reported by the learner's browser: nothing that a decision can rest on unless staff say so.
    is_formative: bool = False
    # The activity that gives it, by its id.
    activity: int | None = None

    def __str__(self):
        return self.name

    @property
    def full(self) -> str:
        """The points of a perfect result, as people write them."""
        return plain(self.points)


@dataclass(frozen=True)
class CategoryPlan:
    """Items that are averaged together."""

    key: Hashable
    name: str
    weight: Decimal
    items: tuple[ItemPlan, ...]
    drop_lowest: int = 0

    @property
    def is_bonus(self) -> bool:
        """Whether all of it is extra credit: it comes on top, and its weight is no part of the whole."""
        return bool(self.items) and all(item.extra_credit for item in self.items)


@dataclass(frozen=True)
class Plan:
    """How an edition grades."""

    categories: tuple[CategoryPlan, ...]
    scale: Scale = field(default_factory=Scale)
    decimals: int = 0
    rounds_down: bool = False
    missing_is_zero: bool = False


@dataclass(frozen=True)
class Entered:
    """The newest thing staff said about a learner and an item."""

    kind: str  # score, excused, missing or cleared
    score: Decimal | None = None
    comment: str = ""
    pk: int | None = None
    by: str = ""
    at: datetime | None = None
    reason: str = ""


@dataclass(frozen=True)
class Fact:
    """All that is known of one learner and one item."""

    entered: Entered | None = None
    derived: Decimal | None = None
    is_waiting: bool = False
    # Handed in, and nobody will give it a score.
    is_unscored: bool = False
    # The activity itself does not let the learner know yet what it gave.
    is_withheld: bool = False
    due_at: datetime | None = None
    # When the edition is over: what has no date of its own is missing from then on.
    ends_at: datetime | None = None


NOTHING = Fact()


# --- what comes out ---


@dataclass(frozen=True)
class ItemGrade:
    """One item of one learner."""

    plan: ItemPlan
    state: ItemState
    # The share earned: only for what is graded.
    score: Decimal | None = None
    # The percentage that goes into the average; None for what does not count.
    counted: Decimal | None = None
    is_dropped: bool = False
    fact: Fact = NOTHING

    @property
    def percent(self) -> Decimal | None:
        """What was earned, as it is printed."""
        return None if self.score is None else as_percent(self.score)

    @property
    def points(self) -> Decimal | None:
        """What was earned in the points of the item."""
        return None if self.score is None else rounded(Fraction(self.score) * Fraction(self.plan.points))

    @property
    def state_words(self) -> str:
        """The state in words; what has no date is not “due” at any time."""
        if self.state == ItemState.NOT_DUE and self.fact.due_at is None:
            return _("Nothing yet")
        return str(self.state.label)

    @property
    def percent_text(self) -> str:
        """The percentage as people write it; empty without a result."""
        return "" if self.percent is None else f"{plain(self.percent)}\u00a0%"

    @property
    def points_text(self) -> str:
        """The points as people write them; empty without a result."""
        return "" if self.points is None else plain(self.points)

    @property
    def derived_text(self) -> str:
        """What the activity gave, in points; empty where it gave nothing."""
        if self.fact.derived is None:
            return ""
        return plain(rounded(Fraction(self.fact.derived) * Fraction(self.plan.points)))

    @property
    def counts(self) -> bool:
        """Whether it is part of its category's average."""
        return self.counted is not None and not self.is_dropped

    @property
    def is_entered(self) -> bool:
        """Whether staff said what it is."""
        return self.fact.entered is not None and self.fact.entered.kind != "cleared"

    @property
    def is_override(self) -> bool:
        """Whether staff said something else than the activity gave."""
        return self.is_entered and self.fact.derived is not None

    @property
    def comment(self) -> str:
        """What staff wrote to the learner."""
        return self.fact.entered.comment if self.fact.entered else ""


@dataclass(frozen=True)
class CategoryGrade:
    """One category of one learner."""

    plan: CategoryPlan
    items: tuple[ItemGrade, ...]
    # None while nothing in it counts.
    average: Decimal | None = None
    divisor: Decimal = Decimal(0)
    # What it brings to the total, in per cent; None while it does not count.
    contribution: Decimal | None = None

    @property
    def counting(self) -> tuple[ItemGrade, ...]:
        """The ordinary items that make the average."""
        return tuple(item for item in self.items if item.counts and not item.plan.extra_credit)

    @property
    def average_text(self) -> str:
        """The average as people write it; empty while nothing counts."""
        return "" if self.average is None else f"{plain(self.average)}\u00a0%"

    @property
    def weight_text(self) -> str:
        """The weight as people write it."""
        return plain(self.plan.weight)

    @property
    def extra(self) -> tuple[ItemGrade, ...]:
        """The extra credit that was earned."""
        return tuple(item for item in self.items if item.counts and item.plan.extra_credit)


@dataclass(frozen=True)
class Grade:
    """What one learner's work is worth so far, and why."""

    plan: Plan
    categories: tuple[CategoryGrade, ...]
    # The weights of the ordinary categories that count.
    weights: Decimal
    # Before and after 100 was made the most; None while nothing counts.
    sum: Decimal | None
    total: Decimal | None
    standing: Standing | None
    released_only: bool

    @property
    def items(self) -> tuple[ItemGrade, ...]:
        """All items in order."""
        return tuple(item for category in self.categories for item in category.items)

    @property
    def passed(self) -> bool | None:
        """Whether the total passes; None while there is none, or where nobody fails."""
        return self.standing.passed if self.standing else None

    @property
    def hidden(self) -> tuple[ItemGrade, ...]:
        """Items whose results are not released."""
        return tuple(item for item in self.items if item.state == ItemState.HIDDEN)

    @property
    def open_items(self) -> tuple[ItemGrade, ...]:
        """Items by which the total can still change without anybody changing a result; extra credit is none of them."""
        found = self.in_state(ItemState.WAITING, ItemState.NOT_DUE, ItemState.HIDDEN)
        return tuple(item for item in found if not item.plan.extra_credit)

    @property
    def left_out_items(self) -> tuple[ItemGrade, ...]:
        """Missing items that the average passes over, as its rules say."""
        found = () if self.plan.missing_is_zero else self.in_state(ItemState.MISSING)
        return tuple(item for item in found if not item.plan.extra_credit)

    def in_state(self, *states: ItemState) -> tuple[ItemGrade, ...]:
        """Items in one of these states."""
        return tuple(item for item in self.items if item.state in states)

    def item(self, key: Hashable) -> ItemGrade | None:
        """One item."""
        return next((item for item in self.items if item.plan.key == key), None)
