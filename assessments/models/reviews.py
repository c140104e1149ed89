"""A question of a bank before somebody else than its author, who says whether it may be used."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Verdict(models.TextChoices):
    """What became of a question sent for approval."""

    APPROVED = "approved", _("Approved")
    RETURNED = "returned", _("Returned to the author")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class QuestionReview(models.Model):
    """One time a question was sent for approval, as it stood then, and the answer."""

    question = models.ForeignKey("assessments.Question", on_delete=models.CASCADE, related_name="reviews")
    revision = models.ForeignKey(
        "wagtailcore.Revision", on_delete=models.SET_NULL, null=True, related_name="+"
    )
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField(auto_now_add=True)
    message = models.TextField(_("message to the reviewer"), blank=True)
    verdict = models.CharField(_("answer"), max_length=10, choices=Verdict, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    comment = models.TextField(_("comment"), blank=True)

    class Meta:
        verbose_name = _("approval of a question")
        verbose_name_plural = _("approvals of questions")
        ordering = ["-submitted_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["question"],
                condition=models.Q(decided_at=None),
                name="one_open_review_per_question",
            )
        ]

    def __str__(self):
        return f"{self.question} · {self.get_verdict_display() or _('waiting')}"
