"""The scales staff define: what a share between 0 and 1 is called."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from portfolio.models import Named, NamedQuerySet

A_SHARE = [MinValueValidator(0), MaxValueValidator(1)]


class ScaleKind(models.TextChoices):
    """What a scale shows."""

    PERCENTAGE = "percentage", _("Percentage")
    POINTS = "points", _("Points")
    LETTERS = "letters", _("Letters")
    PASS_FAIL = "pass_fail", _("Pass or fail")
    BANDS = "bands", _("Distinction bands")


# Kinds that say a word for a share; the others say a number and may add a word.
NAMED_KINDS = (ScaleKind.LETTERS, ScaleKind.PASS_FAIL, ScaleKind.BANDS)


class GradeScaleQuerySet(NamedQuerySet):
    """Selects scales."""

    def in_use(self):
        """Scales an edition may choose."""
        return self.filter(retired_at=None)


class GradeScale(Named, ClusterableModel):
    """A way of saying what a result is worth. Its bands are data; no scale is known to the code."""

    slug = models.SlugField(_("slug"), max_length=40, unique=True)
    kind = models.CharField(_("kind"), max_length=10, choices=ScaleKind, default=ScaleKind.PERCENTAGE)
    maximum = models.DecimalField(
        _("full mark"),
        max_digits=7,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("For a scale in points: what a perfect result is worth, for example 30."),
    )
    pass_from = models.DecimalField(
        _("passed from"),
        max_digits=4,
        decimal_places=3,
        null=True,
        blank=True,
        validators=A_SHARE,
        help_text=_("From 0 to 1: 0.6 means 60 %. Empty: nobody fails on this scale."),
    )
    retired_at = models.DateTimeField(_("retired"), null=True, blank=True, editable=False)

    objects = GradeScaleQuerySet.as_manager()

    class Meta:
        verbose_name = _("grading scale")
        verbose_name_plural = _("grading scales")

    @property
    def names_its_bands(self):
        """Whether it says a word, and not only a number."""
        return self.kind in NAMED_KINDS


class GradeBand(Named):
    """One step of a scale, from a share upwards."""

    scale = ParentalKey(GradeScale, on_delete=models.CASCADE, related_name="bands")
    from_score = models.DecimalField(
        _("from"),
        max_digits=4,
        decimal_places=3,
        validators=A_SHARE,
        help_text=_("The least share that earns it, from 0 to 1: 0.7 means 70 %."),
    )
    counts_as = models.DecimalField(
        _("counts as"),
        max_digits=4,
        decimal_places=3,
        null=True,
        blank=True,
        validators=A_SHARE,
        help_text=_("The share that is kept when staff type this word as a result. Empty: the least share."),
    )

    class Meta:
        verbose_name = _("band")
        verbose_name_plural = _("bands")
        ordering = ["-from_score", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["scale", "from_score"], name="one_band_from_each_share")
        ]

    @property
    def typed_score(self):
        """The share that typing its name stands for."""
        return self.from_score if self.counts_as is None else self.counts_as
