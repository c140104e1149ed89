"""Who was admitted to an edition, and what happened to that place."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Gender, Seniority
from programmes.models.editions import Mode, ProgrammeEdition
from programmes.models.phases import Gate, Module


class StudentQuerySet(models.QuerySet):
    """Selects students."""

    def active(self):
        """Those who hold a place."""
        return self.filter(withdrawn_at=None)

    def of(self, person):
        """What one person is or was."""
        return self.filter(person=person)


class Student(models.Model):
    """One person in one edition of a programme. Their learning hangs off the enrolments in its modules."""

    programme_edition = models.ForeignKey(ProgrammeEdition, on_delete=models.PROTECT, related_name="students")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="studentships"
    )
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    mode = models.CharField(_("mode"), max_length=10, choices=Mode)
    admitted_at = models.DateTimeField(auto_now_add=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    # As the person was on the day; people change, reports must not.
    country = models.ForeignKey(
        "portfolio.Country", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    gender = models.CharField(_("gender"), max_length=12, choices=Gender, blank=True)
    profession = models.ForeignKey(
        "portfolio.Profession", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    institution = models.CharField(_("institution"), max_length=200, blank=True)
    seniority = models.CharField(_("experience"), max_length=12, choices=Seniority, blank=True)

    objects = StudentQuerySet.as_manager()

    class Meta:
        verbose_name = _("student")
        verbose_name_plural = _("students")
        ordering = ["person__last_name", "person__first_name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme_edition", "person"], name="one_student_per_edition_and_person"
            )
        ]

    def __str__(self):
        return f"{self.person} · {self.programme_edition}"

    @property
    def is_active(self):
        """Whether the person holds the place now."""
        return self.withdrawn_at is None


class StudentEvent(models.Model):
    """What happened to a student's place, appended."""

    class Kind(models.TextChoices):
        ADMITTED = "admitted", _("Admitted")
        PHASE_OPENED = "phase_opened", _("Entered a phase")
        ON_LEAVE = "on_leave", _("On leave")
        BACK = "back", _("Back from leave")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        RETURNED = "returned", _("Came back")
        GRADUATED = "graduated", _("Graduated")

    student = models.ForeignKey(Student, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(_("what happened"), max_length=12, choices=Kind)
    phase = models.ForeignKey(
        "programmes.Phase", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    reason = models.CharField(_("reason"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("event of a student")
        verbose_name_plural = _("events of students")
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["student", "phase"],
                condition=Q(kind="phase_opened"),
                name="a_student_enters_a_phase_once",
            )
        ]

    def __str__(self):
        return f"{self.get_kind_display()} · {self.student}"


class ModuleEnrolment(models.Model):
    """A student's place in a module; a second one for the same module is a repetition."""

    student = models.ForeignKey(Student, on_delete=models.PROTECT, related_name="module_enrolments")
    module = models.ForeignKey(Module, on_delete=models.PROTECT, related_name="enrolments")
    enrolment = models.OneToOneField(
        "enrolments.Enrolment", on_delete=models.PROTECT, related_name="module_enrolment"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("enrolment in a module")
        verbose_name_plural = _("enrolments in modules")
        ordering = ["module__phase__position", "module__position", "pk"]

    def __str__(self):
        return f"{self.student} · {self.module.code}"


class GateDecision(models.Model):
    """Staff's word on whether a student may pass a gate; the newest counts."""

    gate = models.ForeignKey(Gate, on_delete=models.PROTECT, related_name="decisions")
    student = models.ForeignKey(Student, on_delete=models.PROTECT, related_name="gate_decisions")
    may_pass = models.BooleanField(_("may pass"))
    reason = models.CharField(_("reason"), max_length=500)
    decided_at = models.DateTimeField(auto_now_add=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("decision at a gate")
        verbose_name_plural = _("decisions at gates")
        ordering = ["decided_at", "pk"]

    def __str__(self):
        return f"{self.student} · {self.gate}"


class GateWaiver(models.Model):
    """A gate opened for one student without its conditions, with a reason."""

    gate = models.ForeignKey(Gate, on_delete=models.PROTECT, related_name="waivers")
    student = models.ForeignKey(Student, on_delete=models.PROTECT, related_name="gate_waivers")
    reason = models.CharField(_("reason"), max_length=500)
    waived_at = models.DateTimeField(auto_now_add=True)
    waived_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("waiver of a gate")
        verbose_name_plural = _("waivers of gates")
        ordering = ["waived_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["gate", "student"], condition=Q(ended_at=None), name="one_waiver_per_gate_and_student"
            )
        ]

    def __str__(self):
        return f"{self.student} · {self.gate}"
