"""Whose record, case and board. Views get them only here; not yours and not there are the same 404."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from accounts.models import User
from programmes import access
from programmes.models import AgendaItem, ExaminationBoard, ProgrammeEdition, Student, StudentCase


def get_own_case_or_404(user: User, code: str, pk: int) -> StudentCase:
    """A case of the person's own in this edition."""
    student = access.get_student_or_404(user, code)
    return get_object_or_404(student.cases.select_related("student__programme_edition"), pk=pk)


def get_registered_edition_or_404(user: User, code: str) -> ProgrammeEdition:
    """The edition whose register the person keeps."""
    return access.get_programme_edition_or_404(user, code, access.can_register)


def get_managed_edition_or_404(user: User, code: str) -> ProgrammeEdition:
    """The edition whose records the person may read."""
    return access.get_programme_edition_or_404(user, code, access.can_manage)


def get_registered_student_or_404(user: User, code: str, key) -> Student:
    """A student of an edition whose records the person may read."""
    edition = get_managed_edition_or_404(user, code)
    return get_object_or_404(edition.students.select_related("person__country", "programme_edition"), key=key)


def get_student_of_register_or_404(user: User, code: str, key) -> Student:
    """A student of an edition whose register the person keeps."""
    edition = get_registered_edition_or_404(user, code)
    return get_object_or_404(edition.students.select_related("person", "programme_edition"), key=key)


def get_board_or_404(user: User, code: str, pk: int) -> ExaminationBoard:
    """A board of an edition whose register the person keeps."""
    edition = get_registered_edition_or_404(user, code)
    return get_object_or_404(edition.examination_boards.select_related("programme_edition"), pk=pk)


def get_point_or_404(user: User, code: str, board: int, pk: int) -> AgendaItem:
    """A point of such a board."""
    held = get_board_or_404(user, code, board)
    points = held.items.select_related(
        "student__person", "module_enrolment__module__edition__course", "case", "board", "replaces"
    )
    return get_object_or_404(points, pk=pk)


def get_case_or_404(user: User, code: str, pk: int) -> StudentCase:
    """A case of a student in an edition whose register the person keeps."""
    edition = access.get_programme_edition_or_404(user, code, access.can_manage)
    if not access.can_register(user, edition):
        raise Http404
    cases = StudentCase.objects.select_related(
        "student__person", "student__programme_edition", "module_enrolment__module__edition__course"
    )
    return get_object_or_404(cases, pk=pk, student__programme_edition=edition)
