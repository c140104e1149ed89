"""What people have done. Facts are appended; progress is worked out from them in `learning.progress`."""

from decimal import Decimal

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class AttemptQuerySet(models.QuerySet):
    """Selects attempts."""

    def finished(self):
        """Attempts handed in."""
        return self.filter(finished_at__isnull=False)

    def passed(self, activity):
        """Finished attempts at the activity that reached the pass mark they were taken under."""
        return self.finished().filter(activity=activity, score__gte=models.F("pass_mark"))


class Attempt(models.Model):
    """One go at an activity, of any kind."""

    enrolment = models.ForeignKey("enrolments.Enrolment", on_delete=models.PROTECT, related_name="attempts")
    activity = models.ForeignKey("courses.Activity", on_delete=models.PROTECT, related_name="attempts")
    version = models.ForeignKey(
        "courses.ActivityVersion", on_delete=models.PROTECT, null=True, blank=True, related_name="attempts"
    )
    number = models.PositiveIntegerField(_("number"), default=1)
    language = models.CharField(_("language"), max_length=12)
    started_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    score = models.DecimalField(max_digits=4, decimal_places=3, null=True, blank=True)
    # Copied from the activity, so that raising the bar later fails nobody who had cleared it.
    pass_mark = models.DecimalField(max_digits=4, decimal_places=3)

    objects = AttemptQuerySet.as_manager()

    class Meta:
        verbose_name = _("attempt")
        verbose_name_plural = _("attempts")
        ordering = ["started_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment", "activity"],
                condition=Q(finished_at=None),
                name="one_open_attempt_per_activity",
            ),
            models.UniqueConstraint(fields=["enrolment", "activity", "number"], name="attempts_are_numbered"),
        ]

    def __str__(self):
        return f"{self.enrolment} · {self.activity} · {self.number}"

    @property
    def passed(self):
        """Whether it was handed in and reached the pass mark."""
        return self.finished_at is not None and (self.score or Decimal(0)) >= self.pass_mark


class Completion(models.Model):
    """An activity done, once."""

    enrolment = models.ForeignKey(
        "enrolments.Enrolment", on_delete=models.PROTECT, related_name="completions"
    )
    activity = models.ForeignKey("courses.Activity", on_delete=models.PROTECT, related_name="completions")
    language = models.CharField(_("language"), max_length=12)
    completed_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("completion")
        verbose_name_plural = _("completions")
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "activity"], name="one_completion_per_activity")
        ]

    def __str__(self):
        return f"{self.enrolment} · {self.activity}"


class CourseCompletion(models.Model):
    """A course completed: recorded once and never taken away."""

    enrolment = models.OneToOneField(
        "enrolments.Enrolment", on_delete=models.PROTECT, related_name="course_completion"
    )
    course_version = models.ForeignKey(
        "courses.CourseVersion", on_delete=models.PROTECT, null=True, blank=True, related_name="completions"
    )
    completed_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("course completion")
        verbose_name_plural = _("course completions")

    def __str__(self):
        return f"{self.enrolment} · {self.completed_at:%Y-%m-%d}"
