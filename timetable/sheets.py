"""The columns of a timetable as a spreadsheet, written and read. What is read is text; what it means, others say."""

import datetime
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from enrolments.tables import TooManyMerged, merged_areas
from timetable.models import Session

MOST_ROWS = 1_000
MOST_COLUMNS = 40
MOST_UNPACKED = 20 * 1024 * 1024
LONGEST_CELL = 2_000
COLUMNS = {
    "edition": gettext_lazy("Edition code"),
    "title": gettext_lazy("Title"),
    "on": gettext_lazy("Day"),
    "starts": gettext_lazy("Begins at"),
    "ends": gettext_lazy("Ends at"),
    "time_zone": gettext_lazy("Time zone"),
    "campus": gettext_lazy("Campus"),
    "room": gettext_lazy("Room"),
    "online_link": gettext_lazy("Online link"),
    "lecturers": gettext_lazy("Lecturers"),
    "cohort": gettext_lazy("Cohort"),
    "capacity": gettext_lazy("Capacity"),
    "notes": gettext_lazy("Notes for learners"),
}
NEEDED = ("title", "on", "starts", "ends")


class NotATimetable(ValueError):
    """Nothing of the file can be read; `str()` says why and what to do."""


@dataclass(frozen=True)
class Row:
    """One line of the file as text, by column."""

    number: int
    texts: Mapping[str, str]

    def text(self, column: str) -> str:
        """What stands there, or nothing."""
        return self.texts.get(column, "")


def row_of(session: Session) -> list:
    """A session as it is written into the file."""
    return [
        session.edition.code,
        session.title,
        session.on,
        f"{session.starts:%H:%M}",
        f"{session.ends:%H:%M}",
        session.time_zone,
        session.room.campus.name if session.room else "",
        session.room.name if session.room else "",
        session.online_link,
        "; ".join(lecturer.person.email for lecturer in session.lecturers.all()),
        session.cohort.name if session.cohort else "",
        session.capacity,
        session.notes,
    ]


def rows_of(file) -> list[Row]:
    """The lines under the headings of the first sheet. Merged cells count for every cell they cover."""
    _check_archive(file)
    try:
        lines = _lines(file)
    except (
        *(InvalidFileException, DefusedXmlException, ParseError, zipfile.BadZipFile, zipfile.LargeZipFile),
        *(KeyError, IndexError, TypeError, AttributeError, EOFError, OSError, NotImplementedError),
    ) as error:
        raise NotATimetable(_unreadable()) from error
    except TooManyMerged as many:
        raise NotATimetable(str(many)) from many
    except ValueError as error:
        raise error if isinstance(error, NotATimetable) else NotATimetable(_unreadable()) from error
    return rows_under_headings(lines)


def _lines(file):
    # Read-only: a full reading would make a cell for each that a merged area covers, however many millions.
    sheet = load_workbook(file, read_only=True, data_only=True).worksheets[0]
    lines = []
    for line in sheet.iter_rows(max_col=MOST_COLUMNS, values_only=True):
        if len(lines) == MOST_ROWS:
            raise NotATimetable(_("The sheet has more than %(most)d rows. Split it.") % {"most": MOST_ROWS})
        lines.append(list(line))
    for left, top, right, bottom in _merged(file, sheet._worksheet_path):
        for line in lines[top - 1 : bottom]:
            line[left - 1 : right] = [lines[top - 1][left - 1]] * len(line[left - 1 : right])
    return lines


def _merged(file, path):
    """The merged areas of a sheet, cut where we stop reading."""
    for left, top, right, bottom in merged_areas(file, path):
        if left <= MOST_COLUMNS and top <= MOST_ROWS:
            yield left, top, min(right, MOST_COLUMNS), min(bottom, MOST_ROWS)


def _check_archive(file):
    try:
        size = sum(entry.file_size for entry in zipfile.ZipFile(file).infolist())
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise NotATimetable(_unreadable()) from error
    if size > MOST_UNPACKED:
        raise NotATimetable(
            _("This workbook is far too large when unpacked. Copy the timetable into a new one.")
        )
    file.seek(0)


def _unreadable():
    return _("This is no Excel workbook (XLSX), or it is damaged. Save it as XLSX and choose it again.")


def rows_under_headings(lines: Iterable[Sequence]) -> list[Row]:
    """The rows below the first line that names the columns; what stands above it is passed over."""
    names = column_names()
    places, found = {}, []
    for number, line in enumerate(lines, start=1):
        texts = [as_text(value) for value in line]
        if not places:
            named = {
                names[text.casefold()]: place for place, text in enumerate(texts) if text.casefold() in names
            }
            places = named if all(column in named for column in NEEDED) else {}
        elif any(texts):
            found.append(Row(number, {column: texts[place] for column, place in places.items()}))
    if not places:
        needed = ", ".join(f"“{COLUMNS[column]}”" for column in NEEDED)
        raise NotATimetable(
            _(
                "No line names the columns. It needs at least %(columns)s. Download the empty timetable and fill it in."
            )
            % {"columns": needed}
        )
    return found


def column_names() -> dict[str, str]:
    """What columns may be called, in every language of the screens, folded: name → column."""
    names = {}
    for language in settings.INTERFACE_LANGUAGES:
        with override(language):
            names |= {str(name).casefold(): column for column, name in COLUMNS.items()}
    return names


def as_text(value) -> str:
    """A cell as text: days and times as ISO 8601 writes them, whole numbers without a point."""
    if value is None:
        return ""
    if isinstance(value, datetime.datetime):
        midnight = value.time() == datetime.time.min
        return value.date().isoformat() if midnight else value.isoformat(sep=" ", timespec="minutes")
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, datetime.time):
        return value.isoformat(timespec="minutes")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return " ".join(str(value).strip().removeprefix("'").split(" "))[:LONGEST_CELL]
