"""Tables as files for spreadsheets. Text is never taken for a formula, whoever typed it."""

import csv
import datetime
from collections.abc import Iterable, Sequence
from io import BytesIO, StringIO

from django.http import HttpResponse
from django.utils import timezone
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

XLSX, CSV = "xlsx", "csv"
TYPES = {
    XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    CSV: "text/csv; charset=utf-8",
}
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n")


def as_cell(value):
    """The value as a cell holds it: times without their zone, text that begins no formula."""
    if value is None:
        return ""
    if isinstance(value, datetime.datetime):
        return timezone.make_naive(value) if timezone.is_aware(value) else value
    if isinstance(value, datetime.date | int | float):
        return value
    text = ILLEGAL_CHARACTERS_RE.sub("", str(value))
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA_SIGNS) else text


def spreadsheet(rows: Iterable[Sequence], headings: Sequence, *, name: str, kind: str = XLSX) -> HttpResponse:
    """A download of the rows under their headings."""
    content = _xlsx(rows, headings) if kind == XLSX else _csv(rows, headings)
    response = HttpResponse(content, content_type=TYPES[kind])
    response["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    return response


def _xlsx(rows, headings):
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet()
    sheet.freeze_panes = "A2"
    sheet.append([as_cell(heading) for heading in headings])
    for row in rows:
        sheet.append([as_cell(value) for value in row])
    output = BytesIO()
    workbook.save(output)
    return output.getvalue()


def _csv(rows, headings):
    output = StringIO()
    output.write("\ufeff")  # so that spreadsheets read the letters of every language
    writer = csv.writer(output)
    writer.writerow([as_cell(heading) for heading in headings])
    writer.writerows([as_cell(value) for value in row] for row in rows)
    return output.getvalue()
