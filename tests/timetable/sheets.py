"""Workbooks as people bring them."""

from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

HEADS = ["Edition code", "Title", "Day", "Begins at", "Ends at", "Campus", "Room", "Online link", "Lecturers"]


def workbook(*rows, heads=HEADS, merged=(), above=()):
    """A file with these rows under their headings."""
    book = Workbook()
    sheet = book.active
    for row in (*above, heads, *rows):
        sheet.append(row)
    for area in merged:
        sheet.merged_cells.add(area)  # `merge_cells` would make a cell for each that is covered
    content = BytesIO()
    book.save(content)
    content.seek(0)
    return content


def upload_of(content):
    """The same as somebody sends it."""
    return SimpleUploadedFile("timetable.xlsx", content.getvalue())
