"""Awards given to many people at once, as staff asked for it. What is undone is taken up again after a break."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class IssueBatch(models.Model):
    """One time that staff gave an award to people of an edition."""

    edition = models.ForeignKey("enrolments.Edition", on_delete=models.PROTECT, related_name="+")
    award_type = models.ForeignKey("certificates.AwardType", on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(_("reason"), max_length=500)
    started_at = models.DateTimeField(_("started"), auto_now_add=True)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    # When people are told: at once unless staff held the e-mails back.
    told_from = models.DateTimeField(_("e-mails sent from"), null=True, blank=True)

    class Meta:
        verbose_name = _("batch of awards")
        verbose_name_plural = _("batches of awards")
        ordering = ["-started_at"]
        default_permissions = []

    def __str__(self):
        return f"{self.edition}: {self.award_type}"


class IssueItem(models.Model):
    """One person of a batch, and what came of it."""

    batch = models.ForeignKey(IssueBatch, on_delete=models.CASCADE, related_name="items")
    enrolment = models.ForeignKey("enrolments.Enrolment", on_delete=models.PROTECT, related_name="+")
    award = models.ForeignKey(
        "certificates.Award", on_delete=models.PROTECT, null=True, blank=True, related_name="batch_items"
    )
    refusal = models.CharField(_("why not"), max_length=300, blank=True)
    done_at = models.DateTimeField(_("done"), null=True, blank=True)

    class Meta:
        verbose_name = _("person of a batch")
        verbose_name_plural = _("people of a batch")
        ordering = ["pk"]
        default_permissions = []
        constraints = [
            models.UniqueConstraint(fields=["batch", "enrolment"], name="one_item_per_batch_and_enrolment")
        ]

    def __str__(self):
        return str(self.enrolment)
