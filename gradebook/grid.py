"""One window of the staff's grid: learners down, items across, every cell with its words."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from enrolments.models import Enrolment
from gradebook.book import Book
from gradebook.grades import Grade, ItemGrade, ItemState
from gradebook.models import GradeItem
from gradebook.typed import cell_text

LEARNERS_SHOWN = 50
ITEMS_SHOWN = 40


@dataclass(frozen=True)
class Column:
    """The head of a column."""

    key: Any
    name: str
    points: str
    row: GradeItem | None
    category: str
    is_released: bool
    extra_credit: bool
    is_formative: bool


@dataclass(frozen=True)
class Cell:
    """One learner and one item."""

    item: Any
    name: str  # of its field
    value: str
    entry: int  # what counts now, 0 for nothing entered
    words: str
    css: str


@dataclass(frozen=True)
class Row:
    """One learner."""

    enrolment: Enrolment
    grade: Grade
    cells: tuple[Cell, ...]

    @property
    def seen(self) -> str:
        """What the row showed, for a browser without JavaScript to send back: item, entry and text of what is there."""
        return ";".join(
            f"{cell.item}:{cell.entry}:{cell.value}" for cell in self.cells if cell.entry or cell.value
        )


def columns_of(book: Book, start: int = 0, number: int = ITEMS_SHOWN) -> list[Column]:
    """The heads of some of the columns."""
    found = [
        Column(
            key=item.key,
            name=item.name,
            points=item.full,
            row=book.items.get(item.key),
            category=category.name,
            is_released=item.is_released,
            extra_credit=item.extra_credit,
            is_formative=item.is_formative,
        )
        for category in book.plan.categories
        for item in category.items
    ]
    return found[start : start + number]


def rows_of(
    book: Book,
    enrolments: Collection[Enrolment],
    columns: Sequence[Column],
    typed: Mapping[str, str] | None = None,
) -> list[Row]:
    """The rows of a window; `typed` keeps in its cells what was refused."""
    grades = book.grades(enrolments)
    keys = [column.key for column in columns]
    return [row_of(enrolment, grades[enrolment.pk], keys, typed) for enrolment in enrolments]


def row_of(
    enrolment: Enrolment, grade: Grade, keys: Sequence[Any], typed: Mapping[str, str] | None = None
) -> Row:
    """One row."""
    items = {item.plan.key: item for item in grade.items}
    return Row(enrolment, grade, tuple(_cell(enrolment, items[key], typed or {}) for key in keys))


def _cell(enrolment: Enrolment, item: ItemGrade, typed: Mapping[str, str]) -> Cell:
    name = f"c-{enrolment.pk}-{item.plan.key}"
    entered = item.fact.entered
    return Cell(
        item=item.plan.key,
        name=name,
        value=typed.get(name, cell_text(item)),
        entry=entered.pk or 0 if entered else 0,
        words=" · ".join(cell_words(item)),
        css=cell_class(item),
    )


def cell_words(item: ItemGrade) -> list[str]:
    """What the number alone does not say."""
    words = []
    if item.state == ItemState.MISSING and not item.is_entered:
        words.append(_("missing"))
    if item.state == ItemState.WAITING and not item.plan.is_manual:
        words.append(_("to be marked"))
    if item.state == ItemState.UNSCORED:
        words.append(_("done, without a score"))
    if item.is_override:
        words.append(_("changed"))
    if item.is_dropped:
        words.append(_("not counted"))
    if item.comment:
        words.append(_("comment"))
    return words


def cell_class(item: ItemGrade) -> str:
    """The state, for the icon beside the words."""
    if item.is_override:
        return "changed"
    if item.is_dropped:
        return "dropped"
    plain = (ItemState.GRADED, ItemState.NOT_DUE, ItemState.UNSCORED)
    return "" if item.state in plain else str(item.state.value)


def fits(grade: Grade, show: str) -> bool:
    """Whether a learner is among those that a filter asks for."""
    match show:
        case "missing":
            return bool(grade.in_state(ItemState.MISSING))
        case "waiting":
            return any(item.fact.is_waiting or item.state == ItemState.WAITING for item in grade.items)
        case "failing":
            return grade.passed is False
        case "hidden":
            return any(not item.plan.is_released and item.score is not None for item in grade.items)
    return True
