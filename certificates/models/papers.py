"""Templates of papers: what letters, statements and transcripts say, language by language."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from certificates.models.types import AwardType


class Purpose(models.TextChoices):
    """What a paper is for; it decides which merge fields its words may have."""

    ADMISSION = "admission", _("Letter of admission")
    VISA = "visa", _("Letter for a visa")
    ENROLMENT = "enrolment", _("Certificate of enrolment")
    TRANSCRIPT = "transcript", _("Transcript of records")
    OTHER = "other", _("Another paper")


class PaperTemplateQuerySet(models.QuerySet):
    """Selects templates of papers."""

    def in_use(self):
        """Those that papers may be issued from."""
        return self.filter(award_type__retired_at=None)

    def serving(self, purpose):
        """Those for a purpose that papers may be issued from, the oldest first."""
        return self.in_use().filter(purpose=purpose).order_by("pk")


class PaperTemplate(models.Model):
    """A paper staff have written; its award type has its number, its signatories and its name in each language."""

    award_type = models.OneToOneField(
        AwardType, on_delete=models.PROTECT, related_name="paper_template", verbose_name=_("award type")
    )
    purpose = models.CharField(_("purpose"), max_length=12, choices=Purpose)

    objects = PaperTemplateQuerySet.as_manager()

    class Meta:
        verbose_name = _("paper")
        verbose_name_plural = _("papers")
        ordering = ["award_type__name"]

    def __str__(self):
        return self.award_type.name


class PaperWording(models.Model):
    """What a paper says in one language, with merge fields in braces."""

    template = models.ForeignKey(PaperTemplate, on_delete=models.CASCADE, related_name="wordings")
    language = models.CharField(_("language"), max_length=12, choices=settings.LANGUAGES)
    subject = models.CharField(_("subject"), max_length=200, blank=True)
    body = models.TextField(_("text"))

    class Meta:
        verbose_name = _("words of a paper")
        verbose_name_plural = _("words of papers")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["template", "language"], name="one_paper_wording_per_language")
        ]

    def __str__(self):
        return f"{self.template} ({self.get_language_display()})"
