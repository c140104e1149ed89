"""The gradebook as a workbook: names, results, totals. Hidden keys let it be read back."""

from collections.abc import Sequence
from decimal import Decimal
from io import BytesIO

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from enrolments.models import Enrolment
from enrolments.spreadsheets import as_cell
from gradebook.book import Book
from gradebook.grades import Grade, ItemGrade, ItemState, steps
from gradebook.tables import MARK
from gradebook.typed import cell_text


def workbook_of(book: Book, learners: Sequence[Enrolment], *, addresses: bool) -> bytes:
    """The whole gradebook; e-mail addresses only for whoever may see them."""
    output, sheet = Workbook(write_only=True), None
    sheet = output.create_sheet(_("Gradebook")[:31])
    sheet.freeze_panes = "D3"
    sheet.column_dimensions["A"].hidden = True
    sheet.row_dimensions[1].hidden = True
    who = [_("Enrolment"), _("Family name"), _("Given names"), *([_("E-mail")] if addresses else [])]
    for place, width in enumerate([38, 22, 22, *([30] if addresses else [])], start=1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    sheet.append(
        [MARK, *[""] * (len(who) - 1), *(str(book.items[column.key].key) for column in book.columns)]
    )
    heads = [
        *who,
        *map(_head, book.columns),
        _("Total, %"),
        _("On the scale"),
        _("States"),
        _("How the total comes about"),
    ]
    sheet.append([_bold(sheet, head) for head in heads])
    for enrolment, grade in book.all_grades(learners):
        sheet.append([*_person(enrolment, addresses), *map(_value, grade.items), *_total(grade)])
    content = BytesIO()
    output.save(content)
    return content.getvalue()


def _head(column):
    return _("%(item)s (out of %(points)s)") % {"item": column.name, "points": column.full}


def _bold(sheet, text):
    cell = WriteOnlyCell(sheet, value=as_cell(text))
    cell.font = Font(bold=True)
    return cell


def _person(enrolment, addresses):
    person = enrolment.person
    known = [str(enrolment.key), person.last_name, person.first_name, *([person.email] if addresses else [])]
    return map(as_cell, known)


def _value(item: ItemGrade):
    """Numbers as numbers, words as words; what there is no result for stays empty."""
    if item.points is not None and item.state == ItemState.GRADED:
        return _number(item.points)
    return as_cell(cell_text(item))


def _number(value: Decimal):
    return int(value) if value == int(value) else float(value)


def _total(grade: Grade):
    states = [
        f"{item.plan.name}: {item.state.label}" for item in grade.items if item.state != ItemState.GRADED
    ]
    explanation = " | ".join(map(str, steps(grade)))
    if grade.standing is None:
        return ["", "", as_cell("; ".join(states)), as_cell(explanation)]
    total = _number(grade.total) if grade.total is not None else ""
    shown = " · ".join(filter(None, [grade.standing.number, grade.standing.word]))
    return [total, as_cell(shown), as_cell("; ".join(states)), as_cell(explanation)]
