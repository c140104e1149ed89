"""Phases, their modules, and the gates between them."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from portfolio.models import Named
from programmes.models.editions import A_SHARE, ProgrammeEdition


class PhaseKind(models.TextChoices):
    """Where and how a phase is taught."""

    ONLINE = "online", _("Online")
    RESIDENTIAL = "residential", _("Residential")
    PROJECT = "project", _("Graduation project")


class Phase(Named):
    """A part of an edition with its own dates."""

    programme_edition = models.ForeignKey(ProgrammeEdition, on_delete=models.CASCADE, related_name="phases")
    kind = models.CharField(_("kind"), max_length=12, choices=PhaseKind)
    position = models.PositiveSmallIntegerField(_("position"))
    starts_on = models.DateField(_("starts on"))
    ends_on = models.DateField(_("ends on (that day included)"))
    electives = models.PositiveSmallIntegerField(
        _("electives to choose"), default=0, help_text=_("How many elective modules each student takes.")
    )
    choose_until = models.DateField(
        _("electives are chosen until (that day included)"),
        null=True,
        blank=True,
        help_text=_("Empty: until the phase ends."),
    )

    class Meta:
        verbose_name = _("phase")
        verbose_name_plural = _("phases")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["programme_edition", "position"], name="one_phase_per_position"),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="a_phase_ends_after_it_starts"
            ),
        ]


class Module(models.Model):
    """A course of a phase with its credits; taught in one edition of that course."""

    phase = models.ForeignKey(Phase, on_delete=models.PROTECT, related_name="modules")
    code = models.CharField(_("code"), max_length=30, help_text=_("As on the transcript: TCJ 501."))
    edition = models.OneToOneField(
        "enrolments.Edition",
        on_delete=models.PROTECT,
        related_name="module",
        verbose_name=_("edition of the course"),
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    credits = models.DecimalField(
        _("credits"), max_digits=5, decimal_places=2, validators=[MinValueValidator(0)]
    )
    hours_taught = models.DecimalField(_("hours taught"), max_digits=6, decimal_places=2, default=0)
    hours_worked = models.DecimalField(_("hours of own work"), max_digits=6, decimal_places=2, default=0)
    is_elective = models.BooleanField(_("elective"), default=False)
    # Weighs in the final result; by default as much as its credits.
    weight = models.DecimalField(_("weight"), max_digits=5, decimal_places=2, null=True, blank=True)
    pass_mark = models.DecimalField(
        _("passed from"),
        max_digits=4,
        decimal_places=3,
        null=True,
        blank=True,
        validators=A_SHARE,
        help_text=_("From 0 to 1. Empty: as the grading scale says."),
    )

    class Meta:
        verbose_name = _("module")
        verbose_name_plural = _("modules")
        ordering = ["phase__position", "position", "pk"]
        constraints = [models.UniqueConstraint(fields=["phase", "code"], name="one_module_per_code")]

    def __str__(self):
        return f"{self.code} {self.edition.course.title}"


class Lecturer(models.Model):
    """Who teaches a module, for a stated time only."""

    module = models.ForeignKey(Module, on_delete=models.CASCADE, related_name="lecturers")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="lectures", verbose_name=_("person")
    )
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until (that day included)"))

    class Meta:
        verbose_name = _("lecturer")
        verbose_name_plural = _("lecturers")
        ordering = ["starts_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="a_lectureship_ends_after_it_starts"
            )
        ]

    def __str__(self):
        return f"{self.person} · {self.module.code}"


class Gate(models.Model):
    """What opens a phase: conditions on what came before, all of them."""

    phase = models.OneToOneField(Phase, on_delete=models.CASCADE, related_name="gate")
    note = models.CharField(
        _("explanation"), max_length=300, blank=True, help_text=_("Shown to students beside the conditions.")
    )

    class Meta:
        verbose_name = _("gate")
        verbose_name_plural = _("gates")

    def __str__(self):
        return str(self.phase)


class GateConditionKind(models.TextChoices):
    """What a condition looks at."""

    MODULES = "modules", _("The compulsory modules of the phase before are passed")
    MODULE = "module", _("A module is passed")
    ATTENDANCE = "attendance", _("Attendance in the phase before")
    DECISION = "decision", _("Staff decide")


class GateCondition(models.Model):
    """One condition of a gate."""

    gate = models.ForeignKey(Gate, on_delete=models.CASCADE, related_name="conditions")
    kind = models.CharField(_("condition"), max_length=10, choices=GateConditionKind)
    module = models.ForeignKey(Module, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    least = models.DecimalField(
        _("least share"),
        max_digits=4,
        decimal_places=3,
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(1)],
    )

    class Meta:
        verbose_name = _("condition of a gate")
        verbose_name_plural = _("conditions of a gate")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind="module") | Q(module__isnull=False),
                name="a_module_condition_names_its_module",
            )
        ]

    def __str__(self):
        return self.get_kind_display()
