"""How an edition weighs its results: categories, and the items in them."""

import uuid

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gradebook.models.scales import GradeScale
from learning.models import H5PActivity
from portfolio.models import Named

# What browsers report of these counts for nothing until staff give it a weight.
FORMATIVE_KINDS = (H5PActivity.KIND,)


class Rounding(models.TextChoices):
    """How the total is rounded before it is shown."""

    NEAREST = "nearest", _("To the nearest")
    DOWN = "down", _("Down")


class MissingRule(models.TextChoices):
    """What counts for work that was due and not handed in."""

    LEFT_OUT = "left_out", _("It is left out until there is a result")
    ZERO = "zero", _("It counts as 0")


class NewResults(models.TextChoices):
    """What happens to the results of an item that is new in the gradebook."""

    SHOWN = "shown", _("Shown to learners at once")
    HELD = "held", _("Hidden until staff release them")


class GradeScheme(models.Model):
    """How one edition grades. An edition without one is graded by the default of `gradebook.plans`."""

    edition = models.OneToOneField(
        "enrolments.Edition", on_delete=models.PROTECT, related_name="grade_scheme"
    )
    scale = models.ForeignKey(
        GradeScale,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="schemes",
        verbose_name=_("scale"),
        help_text=_("How totals are shown. Empty: as a percentage, without a pass mark."),
    )
    decimals = models.PositiveSmallIntegerField(
        _("decimals of the total"), default=0, validators=[MaxValueValidator(2)]
    )
    rounding = models.CharField(_("rounding"), max_length=8, choices=Rounding, default=Rounding.NEAREST)
    missing = models.CharField(
        _("work not handed in by its due date"),
        max_length=8,
        choices=MissingRule,
        default=MissingRule.LEFT_OUT,
    )
    new_results = models.CharField(
        _("results of new items"), max_length=6, choices=NewResults, default=NewResults.SHOWN
    )
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("gradebook")
        verbose_name_plural = _("gradebooks")

    def __str__(self):
        return str(self.edition)


class GradeCategory(Named):
    """Items that are averaged together and share one weight."""

    scheme = models.ForeignKey(GradeScheme, on_delete=models.PROTECT, related_name="categories")
    # Activities of this kind are put here when they are added; empty for a category of staff's own.
    kind = models.CharField(_("kind of activity"), max_length=20, blank=True, editable=False)
    weight = models.DecimalField(
        _("weight"), max_digits=6, decimal_places=2, default=100, validators=[MinValueValidator(0)]
    )
    drop_lowest = models.PositiveSmallIntegerField(
        _("lowest results left out"), default=0, validators=[MaxValueValidator(20)]
    )
    sort_order = models.PositiveIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("category")
        verbose_name_plural = _("categories")
        ordering = ["sort_order", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(weight__gte=0), name="a_category_weighs_nothing_or_more")
        ]

    @property
    def is_formative(self):
        """Whether what is put here by default is reported by browsers."""
        return self.kind in FORMATIVE_KINDS


class GradeItemQuerySet(models.QuerySet):
    """Selects items."""

    def counting(self):
        """Items that stand in the gradebook now."""
        return self.filter(retired_at=None)


class GradeItem(Named):
    """One column: an activity, or something staff grade by hand."""

    name = models.CharField(
        _("name"), max_length=300, blank=True, help_text=_("Empty: the title of the activity.")
    )
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    scheme = models.ForeignKey(GradeScheme, on_delete=models.PROTECT, related_name="items")
    category = models.ForeignKey(
        GradeCategory, on_delete=models.PROTECT, related_name="items", verbose_name=_("category")
    )
    activity = models.ForeignKey(
        "courses.Activity", on_delete=models.PROTECT, null=True, blank=True, related_name="grade_items"
    )
    points = models.DecimalField(
        _("full points"),
        max_digits=6,
        decimal_places=2,
        default=100,
        validators=[MinValueValidator(1)],
        help_text=_("What is typed and shown for a perfect result. It does not change the weight."),
    )
    weight = models.DecimalField(
        _("weight in its category"),
        max_digits=5,
        decimal_places=2,
        default=1,
        validators=[MinValueValidator(0)],
        help_text=_("1 for all items: they count the same. 2 counts twice."),
    )
    extra_credit = models.BooleanField(
        _("extra credit"), default=False, help_text=_("It can only raise the average, never lower it.")
    )
    due_at = models.DateTimeField(_("due"), null=True, blank=True)
    released_at = models.DateTimeField(_("released"), null=True, blank=True, editable=False)
    retired_at = models.DateTimeField(_("left out"), null=True, blank=True, editable=False)
    sort_order = models.PositiveIntegerField(_("order"), default=0)

    objects = GradeItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("graded item")
        verbose_name_plural = _("graded items")
        ordering = ["category__sort_order", "category", "sort_order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["scheme", "activity"], name="one_grade_item_per_activity"),
            models.CheckConstraint(condition=Q(points__gt=0), name="an_item_has_points"),
            models.CheckConstraint(condition=Q(weight__gte=0), name="an_item_weighs_nothing_or_more"),
            models.CheckConstraint(
                condition=~Q(name="") | Q(activity__isnull=False), name="an_item_without_activity_has_a_name"
            ),
        ]

    def name_in(self, language):
        """The name in this language, else in English, else the title of its activity."""
        return super().name_in(language) or (self.activity.title if self.activity else "")
