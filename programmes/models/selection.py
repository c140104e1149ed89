"""How a call chooses: its rules and criteria, who assesses what, and the scores."""

from datetime import timedelta
from decimal import Decimal

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from portfolio.models import Named
from portfolio.models.named import check_names
from programmes.models.editions import A_SHARE


class SelectionRules(models.Model):
    """What a call has set for its selection. Whoever changes anything of the selection holds this row first."""

    call = models.OneToOneField("programmes.Call", on_delete=models.PROTECT, related_name="selection")
    assessors_per_application = models.PositiveSmallIntegerField(
        _("assessors for each application"), default=2, validators=[MinValueValidator(1)]
    )
    wide_spread = models.DecimalField(
        _("spread that is flagged"),
        max_digits=4,
        decimal_places=3,
        default=Decimal("0.25"),
        validators=A_SHARE,
        help_text=_(
            "From 0 to 1: 0.25 flags an application when two assessors are 25 points of a hundred apart."
        ),
    )
    days_to_answer = models.PositiveSmallIntegerField(
        _("days to answer an offered place"), default=14, validators=[MinValueValidator(1)]
    )
    grace_minutes = models.PositiveSmallIntegerField(
        _("minutes of grace after a deadline"),
        default=15,
        help_text=_("An answer that comes so much later still counts: connections are slow, clocks differ."),
    )
    days_before_reminder = models.PositiveSmallIntegerField(
        _("days before the deadline when people are reminded"), default=3
    )
    moves_up_until = models.DateField(
        _("the waiting list moves up until"),
        null=True,
        blank=True,
        help_text=_("That day included. Empty: until the edition begins."),
    )
    begins_on_conditions = models.BooleanField(
        _("whoever is admitted on conditions may begin before they are met"),
        default=False,
        help_text=_("Otherwise the place is kept, and the person is enrolled once all conditions are met."),
    )

    shows_sensitive = models.BooleanField(
        _("assessors see documents whose every view is recorded"),
        default=False,
        help_text=_("Passports, diplomas and the like. Otherwise only the committee opens them."),
    )

    class Meta:
        verbose_name = _("rules of a selection")
        verbose_name_plural = _("rules of selections")

    def __str__(self):
        return f"{self.call}"

    @property
    def grace(self) -> timedelta:
        """How much later an answer still counts."""
        return timedelta(minutes=self.grace_minutes)


class CriterionQuerySet(models.QuerySet):
    """Selects criteria."""

    def in_force(self):
        """Those that are scored."""
        return self.filter(retired_at=None)


class Criterion(Named):
    """What is scored, with its points, its weight and guidance in each language."""

    call = models.ForeignKey("programmes.Call", on_delete=models.PROTECT, related_name="criteria")
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    points = models.PositiveSmallIntegerField(_("most points"), default=10, validators=[MinValueValidator(1)])
    weight = models.DecimalField(
        _("weight"),
        max_digits=6,
        decimal_places=2,
        default=1,
        validators=[MinValueValidator(Decimal("0.01"))],
        help_text=_("Beside the others': 60 and 40 count like 3 and 2."),
    )
    guidance = models.TextField(
        _("guidance"), blank=True, help_text=_("What earns many points, and what earns few.")
    )
    guidances = models.JSONField(
        _("guidance in other languages"), default=dict, blank=True, validators=[check_names]
    )
    retired_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = CriterionQuerySet.as_manager()

    class Meta:
        verbose_name = _("criterion")
        verbose_name_plural = _("criteria")
        ordering = ["position", "pk"]

    @property
    def guidance_shown(self) -> str:
        """The guidance in the reader's language, else as it was written first."""
        return self.guidances.get((get_language() or "en").lower()) or self.guidance


class AssessorAssignmentQuerySet(models.QuerySet):
    """Selects who assesses what."""

    def current(self):
        """Those that were neither given back nor taken away."""
        return self.filter(ended_at=None)

    def handed_in(self):
        """Those whose scores are final, the only ones that anybody else sees."""
        return self.current().exclude(handed_in_at=None)


class AssessorAssignment(models.Model):
    """One assessor's part in one application: nothing of the dossier is seen before no conflict is declared."""

    class Ending(models.TextChoices):
        """Why an assignment ended before scores were handed in."""

        CONFLICT = "conflict", _("Conflict of interest")
        TAKEN_AWAY = "taken_away", _("Taken away by the coordinator")

    application = models.ForeignKey(
        "programmes.Application", on_delete=models.PROTECT, related_name="assessor_assignments"
    )
    assessor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="assessor_assignments"
    )
    assigned_at = models.DateTimeField(auto_now_add=True)
    assigned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    declared_at = models.DateTimeField(_("no conflict declared"), null=True, blank=True)
    # Grows with each save: a second tab that shows older scores is told so before it writes over newer ones.
    sequence = models.PositiveIntegerField(default=0)
    comment = models.TextField(_("summary for the committee"), blank=True)
    handed_in_at = models.DateTimeField(_("handed in"), null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ending = models.CharField(_("why it ended"), max_length=12, choices=Ending, blank=True)
    end_reason = models.CharField(_("reason"), max_length=500, blank=True)

    objects = AssessorAssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("assignment of an assessor")
        verbose_name_plural = _("assignments of assessors")
        ordering = ["assigned_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "assessor"],
                condition=Q(ended_at=None),
                name="an_assessor_has_an_application_once",
            ),
            models.CheckConstraint(
                condition=Q(handed_in_at=None) | Q(declared_at__isnull=False),
                name="scores_follow_a_declaration",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ending="") | Q(ended_at__isnull=False) & ~Q(ending=""),
                name="an_assignment_ends_for_a_reason",
            ),
        ]

    def __str__(self):
        return f"{self.assessor} · {self.application}"


class Score(models.Model):
    """What one assessor gave on one criterion: as it was typed, in points."""

    assignment = models.ForeignKey(AssessorAssignment, on_delete=models.PROTECT, related_name="scores")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="scores")
    points = models.DecimalField(_("points"), max_digits=6, decimal_places=2, null=True, blank=True)
    comment = models.TextField(_("comment"), blank=True)
    saved_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("score")
        verbose_name_plural = _("scores")
        ordering = ["criterion__position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["assignment", "criterion"], name="a_criterion_is_scored_once_by_one"
            ),
            models.CheckConstraint(
                condition=Q(points=None) | Q(points__gte=0), name="points_of_a_score_are_not_below_nought"
            ),
        ]

    def __str__(self):
        return f"{self.assignment} · {self.criterion}"
