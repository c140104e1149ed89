"""Holding rows until the transaction ends.

One order for everybody: the programme edition, its student, the editions of its modules, their rooms and lecturers,
enrolments in them, and the audit log last. Whoever enrols in several modules holds all of them first: the log is
written once for each.
"""

from collections.abc import Iterable

from accounts.models import User
from enrolments.models import Edition, Enrolment
from enrolments.services import lock_all
from programmes.models import Module, ProgrammeEdition, Student


def lock_programme_edition(programme_edition: ProgrammeEdition) -> ProgrammeEdition:
    """Hold the programme edition, so that its places are counted by one at a time."""
    return ProgrammeEdition.objects.select_for_update(of=["self"]).get(pk=programme_edition.pk)


def lock_student(student: Student) -> Student:
    """Hold the student. Take the lock of the programme edition first where both are needed."""
    held = Student.objects.select_for_update(of=["self"])
    return held.select_related("person", "programme_edition").get(pk=student.pk)


def lock_modules(modules: Iterable[Module], person: User) -> None:
    """Hold the editions of these modules and the person's enrolments in them."""
    editions = [module.edition_id for module in modules]
    # Evaluated for its locks.
    list(Edition.objects.select_for_update(of=["self"]).filter(pk__in=editions).order_by("pk"))
    enrolments = Enrolment.objects.open().of(person).filter(edition__in=editions)
    lock_all(list(enrolments.values_list("pk", flat=True)))
