"""What staff type into a cell: points, a percentage, a word of the scale, excused, missing, or nothing."""

import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from gradebook.grades import Band, Entered, ItemGrade, ItemPlan
from gradebook.grades.numbers import plain, rounded
from gradebook.models import EntryKind, GradeEntry, GradeItem
from gradebook.refusals import NotUnderstood

PLACES = 8
AT_MOST = 40
# Digits of any script are digits to a regular expression and to Decimal alike: Arabic-Indic ones may be typed.
NUMBER = r"\d{1,6}(?:[.,٫]\d{1,8})?"
POINTS = re.compile(rf"({NUMBER})(?:\s*/\s*({NUMBER}))?")
PERCENT = re.compile(rf"({NUMBER})\s*[%٪]|[%٪]\s*({NUMBER})")


@dataclass(frozen=True)
class Typed:
    """What was meant."""

    kind: EntryKind
    score: Decimal | None = None


CLEARED = Typed(EntryKind.CLEARED)


def parse(text: str, item: ItemPlan | GradeItem, bands: tuple[Band, ...] = ()) -> Typed:
    """Understand what was typed for this item, or raise NotUnderstood with a sentence that says what can be typed."""
    words = " ".join(text.split()).casefold()
    if not words:
        return CLEARED
    if words in excused_words():
        return Typed(EntryKind.EXCUSED)
    if words in missing_words():
        return Typed(EntryKind.MISSING)
    for band in bands:
        if words == band.label.casefold():
            return Typed(EntryKind.SCORE, band.typed_score)
    return Typed(EntryKind.SCORE, _score(words, item))


def excused_words() -> set[str]:
    """What may be typed for excused: in English, in the reader's language, and short."""
    return {"excused", "ex", "e", pgettext("typed result", "excused").casefold()}


def missing_words() -> set[str]:
    """What may be typed for missing."""
    return {"missing", "m", pgettext("typed result", "missing").casefold()}


def _score(words, item):
    if found := PERCENT.fullmatch(words):
        share = _fraction(found[1] or found[2]) / 100
        most = "100\u00a0%"
    elif found := POINTS.fullmatch(words):
        share = _fraction(found[1]) / Fraction(item.points)
        most = plain(item.points)
        if found[2] and _fraction(found[2]) != Fraction(item.points):
            raise NotUnderstood(
                _(
                    "“%(item)s” is out of %(points)s, not out of %(typed)s. Type points, or a percentage such as 85 %%."
                )
                % {"item": item, "points": plain(item.points), "typed": found[2]}
            )
    else:
        raise NotUnderstood(
            _(
                "“%(typed)s” is no result. Type points out of %(points)s, or a percentage, “excused” or “missing”."
            )
            % {"typed": words[:AT_MOST], "points": plain(item.points)}
        )
    if share > 1:
        raise NotUnderstood(
            _("The most that can be earned in “%(item)s” is %(most)s.") % {"item": item, "most": most}
        )
    return rounded(share, PLACES)


def _fraction(text):
    return Fraction(Decimal(text.replace(",", ".").replace("٫", ".")))


def as_typed(entered: Entered | GradeEntry | None, item: ItemPlan | GradeItem) -> str:
    """How an entry is written back into its cell; typing it again changes nothing."""
    if entered is None or entered.kind == EntryKind.CLEARED:
        return ""
    if entered.kind == EntryKind.EXCUSED:
        return pgettext("typed result", "excused")
    if entered.kind == EntryKind.MISSING:
        return pgettext("typed result", "missing")
    return points_text(entered.score, item)


def points_text(score: Decimal | None, item: ItemPlan | GradeItem) -> str:
    """A share in the points of the item."""
    return "" if score is None else plain(rounded(Fraction(score) * Fraction(item.points)))


def cell_text(grade: ItemGrade) -> str:
    """What stands in the cell: what staff entered, else what the activity gave."""
    if grade.is_entered:
        return as_typed(grade.fact.entered, grade.plan)
    return points_text(grade.fact.derived, grade.plan)


def same(one: Typed, grade: ItemGrade) -> bool:
    """Whether what was typed says what already counts, as far as it is shown."""
    entered = grade.fact.entered
    if grade.is_entered:
        if one.kind != entered.kind:
            return False
        return one.kind != EntryKind.SCORE or points_text(one.score, grade.plan) == points_text(
            entered.score, grade.plan
        )
    if one.kind == EntryKind.CLEARED:
        return True
    return (
        one.kind == EntryKind.SCORE
        and grade.fact.derived is not None
        and points_text(one.score, grade.plan) == points_text(grade.fact.derived, grade.plan)
    )
