"""Reading a table that somebody filled in: texts by column, and a sentence for what is not read."""

import csv
import datetime
import io
import re
import unicodedata
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from decimal import Decimal
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse
from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter, range_boundaries
from openpyxl.utils.exceptions import InvalidFileException

MOST_COLUMNS = 40
# What a workbook may unpack to: styles and themes, and for each row a few thousand signs.
MOST_UNPACKED = 4 * 1024 * 1024
MOST_UNPACKED_A_ROW = 4 * 1024
MOST_MERGED = 1_000
LONGEST_CELL = 500
INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
BROKEN = (
    *(InvalidFileException, DefusedXmlException, ParseError, zipfile.BadZipFile, zipfile.LargeZipFile),
    *(KeyError, ValueError, IndexError, TypeError, AttributeError, EOFError, OSError, NotImplementedError),
)


class NotATable(Exception):
    """Nothing of the file can be used; `str()` says why and what to do."""


class TooManyMerged(ValueError):
    """A sheet with more merged areas than anybody makes by hand; `str()` says it."""


@dataclass(frozen=True)
class Columns:
    """What a table may hold: for each field the headings it goes by, the first being that of the example."""

    headings: Mapping[str, tuple[str, ...]]
    needed: tuple[str, ...]
    most_rows: int

    @property
    def example(self) -> list[str]:
        """The headings of the example."""
        return [heads[0] for heads in self.headings.values()]


@dataclass(frozen=True)
class Line:
    """One line of the file: texts by field, and why it cannot be used where that is known already."""

    number: int
    cells: dict[str, str]
    problems: list[str] = field(default_factory=list)


def read_table(content: bytes, columns: Columns) -> list[dict]:
    """Every line below the headings, as it is kept until it is entered. Raises NotATable."""
    is_workbook = content.startswith(b"PK")
    rows, marked = _workbook(content, columns.most_rows) if is_workbook else (_csv(content), {})
    lines = [asdict(line) for line in _lines(rows, marked, columns)]
    if not lines:
        raise NotATable(_("There is no line below the headings."))
    if len(lines) > columns.most_rows:
        raise NotATable(_("The sheet has more than %(most)d rows. Split it.") % {"most": columns.most_rows})
    return lines


def _lines(rows: Sequence[tuple[int, list[str]]], marked: dict[int, list[str]], columns) -> Iterator[Line]:
    filled = [(number, cells) for number, cells in rows if any(cells)]
    if not filled:
        raise NotATable(_("The file is empty."))
    first = filled[0][0]
    if first in marked:
        said = _("The first line must name the columns, each in a cell of its own.")
        raise NotATable(" ".join([said, *marked[first]]))
    place_of = _places(filled[0][1], columns)
    for number, cells in filled[1:]:
        texts = {name: cells[place] if place < len(cells) else "" for name, place in place_of.items()}
        yield Line(number, texts, marked.get(number, []))


def _places(headings, columns):
    known = {heading.casefold(): name for name, heads in columns.headings.items() for heading in heads}
    place_of = {}
    for place, heading in enumerate(headings):
        name = known.get(heading.casefold().removesuffix("*").strip())
        if name in place_of:
            raise NotATable(_("There are two columns “%(column)s”. Keep one.") % {"column": heading})
        if name:
            place_of[name] = place
    if missing := [columns.headings[name][0] for name in columns.needed if name not in place_of]:
        raise NotATable(
            _(
                "The first line must name the columns. Missing: %(columns)s. Download the example and fill it in."
            )
            % {"columns": ", ".join(missing)}
        )
    return place_of


def _clean(text):
    """One line of visible characters: signs that steer the direction of text would make a number unlike itself."""
    return " ".join(INVISIBLE.sub("", unicodedata.normalize("NFC", text)).split())[:LONGEST_CELL]


