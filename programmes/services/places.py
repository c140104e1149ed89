"""Admitting to an edition of a programme, and giving the place back."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from enrolments.refusals import EnrolmentRefused
from enrolments.services import enrol_by_staff, withdraw
from foundation.audit import services as audit
from programmes import emails
from programmes.models import ModuleEnrolment, ProgrammeEdition, Student, StudentEvent
from programmes.refusals import ProgrammeRefused, Refusal
from programmes.selection.capacity import places_by_mode
from programmes.services.holding import lock_modules, lock_programme_edition, lock_student
from programmes.services.phases import enter
from programmes.signals import student_admitted, student_withdrawn
from programmes.today import today_in


def places_left(programme_edition: ProgrammeEdition, mode: str, *, person: User | None = None) -> int | None:
    """How many places are free in a mode, or None when there is no limit.

    An offered place is taken for everybody but the person it is offered to.
    """
    places = places_by_mode(programme_edition, seen_by=person).get(mode)
    return places.free if places else None


def admission_refusal(
    programme_edition: ProgrammeEdition, mode: str, *, person: User | None = None
) -> Refusal | None:
    """Why this person, or anybody, cannot be admitted in this mode now, or None.

    An edition that names no modes takes every mode.
    """
    if programme_edition.cancelled_at:
        return Refusal.CANCELLED
    if today_in(programme_edition) > programme_edition.ends_on:
        return Refusal.ENDED
    if not programme_edition.phases.exists():
        return Refusal.NO_PHASE
    offered = {row.mode for row in programme_edition.modes.all()}
    if offered and mode not in offered:
        return Refusal.NOT_OFFERED
    return Refusal.FULL if places_left(programme_edition, mode, person=person) == 0 else None


@transaction.atomic
def admit(
    person: User, programme_edition: ProgrammeEdition, *, mode: str, by: User | None, reason: str = ""
) -> Student:
    """Give the person a place and enrol into the first phase, or raise ProgrammeRefused. Safe to repeat.

    Who holds a place keeps it as it is. Who gave it back gets it again, with every phase entered before.
    """
    programme_edition = lock_programme_edition(programme_edition)
    student = programme_edition.students.of(person).first()
    if student and student.is_active:
        return student
    if refusal := admission_refusal(programme_edition, mode, person=person):
        raise ProgrammeRefused(refusal)
    student = _place(person, programme_edition, student, mode=mode, by=by, reason=reason)
    student_admitted.send(sender=Student, student=student)
    audit.record(
        by,
        "programmes.admit",
        student,
        reason=reason,
        after={"person": person.email, "edition": programme_edition.code, "mode": mode},
    )
    return student


def _place(person, programme_edition, student, *, mode, by, reason):
    if student:
        student = lock_student(student)
        student.withdrawn_at, student.mode = None, mode
        student.save(update_fields=["withdrawn_at", "mode"])
        event = student.events.create(kind=StudentEvent.Kind.RETURNED, by=by, reason=reason)
        _return_to_modules(student, by=by, reason=reason)
    else:
        student = Student.objects.create(
            programme_edition=programme_edition,
            person=person,
            mode=mode,
            country=person.country,
            gender=person.gender,
            profession=person.profession,
            institution=person.institution,
            seniority=person.seniority,
        )
        event = student.events.create(kind=StudentEvent.Kind.ADMITTED, by=by, reason=reason)
    enter(student, programme_edition.phases.first(), by=by, reason=reason)
    emails.send_admitted(student, event)
    return student


def _return_to_modules(student, *, by, reason):
    """Places in the modules of before come back; those of editions that are over stay as they are."""
    rows = ModuleEnrolment.objects.filter(student=student).select_related("module", "enrolment__edition")
    lock_modules([row.module for row in rows], student.person)
    for row in rows:
        try:
            enrol_by_staff(
                student.person,
                row.enrolment.edition,
                by=by,
                reason=reason or _("Came back to the programme"),
                tell=False,
            )
        except EnrolmentRefused:
            continue


@transaction.atomic
def withdraw_student(student: Student, *, by: User, reason: str) -> None:
    """Give the place back, and those in all modules, with a reason. What was done is kept. Safe to repeat."""
    if not reason.strip():
        raise ProgrammeRefused(Refusal.NO_REASON)
    lock_programme_edition(student.programme_edition)
    student = lock_student(student)
    if not student.is_active:
        return
    rows = ModuleEnrolment.objects.filter(student=student).select_related("module", "enrolment__edition")
    lock_modules([row.module for row in rows], student.person)
    student.withdrawn_at = timezone.now()
    student.save(update_fields=["withdrawn_at"])
    event = student.events.create(kind=StudentEvent.Kind.WITHDRAWN, by=by, reason=reason)
    for row in rows:
        withdraw(row.enrolment, by=by, reason=reason, tell=False)
    student_withdrawn.send(sender=Student, student=student)
    emails.send_withdrawn(student, event)
    audit.record(
        by, "programmes.withdraw", student, reason=reason, before={"active": True}, after={"active": False}
    )
