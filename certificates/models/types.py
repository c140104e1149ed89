"""What an award is: its rule, its words, who signs it, and which courses give it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from courses.models import AwardKind


class Rule(models.TextChoices):
    """What must be so before an award is given."""

    COMPLETION = "completion", _("The course is completed")


class Signatory(models.Model):
    """Somebody whose name stands under an award."""

    name = models.CharField(_("name"), max_length=150)
    position = models.CharField(_("position"), max_length=200)
    positions = models.JSONField(_("position in other languages"), default=dict, blank=True)
    is_active = models.BooleanField(
        _("signs now"), default=True, help_text=_("Take the tick away when the person leaves the office.")
    )

    class Meta:
        verbose_name = _("signatory")
        verbose_name_plural = _("signatories")
        ordering = ["name"]

    def __str__(self):
        return f"{self.name}, {self.position}"


class AwardTypeQuerySet(models.QuerySet):
    """Selects award types."""

    def in_use(self):
        """Award types that courses may give."""
        return self.filter(retired_at=None)


class AwardType(ClusterableModel):
    """A kind of award staff define: a rule, words per language, a signatory."""

    name = models.CharField(_("name"), max_length=150, unique=True)
    kind = models.CharField(
        _("kind"),
        max_length=14,
        choices=AwardKind,
        help_text=_("What a course promises to those who complete it."),
    )
    rule = models.CharField(_("given when"), max_length=14, choices=Rule, blank=True)
    signatory = models.ForeignKey(
        Signatory,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("signatory"),
    )
    retired_at = models.DateTimeField(_("retired"), null=True, blank=True, editable=False)

    objects = AwardTypeQuerySet.as_manager()

    class Meta:
        verbose_name = _("award type")
        verbose_name_plural = _("award types")
        ordering = ["name"]

    def __str__(self):
        return self.name


class AwardWording(models.Model):
    """The words printed on an award in one language."""

    award_type = ParentalKey(AwardType, on_delete=models.CASCADE, related_name="wordings")
    language = models.CharField(_("language"), max_length=12, choices=settings.LANGUAGES)
    title = models.CharField(
        _("title"), max_length=150, help_text=_("For example: Certificate of completion.")
    )
    presented_to = models.CharField(
        _("line above the name"), max_length=150, help_text=_("For example: This is to certify that")
    )
    achievement = models.CharField(
        _("line below the name"),
        max_length=250,
        help_text=_(
            "It leads to the title of the course. For example: has successfully completed the course"
        ),
    )

    class Meta:
        verbose_name = _("wording")
        verbose_name_plural = _("wordings")
        constraints = [
            models.UniqueConstraint(fields=["award_type", "language"], name="one_award_wording_per_language")
        ]

    def __str__(self):
        return f"{self.award_type} ({self.get_language_display()})"


class CourseAward(models.Model):
    """The award a course gives; held on the canonical course."""

    course = models.OneToOneField(
        "courses.CoursePage", on_delete=models.PROTECT, related_name="award", verbose_name=_("course")
    )
    award_type = models.ForeignKey(
        AwardType, on_delete=models.PROTECT, related_name="courses", verbose_name=_("award")
    )

    class Meta:
        verbose_name = _("award of a course")
        verbose_name_plural = _("awards of courses")

    def __str__(self):
        return f"{self.course} · {self.award_type}"
