"""From facts to a grade. Each step is rounded as it is printed, so that the printed steps lead to the same grade."""

from collections.abc import Hashable, Mapping
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from fractions import Fraction

from gradebook.grades.numbers import as_percent, rounded
from gradebook.grades.values import (
    NOTHING,
    CategoryGrade,
    CategoryPlan,
    Fact,
    Grade,
    ItemGrade,
    ItemPlan,
    ItemState,
    Plan,
)

MOST = Decimal(100)


def work_out(
    plan: Plan, facts: Mapping[Hashable, Fact], *, now: datetime, released_only: bool = False
) -> Grade:
    """The grade of one learner. `released_only` is the learner's own view: what is hidden is not even counted."""
    items = {
        item.key: _item(item, facts.get(item.key, NOTHING), plan, now, released_only)
        for category in plan.categories
        for item in category.items
    }
    categories = [
        _average(category, [items[item.key] for item in category.items]) for category in plan.categories
    ]
    weights = sum(
        (one.plan.weight for one in categories if one.average is not None and not one.plan.is_bonus),
        Decimal(0),
    )
    shares = tuple(replace(one, contribution=_contribution(one, weights)) for one in categories)
    brought = [one.contribution for one in shares if one.contribution is not None]
    # Extra credit comes on top of something: alone it makes no total.
    total = sum(brought, Decimal(0)) if weights else None
    capped = None if total is None else min(total, MOST)
    standing = None
    if capped is not None:
        standing = plan.scale.place(capped, decimals=plan.decimals, down=plan.rounds_down)
    return Grade(plan, shares, weights, total, capped, standing, released_only)


def _item(item: ItemPlan, fact: Fact, plan: Plan, now: datetime, released_only: bool) -> ItemGrade:
    if released_only and (not item.is_released or _is_withheld(fact)):
        return ItemGrade(item, ItemState.HIDDEN, fact=Fact(due_at=fact.due_at))
    state, score = _state(item, fact, now)
    counted = None
    if state == ItemState.GRADED and score is not None:
        counted = as_percent(score)
    elif state == ItemState.MISSING and plan.missing_is_zero:
        counted = Decimal(0)
    return ItemGrade(item, state, score, counted, fact=fact)


def _is_withheld(fact: Fact) -> bool:
    """Whether what would be shown is what the activity gave, and the activity holds it back."""
    return fact.is_withheld and (fact.entered is None or fact.entered.kind == "cleared")


def _state(item: ItemPlan, fact: Fact, now: datetime) -> tuple[ItemState, Decimal | None]:
    entered = fact.entered
    if entered and entered.kind == "score":
        return ItemState.GRADED, entered.score
    if entered and entered.kind != "cleared":
        return ItemState(entered.kind), None
    if fact.derived is not None:
        return ItemState.GRADED, fact.derived
    if fact.is_waiting:
        return ItemState.WAITING, None
    if fact.is_unscored:
        return ItemState.UNSCORED, None
    deadline = fact.due_at or fact.ends_at
    if deadline is None or deadline > now:
        return ItemState.NOT_DUE, None
    # Nobody is blamed for what staff have not graded by hand yet.
    return (ItemState.WAITING if item.is_manual else ItemState.MISSING), None


def _average(plan: CategoryPlan, items: list[ItemGrade]) -> CategoryGrade:
    items = _without_lowest(plan, items)
    category = CategoryGrade(plan, tuple(items))
    if plan.is_bonus:
        # Divided by all of it, earned or not: one more result can only raise it.
        divisor = sum((item.weight for item in plan.items), Decimal(0))
        earned = bool(category.extra)
    else:
        divisor = sum((item.plan.weight for item in category.counting), Decimal(0))
        earned = bool(category.counting)
    if not earned or not divisor:
        return category
    points = sum(((item.counted or 0) * item.plan.weight for item in items if item.counts), Decimal(0))
    return replace(category, average=rounded(Fraction(points) / Fraction(divisor)), divisor=divisor)


def _without_lowest(plan: CategoryPlan, items: list[ItemGrade]) -> list[ItemGrade]:
    """The items with the lowest ordinary results marked as dropped. One result always stays."""
    ordinary = [
        item for item in items if item.counted is not None and not item.plan.extra_credit and item.plan.weight
    ]
    # Of equal results the one that weighs most goes; which of two alike makes no difference.
    ordinary.sort(key=lambda item: (item.counted, -item.plan.weight))
    dropped = {item.plan.key for item in ordinary[: min(plan.drop_lowest, max(len(ordinary) - 1, 0))]}
    return [replace(item, is_dropped=True) if item.plan.key in dropped else item for item in items]


def _contribution(category: CategoryGrade, weights: Decimal) -> Decimal | None:
    if category.average is None or not weights:
        return None
    whole = MOST if category.plan.is_bonus else weights
    return rounded(Fraction(category.average) * Fraction(category.plan.weight) / Fraction(whole))
