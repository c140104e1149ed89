"""A file of questions that waits to be confirmed, and what became of it."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from assessments.models.questions import QuestionBank


class ExchangeFormat(models.TextChoices):
    """How a file of questions is written."""

    GIFT = "gift", "GIFT"
    MOODLE_XML = "moodlexml", "Moodle XML"


class QuestionImport(models.Model):
    """An uploaded file with what was read in it. Confirming it brings in exactly this file, once."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    bank = models.ForeignKey(
        QuestionBank, on_delete=models.CASCADE, related_name="imports", verbose_name=_("bank")
    )
    language = models.CharField(_("language"), max_length=12)
    format = models.CharField(_("format"), max_length=12, choices=ExchangeFormat)
    # Emptied once it was confirmed or has waited too long.
    file = models.FileField(_("file"), upload_to="question-imports/", blank=True)
    name = models.CharField(_("name of the file"), max_length=255)
    sha256 = models.CharField(max_length=64)
    # What the preview shows, one value a question: see `assessments.exchange.preview`.
    lines = models.JSONField(_("what was read"), default=list)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", verbose_name=_("uploaded by")
    )
    created_at = models.DateTimeField(_("uploaded at"), auto_now_add=True)
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True)
    # How many came in and how many were there already, once confirmed.
    brought_in = models.PositiveIntegerField(_("brought in"), null=True, blank=True)
    were_there = models.PositiveIntegerField(_("were there already"), null=True, blank=True)

    class Meta:
        verbose_name = _("question import")
        verbose_name_plural = _("question imports")
        ordering = ["-created_at"]

    def __str__(self):
        return self.name
