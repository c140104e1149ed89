"""Choosing elective modules, and leaving one again before any work in it."""

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from accounts.models import User
from enrolments.services import withdraw
from foundation.audit import services as audit
from gradebook.models import GradeEntry
from learning.models import Attempt, Completion
from programmes.models import Module, ModuleEnrolment, Phase, Student, StudentEvent
from programmes.refusals import ProgrammeRefused, Refusal
from programmes.services.holding import lock_modules, lock_student
from programmes.services.phases import give_modules
from programmes.today import today_in
from timetable.models import AttendanceMark

WORK = (Attempt, Completion, AttendanceMark, GradeEntry)


def choice_is_over(phase: Phase) -> bool:
    """Whether the last day for choosing has passed."""
    return today_in(phase.programme_edition) > (phase.choose_until or phase.ends_on)


def chosen_of(student: Student, phase: Phase) -> list[ModuleEnrolment]:
    """The electives of a phase in which the student holds a place."""
    rows = student.module_enrolments.filter(module__phase=phase, module__is_elective=True)
    return list(rows.filter(enrolment__withdrawn_at=None).select_related("module", "enrolment"))


def elective_refusal(student: Student, module: Module) -> Refusal | None:
    """Why the student cannot choose this module now, or None."""
    phase = module.phase
    chosen = {row.module_id for row in chosen_of(student, phase)}
    entered = student.events.filter(kind=StudentEvent.Kind.PHASE_OPENED, phase=phase).exists()
    checks = (
        (Refusal.NOT_A_STUDENT, not student.is_active),
        (Refusal.OTHER_EDITION, phase.programme_edition_id != student.programme_edition_id),
        (Refusal.NOT_ELECTIVE, not module.is_elective),
        (Refusal.PHASE_NOT_OPEN, not entered),
        (Refusal.CHOICE_CLOSED, choice_is_over(phase)),
        (Refusal.ENOUGH, bool(phase.electives) and len(chosen - {module.pk}) >= phase.electives),
    )
    return next((refusal for refusal, stands in checks if stands), None)


@transaction.atomic
def choose_elective(student: Student, module: Module, *, by: User) -> None:
    """Take the elective, or raise ProgrammeRefused. Safe to repeat. Staff may choose after the last day too."""
    student = lock_student(student)
    if module.pk in {row.module_id for row in chosen_of(student, module.phase)}:
        return
    refusal = elective_refusal(student, module)
    if refusal and not (refusal == Refusal.CHOICE_CLOSED and by != student.person):
        raise ProgrammeRefused(refusal)
    give_modules(student, [module], by=by, reason=_("Elective chosen"))
    if by != student.person:
        audit.record(by, "programmes.choose_elective", student, after={"module": module.code})


@transaction.atomic
def leave_elective(student: Student, module: Module, *, by: User) -> None:
    """Give the elective back while it can still be chosen and before any work in it. Safe to repeat.

    With no work in it, no trace is left in the academic record; the history of the enrolment and the audit log stay.
    """
    student = lock_student(student)
    chosen = {row.module_id: row for row in chosen_of(student, module.phase)}
    if module.pk not in chosen:
        return
    lock_modules([module], student.person)
    place = chosen[module.pk]
    enrolment = place.enrolment
    if choice_is_over(module.phase):
        raise ProgrammeRefused(Refusal.CHOICE_CLOSED)
    if any(facts.objects.filter(enrolment=enrolment).exists() for facts in WORK):
        raise ProgrammeRefused(Refusal.BEGUN)
    try:
        place.delete()
    except ProtectedError as held:  # a result, a project or a case
        raise ProgrammeRefused(Refusal.BEGUN) from held
    withdraw(enrolment, by=by, reason=_("Elective left"), tell=False)
