"""The steps from results to total, in the reader's words, each a formula that can be worked out by hand."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gradebook.grades.numbers import DECIMALS, plain, rounded
from gradebook.grades.values import CategoryGrade, Grade, ItemGrade, ItemState


@dataclass(frozen=True)
class Step:
    """One step: what it works out, the formula (numbers alone), and what there is to know about it."""

    label: str
    formula: str = ""
    notes: tuple[str, ...] = ()

    def __str__(self):
        return f"{self.lead} {self.formula}" if self.formula else self.label

    @property
    def lead(self) -> str:
        """The label as it stands before a formula."""
        return _("%(label)s:") % {"label": self.label}


def steps(grade: Grade) -> list[Step]:
    """How the total comes about. Without one, why there is none yet."""
    found = [step for category in grade.categories for step in _category(category, grade)]
    if grade.total is None:
        return [*found, Step(_("There is no total yet: nothing that counts has a result."))]
    found.append(_total(grade))
    if last := _on_the_scale(grade):
        found.append(last)
    return found


def notes(grade: Grade) -> list[str]:
    """What else the reader has to know about the total."""
    found = []
    if grade.hidden:
        found.append(_("This total counts only results that have been released."))
    if grade.total is not None and grade.weights != 100:
        found.append(
            _("The weights of what counts so far add up to %(sum)s, not to 100: each is divided by %(sum)s.")
            % {"sum": plain(grade.weights)}
        )
    if grade.sum is not None and grade.sum > 100:
        found.append(_("More than 100 counts as 100."))
    if grade.total is not None:
        found.append(
            ngettext(
                "Each step is rounded to %(count)d decimal.",
                "Each step is rounded to %(count)d decimals.",
                DECIMALS,
            )
            % {"count": DECIMALS}
        )
    return found


def _category(category: CategoryGrade, grade: Grade):
    name = category.plan.name
    about = (*_formative_note(category), *_notes(category, grade))
    if category.average is None:
        yield Step(_("%(category)s: nothing counts yet") % {"category": name}, notes=about)
        return
    yield Step(_("%(category)s, average") % {"category": name}, _average(category), about)
    if category.contribution is not None:
        yield Step(_("%(category)s, part of the total") % {"category": name}, _part(category, grade))


def _average(category):
    terms = [_term(item) for item in (*category.counting, *category.extra)]
    joined = " + ".join(terms)
    if category.divisor == 1 and len(terms) == 1:
        return joined if "×" not in joined else f"{joined} = {plain(category.average)}"
    top = f"({joined})" if len(terms) > 1 or "×" in joined else joined
    return f"{top} ÷ {plain(category.divisor)} = {plain(category.average)}"


def _term(item: ItemGrade):
    assert item.counted is not None  # noqa: S101 - only what counts has a term
    if item.plan.weight == 1:
        return plain(item.counted)
    return f"{plain(item.counted)} × {plain(item.plan.weight)}"


def _part(category, grade):
    average, weight = plain(category.average), plain(category.plan.weight)
    brings = plain(category.contribution)
    if category.plan.is_bonus or grade.weights == 100:
        return f"{average} × {weight} % = {brings}"
    return f"{average} × {weight} ÷ {plain(grade.weights)} = {brings}"


def _total(grade):
    parts = [plain(one.contribution) for one in grade.categories if one.contribution is not None]
    joined = " + ".join(parts)
    formula = joined if len(parts) == 1 else f"{joined} = {plain(grade.sum)}"
    return Step(_("Total so far"), f"{formula} %", tuple(notes(grade)))


def _on_the_scale(grade):
    """The last step: rounding, the points of the scale, the word."""
    plan, standing = grade.plan, grade.standing
    label = _rounding(plan)
    number = standing.number
    if plan.scale.maximum:
        exact = Fraction(grade.total) * Fraction(plan.scale.maximum) / 100
        sign = "=" if standing.share * Fraction(plan.scale.maximum) == exact else "≈"
        number = f"{plain(grade.total)} × {plain(plan.scale.maximum)} ÷ 100 {sign} {number}"
    elif rounded(grade.total, plan.decimals, down=plan.rounds_down) == grade.total and not standing.word:
        return None
    if not standing.word:
        return Step(label, number)
    least = standing.word_from * (plan.scale.maximum or Decimal(100))
    unit = "" if plan.scale.maximum else " %"
    word = _("From %(least)s on this is “%(word)s”.") % {
        "least": f"{plain(least)}{unit}",
        "word": standing.word,
    }
    return Step(label, number, (word,))


def _rounding(plan):
    words = {"count": plan.decimals}
    if not plan.decimals:
        return _("Rounded down to a whole number") if plan.rounds_down else _("Rounded to a whole number")
    if plan.rounds_down:
        return (
            ngettext("Rounded down to %(count)d decimal", "Rounded down to %(count)d decimals", plan.decimals)
            % words
        )
    return ngettext("Rounded to %(count)d decimal", "Rounded to %(count)d decimals", plan.decimals) % words


def _formative_note(category):
    if not category.plan.weight and any(item.plan.is_formative for item in category.items):
        yield _("These results are formative: they do not count towards the total.")


def _notes(category, grade):
    for item in category.items:
        name = {"item": item.plan.name}
        if item.is_dropped:
            yield _("“%(item)s” is left out: it is among the lowest results.") % name
        elif item.state == ItemState.EXCUSED:
            yield _("“%(item)s” is excused and does not count.") % name
        elif item.state == ItemState.HIDDEN:
            yield _("“%(item)s” is not released yet and does not count here.") % name
        elif item.state == ItemState.MISSING:
            if grade.plan.missing_is_zero:
                yield _("“%(item)s” is missing and counts as 0.") % name
            else:
                yield _("“%(item)s” is missing and is left out until there is a result.") % name
        if item.plan.extra_credit and item.counts and not category.plan.is_bonus:
            yield _("“%(item)s” is extra credit: it is added, and not counted in the division.") % name
