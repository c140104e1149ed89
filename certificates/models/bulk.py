"""Issuing to many at once: who asked for it, and what became of each enrolment."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class BulkIssue(models.Model):
    """An order to issue one award to these enrolments. Worked through in the background, one by one."""

    edition = models.ForeignKey("enrolments.Edition", on_delete=models.PROTECT, related_name="bulk_issues")
    award_type = models.ForeignKey(
        "certificates.AwardType", on_delete=models.PROTECT, related_name="bulk_issues"
    )
    reason = models.CharField(_("reason"), max_length=500)
    holds_emails = models.BooleanField(_("hold back the e-mails"), default=False)
    # Sent by the form once; a second click on the same form finds it.
    form_key = models.UUIDField(unique=True, editable=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(_("asked for"), auto_now_add=True)

    class Meta:
        verbose_name = _("bulk issue")
        verbose_name_plural = _("bulk issues")
        ordering = ["-created_at"]

    def __str__(self):
        return f"{self.award_type} · {self.edition}"


class BulkIssueLine(models.Model):
    """One enrolment of the order."""

    bulk_issue = models.ForeignKey(BulkIssue, on_delete=models.CASCADE, related_name="lines")
    enrolment = models.ForeignKey("enrolments.Enrolment", on_delete=models.PROTECT, related_name="+")
    award = models.ForeignKey(
        "certificates.Award", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    refusal = models.CharField(_("why not"), max_length=500, blank=True)
    done_at = models.DateTimeField(_("done"), null=True, blank=True)

    class Meta:
        verbose_name = _("line of a bulk issue")
        verbose_name_plural = _("lines of a bulk issue")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["bulk_issue", "enrolment"], name="one_line_per_enrolment")
        ]

    def __str__(self):
        return str(self.enrolment)
