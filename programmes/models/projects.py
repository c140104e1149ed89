"""A thesis or project in the place of an examination: topic, supervisor, milestones, examiners, viva, corrections."""

import datetime

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assessments.models.submissions import KeptFile
from portfolio.models import Named
from programmes.models.editions import A_SHARE
from programmes.models.phases import Module
from programmes.models.students import ModuleEnrolment


class ProjectRules(models.Model):
    """That a module is a thesis or project, and by which rules."""

    module = models.OneToOneField(Module, on_delete=models.CASCADE, related_name="project_rules")
    topics_due_on = models.DateField(_("topics are proposed until"))
    hand_in_due_at = models.DateTimeField(_("handed in until"))
    most_megabytes = models.PositiveSmallIntegerField(
        _("largest file, MB"), default=20, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    widest_difference = models.DecimalField(
        _("widest difference between examiners"),
        max_digits=4,
        decimal_places=3,
        default="0.1",
        validators=A_SHARE,
        help_text=_("From 0 to 1. Beyond it the result needs a note that says how it was agreed."),
    )
    corrections_days = models.PositiveSmallIntegerField(_("days for corrections"), default=21)

    class Meta:
        verbose_name = _("rules of a project")
        verbose_name_plural = _("rules of projects")

    def __str__(self):
        return str(self.module)


class ProjectMilestone(Named):
    """A step every project of a module takes by a day."""

    rules = models.ForeignKey(ProjectRules, on_delete=models.CASCADE, related_name="milestones")
    due_on = models.DateField(_("due on"))

    class Meta:
        verbose_name = _("milestone")
        verbose_name_plural = _("milestones")
        ordering = ["due_on", "pk"]


class Project(models.Model):
    """One student's thesis or project."""

    place = models.OneToOneField(ModuleEnrolment, on_delete=models.PROTECT, related_name="project")
    topic = models.CharField(_("topic"), max_length=250)
    outline = models.TextField(_("outline"), max_length=5000)
    proposed_at = models.DateTimeField()
    returned_reason = models.CharField(_("why it was returned"), max_length=1000, blank=True)
    supervisor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="supervised_projects",
        verbose_name=_("supervisor"),
    )
    approved_at = models.DateTimeField(null=True, blank=True)
    viva_at = models.DateTimeField(_("viva"), null=True, blank=True)
    viva_minutes = models.PositiveSmallIntegerField(_("minutes"), default=45)
    viva_place = models.CharField(_("place or link"), max_length=200, blank=True)
    score = models.DecimalField(
        _("result"), max_digits=9, decimal_places=8, null=True, blank=True, validators=A_SHARE
    )
    decision_note = models.TextField(_("note"), max_length=2000, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    corrections = models.TextField(_("corrections asked for"), max_length=5000, blank=True)
    corrections_due_on = models.DateField(_("corrections until"), null=True, blank=True)
    corrections_accepted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("project")
        verbose_name_plural = _("projects")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(approved_at=None) | Q(supervisor__isnull=False),
                name="an_approved_project_has_a_supervisor",
            ),
            models.CheckConstraint(
                condition=Q(decided_at=None) | Q(score__isnull=False), name="a_decided_project_has_a_result"
            ),
        ]

    def __str__(self):
        return self.topic

    @property
    def viva_ends_at(self):
        """When the viva is over; None while none is booked."""
        return self.viva_at and self.viva_at + datetime.timedelta(minutes=self.viva_minutes)

    @property
    def waits_for_corrections(self):
        """Whether corrections were asked for and not accepted yet."""
        return bool(self.corrections) and self.corrections_accepted_at is None


class MilestoneReached(models.Model):
    """That a project has reached a milestone, as its supervisor says."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="reached")
    milestone = models.ForeignKey(ProjectMilestone, on_delete=models.PROTECT, related_name="+")
    note = models.CharField(_("note"), max_length=500, blank=True)
    reached_at = models.DateTimeField()
    said_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("milestone reached")
        verbose_name_plural = _("milestones reached")
        ordering = ["reached_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["project", "milestone"], name="a_milestone_is_reached_once")
        ]

    def __str__(self):
        return str(self.milestone)


class ProjectFile(KeptFile):
    """What was handed in; the newest counts. After corrections another is handed in beside it."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="files")
    is_corrected = models.BooleanField(_("corrected"), default=False)

    class Meta(KeptFile.Meta):
        abstract = False
        verbose_name = _("file of a project")
        verbose_name_plural = _("files of projects")
        ordering = ["uploaded_at", "pk"]


class ProjectExamination(models.Model):
    """One of two examiners on a project; neither sees what the other says before both have handed in."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="examinations")
    examiner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="project_examinations"
    )
    score = models.DecimalField(
        _("result"), max_digits=9, decimal_places=8, null=True, blank=True, validators=A_SHARE
    )
    report = models.TextField(_("report"), max_length=10000, blank=True)
    handed_in_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("examination of a project")
        verbose_name_plural = _("examinations of projects")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "examiner"], name="an_examiner_examines_a_project_once"
            )
        ]

    def __str__(self):
        return f"{self.examiner} · {self.project}"
