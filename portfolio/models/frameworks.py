"""What the teaching is for: dated strategic frameworks with their expected results, and the SDGs."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from portfolio.models.named import Named, NamedQuerySet


class FrameworkQuerySet(NamedQuerySet):
    """Selections of frameworks."""

    def in_order(self):
        """The latest first."""
        return self.order_by("-starts_on", "name")

    def current(self, on=None):
        """Those in force on the day, today unless another is given."""
        on = on or timezone.localdate()
        return self.filter(models.Q(ends_on=None) | models.Q(ends_on__gte=on), starts_on__lte=on)


class Framework(Named, ClusterableModel):
    """The institute's strategy for some years; it ends, and what was taught under it keeps pointing at it."""

    slug = models.SlugField(_("slug"), max_length=40, unique=True, help_text=_("For example 2019-2022."))
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    source = models.TextField(_("source of the wording"), blank=True)

    objects = FrameworkQuerySet.as_manager()

    class Meta:
        verbose_name = _("strategic framework")
        verbose_name_plural = _("strategic frameworks")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on=None) | models.Q(ends_on__gte=models.F("starts_on")),
                name="framework_ends_after_it_starts",
                violation_error_message=_("The last day comes before the first day."),
            )
        ]


class PriorityQuerySet(NamedQuerySet):
    """Selections of priorities."""

    def in_order(self):
        """The latest framework first, then by number."""
        return self.order_by("-framework__starts_on", "framework", "number")

    def current(self, on=None):
        """Those of the frameworks in force on the day."""
        return self.filter(framework__in=Framework.objects.current(on))


class Priority(Named, ClusterableModel):
    """A strategic priority of one framework."""

    framework = ParentalKey(
        Framework, on_delete=models.CASCADE, related_name="priorities", verbose_name=_("framework")
    )
    number = models.PositiveSmallIntegerField(_("number"), validators=[MinValueValidator(1)])

    objects = PriorityQuerySet.as_manager()

    class Meta:
        verbose_name = _("strategic priority")
        verbose_name_plural = _("strategic priorities")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["framework", "number"], name="one_priority_per_number")
        ]

    @property
    def reference(self) -> str:
        """How reports cite it, such as 2019-2022/2. Load `framework` with a list of them."""
        return f"{self.framework.slug}/{self.number}"

    @property
    def numbered_label(self) -> str:
        """The label with its number in front, as the framework prints it."""
        return f"{self.number}. {self.label}"


class ExpectedResultQuerySet(NamedQuerySet):
    """Selections of expected results."""

    def in_order(self):
        """As their frameworks print them, the latest framework first."""
        return self.order_by(
            "-priority__framework__starts_on", "priority__framework", "priority__number", "number"
        )

    def current(self, on=None):
        """Those of the frameworks in force on the day."""
        return self.filter(priority__framework__in=Framework.objects.current(on))


class ExpectedResult(Named):
    """What a priority is expected to bring about; courses say which one they serve."""

    priority = ParentalKey(
        Priority, on_delete=models.CASCADE, related_name="expected_results", verbose_name=_("priority")
    )
    number = models.PositiveSmallIntegerField(_("number"), validators=[MinValueValidator(1)])

    objects = ExpectedResultQuerySet.as_manager()

    class Meta:
        verbose_name = _("expected result")
        verbose_name_plural = _("expected results")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["priority", "number"], name="one_expected_result_per_number")
        ]

    @property
    def reference(self) -> str:
        """How reports cite it, such as 2019-2022/2.1. Load `priority__framework` with a list of them."""
        return f"{self.priority.reference}.{self.number}"


class GoalQuerySet(NamedQuerySet):
    """Selections of goals."""

    def in_order(self):
        """By number."""
        return self.order_by("number")


class SustainableGoal(Named):
    """One of the seventeen Sustainable Development Goals."""

    number = models.PositiveSmallIntegerField(
        _("number"), unique=True, validators=[MinValueValidator(1), MaxValueValidator(17)]
    )

    objects = GoalQuerySet.as_manager()

    class Meta:
        verbose_name = _("Sustainable Development Goal")
        verbose_name_plural = _("Sustainable Development Goals")

    @property
    def numbered_label(self) -> str:
        """The label with its number in front."""
        return f"{self.number}. {self.label}"