def _csv(content):
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as broken:
        raise NotATable(
            _("This is neither an Excel workbook (XLSX) nor a CSV file in UTF-8. Save it as one of them.")
        ) from broken
    if "\0" in text:
        raise NotATable(_("This is no text. Save the table as an Excel workbook (XLSX) or as CSV in UTF-8."))
    first = text.partition("\n")[0]
    separator = max(";\t,", key=first.count)
    reader = csv.reader(io.StringIO(text), delimiter=separator)
    try:
        return [(reader.line_num, [_clean(cell) for cell in row[:MOST_COLUMNS]]) for row in reader]
    except csv.Error as broken:
        raise NotATable(_("Line %(line)s cannot be read as CSV.") % {"line": reader.line_num}) from broken


def _workbook(content, most_rows):
    """Rows of texts, and what is wrong with single rows."""
    _check_archive(content, most_rows)
    # A little more than is taken, so that a sheet with too many rows is told from one with just enough.
    most = most_rows + 100
    try:
        sheet = load_workbook(io.BytesIO(content), read_only=True).worksheets[0]
        marked = _merged(content, sheet, most)
        rows = []
        for number, row in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS, max_row=most), start=1):
            cells, problems = _row(row)
            rows.append((number, cells))
            if problems:
                marked.setdefault(number, []).extend(problems)
    except TooManyMerged as many:
        raise NotATable(str(many)) from many
    except BROKEN as broken:
        raise NotATable(_("This is no Excel workbook (XLSX), or it is damaged.")) from broken
    return rows, marked


def _check_archive(content, most_rows):
    """A workbook is an archive: one that would unpack to more than any register needs is not opened."""
    try:
        size = sum(entry.file_size for entry in zipfile.ZipFile(io.BytesIO(content)).infolist())
    except (zipfile.BadZipFile, ValueError, OSError) as broken:
        raise NotATable(_("This is no Excel workbook (XLSX), or it is damaged.")) from broken
    if size > MOST_UNPACKED + most_rows * MOST_UNPACKED_A_ROW:
        raise NotATable(_("This workbook is far too large when unpacked. Split it."))


def _merged(content, sheet, most):
    """Rows with merged cells, each with one sentence that names the first of them."""
    marked: dict[int, list[str]] = {}
    for left, top, right, bottom in merged_areas(io.BytesIO(content), sheet._worksheet_path):
        area = f"{get_column_letter(left)}{top}:{get_column_letter(right)}{bottom}"
        sentence = _("Cells %(area)s are merged, so it is not clear whose they are. Split them.") % {
            "area": area
        }
        for number in range(top, min(bottom, most) + 1):
            marked.setdefault(number, [sentence])
    return marked


def merged_areas(file, path: str) -> Iterator[tuple[int, int, int, int]]:
    """The merged areas of a sheet: left, top, right, bottom. Raises TooManyMerged.

    Read from the file itself: openpyxl would make a cell for each that an area covers, however many millions.
    """
    with zipfile.ZipFile(file).open(path) as source:
        count, within = 0, []
        for event, element in iterparse(source, events=("start", "end")):
            if event == "start":
                within.append(element)
                continue
            within.pop()
            if within:  # what has been read is let go, so that the sheet is never whole in memory
                within[-1].remove(element)
            if element.tag.endswith("}mergeCell"):
                count += 1
                if count > MOST_MERGED:
                    raise TooManyMerged(
                        _("More than %(most)d areas of the sheet are merged. Split the cells.")
                        % {"most": MOST_MERGED}
                    )
                yield range_boundaries(element.get("ref", ""))


def _row(row):
    texts, problems = [], []
    for cell in row:
        if cell.data_type == "f":
            problems.append(
                _("Cell %(cell)s holds a formula; formulas are not read.") % {"cell": cell.coordinate}
            )
        texts.append("" if cell.data_type == "f" else _clean(_text(cell.value)))
    return texts, problems


def _text(value):
    if value is None:
        return ""
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    if isinstance(value, int | float) and not isinstance(value, bool):
        number = Decimal(repr(value))
        return f"{number.to_integral() if number == number.to_integral() else number:f}"
    return str(value).removeprefix("'")
