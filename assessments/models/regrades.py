"""Grading again after the fact: what staff decided about which questions, and what it did to each attempt."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class RegradeAction(models.TextChoices):
    """What can be decided about a question that learners have answered already."""

    NEWEST = "newest", _("Grade it by the key of its newest version")
    DROP = "drop", _("Drop it: it counts for nobody")
    GIVE = "give", _("Give everybody its points")
    OWN = "own", _("Grade it as it was asked (takes an earlier regrade back)")


class Regrade(models.Model):
    """One decision to grade some questions of a quiz anew in some editions. Never changed once it is applied."""

    quiz = models.ForeignKey("assessments.Quiz", on_delete=models.PROTECT, related_name="regrades")
    editions = models.ManyToManyField("enrolments.Edition", related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(_("reason"))
    tell_learners = models.BooleanField(_("tell learners whose score changes"), default=True)
    begun_at = models.DateTimeField(auto_now_add=True)
    applied_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("regrade")
        verbose_name_plural = _("regrades")
        ordering = ["-begun_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["quiz"], condition=Q(applied_at=None), name="one_regrade_of_a_quiz_under_way"
            )
        ]

    def __str__(self):
        return f"{self.quiz} · {self.begun_at:%Y-%m-%d %H:%M}"


class RegradedQuestion(models.Model):
    """What a regrade does to one question."""

    regrade = models.ForeignKey(Regrade, on_delete=models.PROTECT, related_name="questions")
    question = models.ForeignKey("assessments.Question", on_delete=models.PROTECT, related_name="+")
    action = models.CharField(_("decision"), max_length=8, choices=RegradeAction)
    # The version whose key grades it, as it was newest when the decision was taken.
    key_version = models.ForeignKey(
        "assessments.QuestionVersion", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("question regraded")
        verbose_name_plural = _("questions regraded")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["regrade", "question"], name="a_regrade_names_a_question_once"),
            models.CheckConstraint(
                condition=Q(action="newest", key_version__isnull=False)
                | (~Q(action="newest") & Q(key_version=None)),
                name="a_new_key_names_its_version",
            ),
        ]

    def __str__(self):
        return f"{self.question} · {self.get_action_display()}"


class RegradedAttempt(models.Model):
    """What a regrade did to one attempt; written with the change, so that a regrade that was stopped can go on."""

    regrade = models.ForeignKey(Regrade, on_delete=models.PROTECT, related_name="attempts")
    attempt = models.ForeignKey("learning.Attempt", on_delete=models.PROTECT, related_name="regrades")
    before = models.DecimalField(max_digits=4, decimal_places=3, null=True, blank=True)
    after = models.DecimalField(max_digits=4, decimal_places=3, null=True, blank=True)
    regraded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("attempt regraded")
        verbose_name_plural = _("attempts regraded")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["regrade", "attempt"], name="a_regrade_meets_an_attempt_once")
        ]

    def __str__(self):
        return f"{self.attempt} · {self.before} → {self.after}"
