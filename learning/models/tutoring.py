"""Questions to the tutors of an edition, and their answers."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class TutorThread(models.Model):
    """A learner's question to the tutors of an edition, asked from a lesson, seen by nobody else."""

    enrolment = models.ForeignKey(
        "enrolments.Enrolment", on_delete=models.PROTECT, related_name="tutor_threads"
    )
    lesson = models.ForeignKey("courses.LessonPage", on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("question to the tutor")
        verbose_name_plural = _("questions to the tutor")
        ordering = ["-asked_at"]

    def __str__(self):
        return f"{self.enrolment} · {self.lesson}"


class TutorMessage(models.Model):
    """One message of a thread."""

    thread = models.ForeignKey(TutorThread, on_delete=models.PROTECT, related_name="messages")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(_("message"), max_length=4000)
    # Sent by the form once; a second click on the same form finds it.
    form_key = models.UUIDField(unique=True)
    sent_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering = ["sent_at", "pk"]

    def __str__(self):
        return self.text[:60]
