"""Reading spreadsheets of past awards without trusting them: texts by column, and a sentence for what is not read."""

import csv
import datetime
import io
import re
import unicodedata
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from decimal import Decimal
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

MOST_ROWS = 5_000
MOST_COLUMNS = 40
MOST_UNPACKED = 60 * 1024 * 1024
LONGEST_CELL = 500
# From field to the headings it goes by, in the languages of the screens; the first is that of the example.
COLUMNS = {
    "number": ("Number", "Registry number", "Numéro", "Numéro de registre", "الرقم", "رقم السجل"),
    "name": ("Name", "Nom", "Nom et prénom", "الاسم"),
    "award": ("Award", "Certificat", "الشهادة"),
    "course": ("Course", "Course title", "Cours", "Intitulé du cours", "الدورة", "عنوان الدورة"),
    "hours": ("Hours", "Heures", "الساعات"),
    "day": ("Day", "Date", "Completed on", "Jour", "التاريخ", "اليوم"),
    "language": ("Language", "Langue", "اللغة"),
    "email": ("E-mail", "Email", "E-mail address", "Courriel", "البريد الإلكتروني"),
    "valid_until": ("Valid until", "Valable jusqu’au", "Valable jusqu'au", "صالحة حتى"),
}
NEEDED = ("number", "name", "award", "course", "day")
INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
BROKEN = (
    *(InvalidFileException, DefusedXmlException, ParseError, zipfile.BadZipFile, zipfile.LargeZipFile),
    *(KeyError, ValueError, IndexError, TypeError, AttributeError, EOFError, OSError, NotImplementedError),
)


class NotATable(Exception):
    """Nothing of the file can be used; `str()` says why and what to do."""


@dataclass(frozen=True)
class Line:
    """One line of the file: texts by field, and why it cannot be used where that is known already."""

    number: int
    cells: dict[str, str]
    problems: list[str] = field(default_factory=list)


def read_table(content: bytes) -> list[dict]:
    """Every line below the headings, as it is kept until it is entered. Raises NotATable."""
    is_workbook = content.startswith(b"PK")
    rows, marked = _workbook(content) if is_workbook else (_csv(content), {})
    lines = [asdict(line) for line in _lines(rows, marked)]
    if not lines:
        raise NotATable(_("There is no line below the headings."))
    if len(lines) > MOST_ROWS:
        raise NotATable(_("The sheet has more than %(most)d rows. Split it.") % {"most": MOST_ROWS})
    return lines


def _lines(rows: Sequence[tuple[int, list[str]]], marked: dict[int, list[str]]) -> Iterator[Line]:
    filled = [(number, cells) for number, cells in rows if any(cells)]
    if not filled:
        raise NotATable(_("The file is empty."))
    place_of = _columns(filled[0][1])
    for number, cells in filled[1:]:
        texts = {name: cells[place] if place < len(cells) else "" for name, place in place_of.items()}
        yield Line(number, texts, marked.get(number, []))


def _columns(headings):
    known = {heading.casefold(): name for name, heads in COLUMNS.items() for heading in heads}
    place_of = {}
    for place, heading in enumerate(headings):
        name = known.get(heading.casefold().removesuffix("*").strip())
        if name in place_of:
            raise NotATable(_("There are two columns “%(column)s”. Keep one.") % {"column": heading})
        if name:
            place_of[name] = place
    if missing := [COLUMNS[name][0] for name in NEEDED if name not in place_of]:
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


def _workbook(content):
    """Rows of texts, and what is wrong with single rows."""
    _check_archive(content)
    try:
        # Not read only: merged cells are to be seen.
        sheet = load_workbook(io.BytesIO(content)).worksheets[0]
        marked = _merged(sheet)
        rows = []
        for number, row in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS, max_row=MOST_ROWS + 100), start=1):
            cells, problems = _row(row)
            rows.append((number, cells))
            if problems:
                marked.setdefault(number, []).extend(problems)
    except BROKEN as broken:
        raise NotATable(_("This is no Excel workbook (XLSX), or it is damaged.")) from broken
    return rows, marked


def _check_archive(content):
    """A workbook is an archive: one that would unpack to more than any register needs is not opened."""
    try:
        size = sum(entry.file_size for entry in zipfile.ZipFile(io.BytesIO(content)).infolist())
    except (zipfile.BadZipFile, ValueError, OSError) as broken:
        raise NotATable(_("This is no Excel workbook (XLSX), or it is damaged.")) from broken
    if size > MOST_UNPACKED:
        raise NotATable(_("This workbook is far too large when unpacked. Split it."))


def _merged(sheet):
    marked: dict[int, list[str]] = {}
    for area in sheet.merged_cells.ranges:
        sentence = _("Cells %(area)s are merged, so it is not clear whose they are. Split them.") % {
            "area": area.coord
        }
        for number in range(area.min_row, min(area.max_row, MOST_ROWS) + 1):
            marked.setdefault(number, []).append(sentence)
    return marked


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
