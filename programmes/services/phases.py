"""Opening a phase to a student: entering it enrols into its compulsory modules. What was opened is never shut again."""

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from enrolments.refusals import EnrolmentRefused
from enrolments.services import enrol_by_staff
from foundation.audit import services as audit
from programmes import emails
from programmes.gates import standing_of
from programmes.models import Module, ModuleEnrolment, Phase, Student, StudentEvent
from programmes.refusals import ProgrammeRefused, Refusal
from programmes.services.holding import lock_modules, lock_student
from programmes.signals import phase_opened


def phase_refusal(student: Student, phase: Phase) -> Refusal | None:
    """Why the student cannot enter this phase now, or None. The day on which it starts does not matter here."""
    if not student.is_active:
        return Refusal.NOT_A_STUDENT
    if phase.programme_edition_id != student.programme_edition_id:
        return Refusal.OTHER_EDITION
    if student.programme_edition.cancelled_at:
        return Refusal.CANCELLED
    standing = standing_of(student, phase)
    if not standing.is_reached:
        return Refusal.NOT_REACHED
    return None if standing.passed else Refusal.GATE_SHUT


@transaction.atomic
def open_phase(student: Student, phase: Phase, *, by: User | None = None, reason: str = "") -> bool:
    """Let the student into the phase, or raise ProgrammeRefused. Whether it is new: safe to repeat.

    Without `by` the gate opens by its own rule, which is no deed of anybody's and is kept as an event alone.
    """
    student = lock_student(student)
    if _has_entered(student, phase):
        return False
    if refusal := phase_refusal(student, phase):
        raise ProgrammeRefused(refusal)
    event = enter(student, phase, by=by, reason=reason)
    emails.send_phase_opened(student, phase, event)
    if by:
        after = {"phase": phase.name, "person": student.person.email}
        audit.record(by, "programmes.open_phase", student, reason=reason, after=after)
    return True


def enter(student: Student, phase: Phase, *, by: User | None, reason: str) -> StudentEvent:
    """Enrol into what the phase asks of everybody and note the entry. The student is held by the caller."""
    entered = student.events.filter(kind=StudentEvent.Kind.PHASE_OPENED, phase=phase).first()
    if entered:
        return entered
    compulsory = phase.modules.filter(is_elective=False).select_related("edition__course")
    give_modules(student, compulsory, by=by, reason=reason)
    event = student.events.create(kind=StudentEvent.Kind.PHASE_OPENED, phase=phase, by=by, reason=reason)
    phase_opened.send(sender=Student, student=student, phase=phase)
    return event


def give_modules(student: Student, modules: Iterable[Module], *, by: User | None, reason: str) -> None:
    """Enrol the student into these modules, all or none. The student is held by the caller."""
    modules = list(modules)
    lock_modules(modules, student.person)
    for module in modules:
        try:
            enrolment = enrol_by_staff(
                student.person,
                module.edition,
                by=by,
                reason=reason or _("Student of %(programme)s") % {"programme": student.programme_edition},
                tell=False,
            )
        except EnrolmentRefused as refused:
            raise ProgrammeRefused(Refusal.MODULE, about=str(module), why=str(refused)) from refused
        ModuleEnrolment.objects.get_or_create(
            enrolment=enrolment, defaults={"student": student, "module": module}
        )


def _has_entered(student, phase):
    return student.events.filter(kind=StudentEvent.Kind.PHASE_OPENED, phase=phase).exists()
