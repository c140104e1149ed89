"""Examination boards: who sat, what was before them, what they decided."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from programmes.models.cases import CaseDecision, StudentCase
from programmes.models.editions import A_SHARE, ProgrammeEdition
from programmes.models.records import ClassificationRule, ModuleOutcome, ModuleResult
from programmes.models.students import ModuleEnrolment, Student


class ExaminationBoard(models.Model):
    """A meeting that confirms results and decides about degrees. Closed, it is never changed."""

    programme_edition = models.ForeignKey(
        ProgrammeEdition, on_delete=models.PROTECT, related_name="examination_boards"
    )
    name = models.CharField(_("name"), max_length=150)
    held_on = models.DateField(_("held on"))
    minutes = models.TextField(_("minutes"), blank=True)
    prepared_at = models.DateTimeField(null=True, blank=True, editable=False)
    closed_at = models.DateTimeField(null=True, blank=True, editable=False)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
    )

    class Meta:
        verbose_name = _("examination board")
        verbose_name_plural = _("examination boards")
        ordering = ["-held_on", "-pk"]

    def __str__(self):
        return self.name


class BoardPart(models.TextChoices):
    """What somebody is on a board."""

    CHAIR = "chair", _("Chair")
    MEMBER = "member", _("Member")
    EXTERNAL = "external", _("External examiner")
    SECRETARY = "secretary", _("Secretary")


class BoardMember(models.Model):
    """Somebody who sits on a board; members of a partner need no account."""

    board = models.ForeignKey(ExaminationBoard, on_delete=models.CASCADE, related_name="members")
    name = models.CharField(_("name"), max_length=150)
    part = models.CharField(_("part"), max_length=10, choices=BoardPart, default=BoardPart.MEMBER)
    institution = models.CharField(_("institution"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("member of a board")
        verbose_name_plural = _("members of a board")
        ordering = ["pk"]

    def __str__(self):
        return self.name


class ItemKind(models.TextChoices):
    """What a point of an agenda is about."""

    RESULT = "result", _("Result of a module")
    CASE = "case", _("Case")
    DEGREE = "degree", _("Degree")


class AgendaItemQuerySet(models.QuerySet):
    """Selects points of an agenda."""

    def undecided(self):
        """Those a board has still to decide."""
        return self.filter(decided_at=None)


class AgendaItem(models.Model):
    """One point before a board: what the system proposes, and what the board decided."""

    board = models.ForeignKey(ExaminationBoard, on_delete=models.CASCADE, related_name="items")
    kind = models.CharField(_("about"), max_length=8, choices=ItemKind)
    student = models.ForeignKey(Student, on_delete=models.PROTECT, related_name="+")
    module_enrolment = models.ForeignKey(
        ModuleEnrolment, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    case = models.ForeignKey(
        StudentCase, on_delete=models.PROTECT, null=True, blank=True, related_name="agenda_items"
    )
    attempt = models.PositiveSmallIntegerField(default=1)
    proposed_score = models.DecimalField(max_digits=9, decimal_places=8, null=True, blank=True)
    proposed_outcome = models.CharField(max_length=10, choices=ModuleOutcome, blank=True)
    proposed_rule = models.ForeignKey(
        ClassificationRule, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    # What the board should know: attendance below the threshold, a case that is open …
    concern = models.CharField(_("to be noted"), max_length=500, blank=True)
    # The result it would replace; set for appeals that were granted.
    replaces = models.ForeignKey(
        ModuleResult, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_score = models.DecimalField(
        _("result"), max_digits=9, decimal_places=8, null=True, blank=True, validators=A_SHARE
    )
    decided_outcome = models.CharField(_("outcome"), max_length=10, choices=ModuleOutcome, blank=True)
    decided_case = models.CharField(_("decision"), max_length=9, choices=CaseDecision, blank=True)
    decided_until = models.DateField(_("until (that day included)"), null=True, blank=True)
    decided_rule = models.ForeignKey(
        ClassificationRule,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("class of degree"),
    )
    awards_degree = models.BooleanField(_("the degree is awarded"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=500, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = AgendaItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("point of an agenda")
        verbose_name_plural = _("points of an agenda")
        ordering = ["kind", "student__person__last_name", "student__person__first_name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["board", "module_enrolment", "attempt"],
                condition=Q(kind="result"),
                name="a_result_is_on_an_agenda_once",
            ),
            models.UniqueConstraint(
                fields=["board", "case"], condition=Q(kind="case"), name="a_case_is_on_an_agenda_once"
            ),
            models.UniqueConstraint(
                fields=["board", "student"], condition=Q(kind="degree"), name="a_degree_is_on_an_agenda_once"
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} · {self.student.person}"

    @property
    def proposed_percent(self):
        """The proposed result in per cent."""
        return None if self.proposed_score is None else self.proposed_score * 100

    @property
    def decided_percent(self):
        """The decided result in per cent."""
        return None if self.decided_score is None else self.decided_score * 100

    @property
    def is_decided(self):
        """Whether the board has spoken."""
        return self.decided_at is not None
