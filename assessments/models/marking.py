"""What markers said of a submission, and what was told to those who handed it in. Facts: appended, never changed."""

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assessments.models.submissions import KeptFile


class Part(models.TextChoices):
    """Whose mark it is."""

    FIRST = "first", _("First marker")
    SECOND = "second", _("Second marker")
    THIRD = "third", _("Third marker")
    AGREED = "agreed", _("Agreed mark")


class MarkingQuerySet(models.QuerySet):
    """Selects markings."""

    def standing(self):
        """Finished ones that no later one takes the place of."""
        return self.filter(finished_at__isnull=False, replaced_by=None)

    def drafts(self):
        """Those that a marker is still at."""
        return self.filter(finished_at=None)


class Marking(models.Model):
    """One marker's view of a submission. A draft until it is finished; then only a new one takes its place."""

    submission = models.ForeignKey(
        "assessments.Submission", on_delete=models.PROTECT, related_name="markings"
    )
    marker = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    part = models.CharField(_("part"), max_length=6, choices=Part)
    begun_at = models.DateTimeField(auto_now_add=True)
    saved_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    # Where no rubric says so.
    points = models.DecimalField(
        _("points"),
        max_digits=6,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )
    # Set when it is finished: 0 to 1.
    score = models.DecimalField(_("score"), max_digits=4, decimal_places=3, null=True, blank=True)
    comment = models.TextField(_("comment"), blank=True)
    replaces = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by"
    )
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    # An agreed mark is proposed by one marker and confirmed by the other.
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)

    objects = MarkingQuerySet.as_manager()

    class Meta:
        verbose_name = _("marking")
        verbose_name_plural = _("markings")
        ordering = ["begun_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "part"],
                condition=Q(replaces=None),
                name="one_marking_per_submission_and_part",
            ),
            models.CheckConstraint(
                condition=Q(finished_at=None, score=None) | Q(finished_at__isnull=False, score__isnull=False),
                name="a_finished_marking_has_a_score",
            ),
        ]

    def __str__(self):
        return f"{self.submission} · {self.get_part_display()}"


class CriterionMark(models.Model):
    """The level a marker chose for one criterion, and what they said of it."""

    marking = models.ForeignKey(Marking, on_delete=models.CASCADE, related_name="criteria")
    # Keys in the version of the rubric that the submission was handed in under.
    criterion = models.CharField(max_length=36)
    level = models.CharField(max_length=36, blank=True)
    comment = models.TextField(_("comment"), blank=True)

    class Meta:
        verbose_name = _("mark for a criterion")
        verbose_name_plural = _("marks for criteria")
        constraints = [
            models.UniqueConstraint(fields=["marking", "criterion"], name="one_mark_per_criterion")
        ]

    def __str__(self):
        return f"{self.marking} · {self.criterion}"


class ReturnedFile(KeptFile):
    """An annotated file that a marker gives back."""

    marking = models.ForeignKey(Marking, on_delete=models.PROTECT, related_name="files")

    class Meta(KeptFile.Meta):
        abstract = False
        verbose_name = _("returned file")
        verbose_name_plural = _("returned files")
        ordering = ["uploaded_at", "pk"]


class ReleasedMark(models.Model):
    """What one member of a submission was told: the mark, what lateness took off, what counts. The newest holds."""

    member = models.ForeignKey(
        "assessments.SubmissionMember", on_delete=models.PROTECT, related_name="released_marks"
    )
    # The marks it was worked out from.
    markings = models.ManyToManyField(Marking, related_name="released_marks")
    mark = models.DecimalField(_("mark"), max_digits=4, decimal_places=3)
    days_late = models.PositiveIntegerField(_("days late"), default=0)
    penalty = models.DecimalField(_("penalty"), max_digits=4, decimal_places=3, default=0)
    score = models.DecimalField(_("score"), max_digits=4, decimal_places=3)
    released_at = models.DateTimeField(auto_now_add=True)
    released_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(_("reason"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("released mark")
        verbose_name_plural = _("released marks")
        ordering = ["released_at", "pk"]

    def __str__(self):
        return f"{self.member} · {self.score}"


class Reopening(models.Model):
    """Staff let a submission be worked on again: who, when and why."""

    submission = models.OneToOneField(
        "assessments.Submission", on_delete=models.PROTECT, related_name="reopening"
    )
    reopened_at = models.DateTimeField(auto_now_add=True)
    reopened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    # The new date it is due, and closes, whatever the activity's dates are.
    until = models.DateTimeField(_("until"))
    reason = models.CharField(_("reason"), max_length=500)

    class Meta:
        verbose_name = _("reopening")
        verbose_name_plural = _("reopenings")

    def __str__(self):
        return str(self.submission)
