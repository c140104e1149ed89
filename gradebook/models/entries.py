"""What staff entered by hand: appended, never changed. Each entry names the one it replaces."""

import uuid

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class EntryKind(models.TextChoices):
    """What an entry says."""

    SCORE = "score", _("Result")
    EXCUSED = "excused", _("Excused")
    MISSING = "missing", _("Missing")
    # What the activity gave counts again, or nothing where there is no activity.
    CLEARED = "cleared", _("Cleared")


class EntrySource(models.TextChoices):
    """How it came in."""

    TYPED = "typed", _("Typed")
    PASTED = "pasted", _("Pasted")
    IMPORTED = "imported", _("From a file")
    UNDONE = "undone", _("Undone")


class GradeBatch(models.Model):
    """Many entries confirmed at once, pasted or from a file; its key makes confirming twice harmless."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    scheme = models.ForeignKey("gradebook.GradeScheme", on_delete=models.PROTECT, related_name="batches")
    source = models.CharField(_("source"), max_length=8, choices=EntrySource)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    reason = models.CharField(_("reason"), max_length=250, blank=True)

    class Meta:
        verbose_name = _("batch of results")
        verbose_name_plural = _("batches of results")

    def __str__(self):
        return f"{self.scheme} · {self.at:%Y-%m-%d}"


class GradeEntryQuerySet(models.QuerySet):
    """Selects entries."""

    def newest(self):
        """Those that nothing has replaced: they count."""
        return self.filter(replaced_by=None)


class GradeEntry(models.Model):
    """One thing staff said about one learner and one item."""

    item = models.ForeignKey("gradebook.GradeItem", on_delete=models.PROTECT, related_name="entries")
    enrolment = models.ForeignKey(
        "enrolments.Enrolment", on_delete=models.PROTECT, related_name="grade_entries"
    )
    kind = models.CharField(_("what"), max_length=8, choices=EntryKind)
    # Eight places, so that 17 of 18 points come back as 17.
    score = models.DecimalField(
        max_digits=9,
        decimal_places=8,
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(1)],
    )
    # What the activity gave at that moment: it may be regraded later.
    derived_score = models.DecimalField(max_digits=9, decimal_places=8, null=True, blank=True)
    comment = models.TextField(_("comment for the learner"), blank=True, max_length=4000)
    reason = models.CharField(_("reason"), max_length=250, blank=True)
    source = models.CharField(_("source"), max_length=8, choices=EntrySource, default=EntrySource.TYPED)
    batch = models.ForeignKey(
        GradeBatch, on_delete=models.PROTECT, null=True, blank=True, related_name="entries"
    )
    replaces = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    objects = GradeEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("result entered by staff")
        verbose_name_plural = _("results entered by staff")
        ordering = ["pk"]
        indexes = [models.Index(fields=["enrolment", "item"], name="grade_entry_cell")]
        constraints = [
            models.UniqueConstraint(
                fields=["item", "enrolment"], condition=Q(replaces=None), name="one_first_grade_entry"
            ),
            models.CheckConstraint(
                condition=Q(kind="score", score__isnull=False) | (~Q(kind="score") & Q(score=None)),
                name="a_score_entry_has_a_score",
            ),
            models.CheckConstraint(
                condition=Q(score=None) | Q(score__gte=0, score__lte=1),
                name="a_grade_entry_is_between_0_and_1",
            ),
        ]

    def __str__(self):
        return f"{self.enrolment} · {self.item} · {self.get_kind_display()}"
