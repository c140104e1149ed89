"""Quizzes: which questions, under which rules."""

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable

from courses.models import Activity, ActivityVersion


class GradingMethod(models.TextChoices):
    """Which of several attempts counts."""

    BEST = "best", _("The best attempt")
    LAST = "last", _("The last attempt")
    FIRST = "first", _("The first attempt")
    MEAN = "mean", _("The mean of all attempts")


class Quiz(Activity):
    """An activity made of questions, graded on the server."""

    KIND = "quiz"
    classroom_template = "assessments/_quiz_in_lesson.html"

    instructions = models.TextField(_("instructions"), blank=True)
    attempts_allowed = models.PositiveSmallIntegerField(
        _("attempts allowed"), default=0, help_text=_("0 for no limit.")
    )
    grading_method = models.CharField(_("what counts"), max_length=5, choices=GradingMethod, default=GradingMethod.BEST)
    shuffle_options = models.BooleanField(_("shuffle the options"), default=True)

    class Meta:
        verbose_name = _("quiz")
        verbose_name_plural = _("quizzes")


class QuizItem(Orderable):
    """One question of a quiz, and what it is worth."""

    quiz = ParentalKey(Quiz, on_delete=models.CASCADE, related_name="items")
    question = models.ForeignKey(
        "assessments.Question", on_delete=models.PROTECT, related_name="quiz_items", verbose_name=_("question")
    )
    points = models.DecimalField(
        _("points"), max_digits=5, decimal_places=2, default=1, validators=[MinValueValidator(0)]
    )


class QuizVersionItem(models.Model):
    """One question version of a published quiz version. Never changed."""

    version = models.ForeignKey(ActivityVersion, on_delete=models.PROTECT, related_name="quiz_items")
    question_version = models.ForeignKey(
        "assessments.QuestionVersion", on_delete=models.PROTECT, related_name="quiz_items"
    )
    points = models.DecimalField(_("points"), max_digits=5, decimal_places=2, default=1)
    sort_order = models.PositiveIntegerField(_("order"))

    class Meta:
        ordering = ["version", "sort_order"]
        constraints = [models.UniqueConstraint(fields=["version", "sort_order"], name="quiz_version_items_are_ordered")]

    def __str__(self):
        return f"{self.version} · {self.sort_order}"
