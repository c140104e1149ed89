"""A rubric as a value: what it is worth, how it reads in a language, what a marker chose.

Works on `RubricVersion.content` alone, so that assignments, essays and previews share it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.db.models import Max
from django.utils.translation import get_language_info

from assessments.models import Rubric, RubricVersion
from assessments.models.rubrics import is_whole

THOUSANDTH = Decimal("0.001")


@dataclass(frozen=True)
class Cell:
    """One level of one criterion."""

    key: str
    title: str
    text: str
    points: Decimal
    number: int
    is_chosen: bool = False


@dataclass(frozen=True)
class Criterion:
    """One row: what is looked at, its levels, what was chosen and said."""

    key: str
    number: int
    title: str
    description: str
    cells: tuple[Cell, ...]
    comment: str = ""

    @property
    def chosen(self) -> Cell | None:
        """The level chosen, if any."""
        return next((cell for cell in self.cells if cell.is_chosen), None)

    @property
    def most(self) -> Decimal:
        """What the best level is worth."""
        return max((cell.points for cell in self.cells), default=Decimal(0))


@dataclass(frozen=True)
class RubricShown:
    """A rubric in one language with what was chosen."""

    name: str
    language: str
    criteria: tuple[Criterion, ...]

    @property
    def direction(self) -> str:
        """The direction its words are written in."""
        return "rtl" if self.language and get_language_info(self.language)["bidi"] else "ltr"

    @property
    def most(self) -> Decimal:
        """The points of the best levels together."""
        return sum((criterion.most for criterion in self.criteria), Decimal(0))

    @property
    def earned(self) -> Decimal:
        """The points of the levels chosen so far."""
        return sum((criterion.chosen.points for criterion in self.criteria if criterion.chosen), Decimal(0))

    @property
    def missing(self) -> list[Criterion]:
        """The criteria for which no level is chosen."""
        return [criterion for criterion in self.criteria if criterion.chosen is None]


def rubric_shown(
    content: dict,
    language: str,
    *,
    choices: Mapping[str, str] | None = None,
    comments: Mapping[str, str] | None = None,
) -> RubricShown:
    """The rubric in a language, or in the one it was written in; `choices` maps criteria to levels, by key."""
    texts, choices, comments = content["texts"], choices or {}, comments or {}
    spoken = language if is_whole(content, language) else content["source"]
    words = texts.get(spoken) or {"levels": {}, "criteria": {}}
    criteria = tuple(
        _criterion(content, words, row, number, choices.get(row["key"]), comments.get(row["key"], ""))
        for number, row in enumerate(content["criteria"], start=1)
    )
    return RubricShown(content["name"], spoken, criteria)


def _criterion(content, words, row, number, chosen, comment):
    said = words["criteria"].get(row["key"], {})
    cells = tuple(
        Cell(
            key=level["key"],
            title=words["levels"].get(level["key"], ""),
            text=said.get("cells", {}).get(level["key"], ""),
            points=Decimal(row["points"].get(level["key"], "0")),
            number=place,
            is_chosen=level["key"] == chosen,
        )
        for place, level in enumerate(content["levels"], start=1)
    )
    return Criterion(row["key"], number, said.get("title", ""), said.get("description", ""), cells, comment)


def rubric_score(content: dict, choices: Mapping[str, str]) -> Decimal | None:
    """The share of its points that the chosen levels earn, 0 to 1; None while a criterion has no level."""
    shown = rubric_shown(content, content["source"], choices=choices)
    if shown.missing or not shown.most:
        return None
    return (shown.earned / shown.most).quantize(THOUSANDTH)


def posted_choices(content: dict, data, prefix: str = "rubric") -> tuple[dict[str, str], dict[str, str]]:
    """What the marking fragment sent: levels and comments by criterion. What is no part of the rubric is left out."""
    levels = {level["key"] for level in content["levels"]}
    choices, comments = {}, {}
    for row in content["criteria"]:
        chosen = data.get(f"{prefix}-{row['key']}", "")
        if chosen in levels:
            choices[row["key"]] = chosen
        comments[row["key"]] = data.get(f"{prefix}-{row['key']}-comment", "").strip()[:2000]
    return choices, comments


@transaction.atomic
def pinned_version(rubric: Rubric) -> RubricVersion:
    """The version that says what the rubric says now: the newest if nothing changed, else a new one."""
    Rubric.objects.select_for_update().get(pk=rubric.pk)
    newest = rubric.versions.order_by("-number").first()
    if newest and newest.content == rubric.content:
        return newest
    last = rubric.versions.aggregate(last=Max("number"))["last"] or 0
    return RubricVersion.objects.create(rubric=rubric, number=last + 1, content=rubric.content)
