"""Tables that people bring: pasted lines and workbooks, read without trusting them."""

import re
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from uuid import UUID
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from gradebook.models import GradeItem
from gradebook.refusals import GradebookRefused

MOST_ROWS = 5_000
MOST_COLUMNS = 250
MOST_UNPACKED = 60 * 1024 * 1024
LONGEST_CELL = 200
ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
# The first cell of the export's hidden first row.
MARK = "gradebook"


class NotATable(GradebookRefused):
    """Nothing of it can be read; `str()` says why and what to do."""


@dataclass(frozen=True)
class Problem:
    """A line, or a cell of one, that was not taken over, and why."""

    line: int
    sentence: str


@dataclass(frozen=True)
class Line:
    """What one line says of one learner: texts by item."""

    number: int
    learner: str
    values: dict[int, str]


@dataclass
class Table:
    """What could be read."""

    lines: list[Line] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def refuse(self, line: int, sentence: str) -> None:
        """Note why something was passed over."""
        self.problems.append(Problem(line, sentence))


def pasted(text: str, items: Sequence[GradeItem], item: GradeItem | None = None) -> Table:
    """What pasted lines say: about one item, or about those that the first line names."""
    lines = [(number, line) for number, line in enumerate(text.splitlines(), start=1) if line.strip()]
    separator = next((sign for sign in ("\t", ";") if any(sign in line for _number, line in lines)), None)
    rows = [(number, _cells(line, separator)) for number, line in lines]
    return table_of(rows, items, item)


def _cells(line, separator):
    if separator:
        return [cell.strip().strip('"') for cell in line.split(separator)]
    # Without a separator: the learner, then one value, whose comma may be a decimal one.
    found = re.match(r"\s*([^\s,]+)[\s,]*(.*)", line)
    return [found[1], found[2].strip()] if found else [line.strip(), ""]


def workbook(file, items: Sequence[GradeItem]) -> Table:
    """What the first sheet of a workbook says. Formulas are passed over and named."""
    table = Table()
    rows = list(_rows(file, table))
    found = table_of(rows, items)
    found.problems = sorted([*table.problems, *found.problems], key=lambda problem: problem.line)
    return found


def _rows(file, table):
    _check_archive(file)
    try:
        sheet = load_workbook(file, read_only=True).worksheets[0]
        for number, row in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS), start=1):
            if number > MOST_ROWS:
                raise NotATable(_("The sheet has more than %(most)d rows. Split it.") % {"most": MOST_ROWS})
            yield number, [_text(cell, number, table) for cell in row]
    except (
        *(InvalidFileException, DefusedXmlException, ParseError, zipfile.BadZipFile, zipfile.LargeZipFile),
        *(
            KeyError,
            ValueError,
            IndexError,
            TypeError,
            AttributeError,
            EOFError,
            OSError,
            NotImplementedError,
        ),
    ) as error:
        raise NotATable(_unreadable()) from error


def _unreadable():
    return _(
        "This is no Excel workbook (XLSX), or it is damaged. Download the export, change that and choose it."
    )


def _check_archive(file):
    """A workbook is an archive: one that would unpack to more than any gradebook needs is not opened."""
    try:
        size = sum(entry.file_size for entry in zipfile.ZipFile(file).infolist())
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise NotATable(_unreadable()) from error
    if size > MOST_UNPACKED:
        raise NotATable(
            _("This workbook is far too large when unpacked. Download the export, and change that.")
        )
    file.seek(0)


def _text(cell, number, table):
    value = cell.value
    if value is None:
        return ""
    if cell.data_type == "f":
        table.refuse(
            number, _("Cell %(cell)s holds a formula; formulas are not read.") % {"cell": cell.coordinate}
        )
        return ""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _number(value, cell.number_format or "")
    return str(value).strip().removeprefix("'")[:LONGEST_CELL]


def _number(value, shown_as):
    try:
        number = Decimal(repr(value))
        return f"{number * 100:f} %" if "%" in shown_as else f"{number:f}"
    except InvalidOperation:
        return str(value)


def table_of(
    rows: Iterable[tuple[int, Sequence[str]]], items: Sequence[GradeItem], item: GradeItem | None = None
) -> Table:
    """Lines by learner, from rows of texts. Rows before the first learner name the items."""
    table, heads, columns, first_line = Table(), [], None, {}
    for number, cells in rows:
        learner = "" if MARK in cells[:1] else next((cell for cell in cells if is_learner(cell)), "")
        if columns is None and not learner and not table.lines:
            heads.append((number, cells))
            continue
        if columns is None:
            columns = {} if item else _columns(heads, items, table)
        if not learner:
            if any(cells):
                table.refuse(
                    number, _("There is neither an e-mail address nor an enrolment number in this line.")
                )
        elif learner.casefold() in first_line:
            table.refuse(
                number,
                _("This learner stands in line %(line)d already.") % {"line": first_line[learner.casefold()]},
            )
        else:
            first_line[learner.casefold()] = number
            place = cells.index(learner)
            values = (
                {item.pk: _at(cells, place + 1)}
                if item
                else {pk: _at(cells, at) for at, pk in columns.items()}
            )
            table.lines.append(Line(number, learner, values))
    if heads and not table.lines:
        table.refuse(
            heads[0][0], _("There is neither an e-mail address nor an enrolment number in any line.")
        )
    return table


def is_learner(text: str) -> bool:
    """Whether a cell names a learner: an e-mail address or the number of an enrolment."""
    if ADDRESS.fullmatch(text):
        return True
    try:
        return len(text) == 36 and bool(UUID(text))
    except ValueError:
        return False


def _at(cells, place):
    return cells[place].strip() if place < len(cells) else ""


def _columns(heads, items, table):
    """Which column is which item: by the hidden keys of the export, else by name."""
    by_key = {str(item.key): item.pk for item in items}
    for _number, cells in heads:
        found = {place: by_key[cell] for place, cell in enumerate(cells) if cell in by_key}
        if found:
            return found
    number, cells = heads[-1] if heads else (1, [])
    found = {}
    for place, cell in enumerate(cells):
        named = [item.pk for item in items if cell and _is_called(item, cell)]
        if len(named) == 1:
            found[place] = named[0]
        elif named or (place and cell):
            table.refuse(number, _passed_over(cell, named))
    if not found:
        sentence = _(
            "No column is an item of this gradebook. Choose the item, or name the items in the first line."
        )
        table.refuse(number, sentence)
    return found


def _is_called(item, text):
    return text.casefold() in {name.casefold() for name in (item.label, item.name, *item.names.values())}


def _passed_over(name, named):
    if named:
        return _("Several items are called “%(name)s”: the column is passed over.") % {"name": name}
    return _("“%(name)s” is no item of this gradebook: the column is passed over.") % {"name": name}
