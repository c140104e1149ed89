"""What a learner answered."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class QuizAttempt(models.Model):
    """What a quiz adds to an attempt."""

    attempt = models.OneToOneField(
        "learning.Attempt", on_delete=models.PROTECT, primary_key=True, related_name="quiz_attempt"
    )
    # Orders the options the same way each time this attempt is shown.
    seed = models.PositiveIntegerField(_("seed"))

    class Meta:
        verbose_name = _("quiz attempt")
        verbose_name_plural = _("quiz attempts")

    def __str__(self):
        return str(self.attempt)


class Answer(models.Model):
    """The answer to one question of one attempt, as last saved."""

    quiz_attempt = models.ForeignKey(QuizAttempt, on_delete=models.PROTECT, related_name="answers")
    item = models.ForeignKey("assessments.QuizVersionItem", on_delete=models.PROTECT, related_name="answers")
    # The keys of the options chosen.
    response = models.JSONField(_("response"), default=list)
    language = models.CharField(_("language"), max_length=12)
    saved_at = models.DateTimeField()
    # Grows with each save; an older one that arrives late is told apart.
    sequence = models.PositiveIntegerField(_("sequence"), default=1)
    score = models.DecimalField(max_digits=4, decimal_places=3, null=True, blank=True)

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        constraints = [
            models.UniqueConstraint(fields=["quiz_attempt", "item"], name="one_answer_per_question")
        ]

    def __str__(self):
        return f"{self.quiz_attempt} · {self.item_id}"
