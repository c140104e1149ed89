"""By which rules results are reckoned, and what a board confirmed. Results are appended, never edited."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portfolio.models import Named
from programmes.models.editions import A_SHARE, ProgrammeEdition
from programmes.models.students import ModuleEnrolment, Student


class ResitRule(models.TextChoices):
    """Which of several results of one module counts."""

    BEST = "best", _("The best counts")
    LAST = "last", _("The last counts")
    CAPPED = "capped", _("A re-sit counts no more than the pass mark")


class AcademicRules(models.Model):
    """How an edition reckons: what the partner university lays down, as data."""

    programme_edition = models.OneToOneField(
        ProgrammeEdition, on_delete=models.CASCADE, related_name="academic_rules"
    )
    resits_count = models.CharField(
        _("of several results"), max_length=8, choices=ResitRule, default=ResitRule.BEST
    )
    most_attempts = models.PositiveSmallIntegerField(
        _("most attempts at a module"), default=2, validators=[MinValueValidator(1), MaxValueValidator(9)]
    )
    decimals = models.PositiveSmallIntegerField(
        _("decimals of results"),
        default=0,
        validators=[MaxValueValidator(2)],
        help_text=_("Of results and of the average, on the grading scale."),
    )
    days_to_decide = models.PositiveSmallIntegerField(
        _("days to decide a case"),
        default=14,
        validators=[MinValueValidator(1)],
        help_text=_("A case that is older is shown as late."),
    )
    diploma = models.ForeignKey(
        "certificates.AwardType",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("diploma"),
        help_text=_("What is given when a board has awarded the degree."),
    )

    class Meta:
        verbose_name = _("academic rules")
        verbose_name_plural = _("academic rules")

    def __str__(self):
        return str(self.programme_edition)


class ClassificationRule(Named):
    """A class of degree and what it asks for; the first in order that is met is the one."""

    programme_edition = models.ForeignKey(
        ProgrammeEdition, on_delete=models.CASCADE, related_name="classification_rules"
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    least_average = models.DecimalField(
        _("least average"),
        max_digits=4,
        decimal_places=3,
        null=True,
        blank=True,
        validators=A_SHARE,
        help_text=_("From 0 to 1. Empty: any average."),
    )
    least_credits = models.DecimalField(
        _("least credits"),
        max_digits=6,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )
    least_attendance = models.DecimalField(
        _("least attendance"), max_digits=4, decimal_places=3, null=True, blank=True, validators=A_SHARE
    )
    most_resits = models.PositiveSmallIntegerField(
        _("most re-sits"), null=True, blank=True, help_text=_("Empty: any number.")
    )

    class Meta:
        verbose_name = _("class of degree")
        verbose_name_plural = _("classes of degree")
        ordering = ["position", "pk"]


class ModuleOutcome(models.TextChoices):
    """What a result means for the module."""

    PASSED = "passed", _("Passed")
    FAILED = "failed", _("Failed")
    INCOMPLETE = "incomplete", _("Incomplete")
    EXEMPT = "exempt", _("Recognized from elsewhere")


EARNS_CREDITS = (ModuleOutcome.PASSED, ModuleOutcome.EXEMPT)


class ModuleResultQuerySet(models.QuerySet):
    """Selects confirmed results."""

    def standing(self):
        """Those that no later one replaces."""
        return self.filter(replaced_by=None)


class ModuleResult(models.Model):
    """A result as a board confirmed it: locked. A correction is a later result that replaces it."""

    module_enrolment = models.ForeignKey(ModuleEnrolment, on_delete=models.PROTECT, related_name="results")
    attempt = models.PositiveSmallIntegerField(_("attempt"), default=1)
    score = models.DecimalField(
        _("result"), max_digits=9, decimal_places=8, null=True, blank=True, validators=A_SHARE
    )
    outcome = models.CharField(_("outcome"), max_length=10, choices=ModuleOutcome)
    board = models.ForeignKey("programmes.ExaminationBoard", on_delete=models.PROTECT, related_name="results")
    confirmed_at = models.DateTimeField(_("confirmed"))
    note = models.CharField(_("note"), max_length=500, blank=True)
    replaces = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by"
    )

    objects = ModuleResultQuerySet.as_manager()

    class Meta:
        verbose_name = _("result of a module")
        verbose_name_plural = _("results of modules")
        ordering = ["attempt", "confirmed_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(score__isnull=False) | ~Q(outcome="passed"), name="a_passed_module_has_a_result"
            ),
            models.UniqueConstraint(
                fields=["module_enrolment", "attempt"],
                condition=Q(replaces=None),
                name="an_attempt_is_confirmed_once",
            ),
        ]

    def __str__(self):
        return f"{self.module_enrolment} · {self.get_outcome_display()}"


class DegreeDecision(models.Model):
    """Whether the degree is awarded, in which class; frozen with the figures it rests on."""

    student = models.ForeignKey(Student, on_delete=models.PROTECT, related_name="degree_decisions")
    board = models.ForeignKey(
        "programmes.ExaminationBoard", on_delete=models.PROTECT, related_name="degree_decisions"
    )
    is_awarded = models.BooleanField(_("awarded"))
    rule = models.ForeignKey(
        ClassificationRule, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    average = models.DecimalField(_("average"), max_digits=9, decimal_places=8, null=True, blank=True)
    credits = models.DecimalField(_("credits"), max_digits=6, decimal_places=2)
    note = models.CharField(_("note"), max_length=500, blank=True)
    decided_at = models.DateTimeField()
    replaces = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by"
    )

    class Meta:
        verbose_name = _("decision about a degree")
        verbose_name_plural = _("decisions about degrees")
        ordering = ["decided_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["student"], condition=Q(replaces=None), name="one_first_degree_decision_per_student"
            ),
            models.CheckConstraint(
                condition=Q(average=None) | Q(average__gte=0, average__lte=1), name="an_average_is_a_share"
            ),
        ]

    def __str__(self):
        return f"{self.student} · {self.rule or ''}"
