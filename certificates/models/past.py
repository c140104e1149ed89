"""Awards given before this site kept the register: brought in from a spreadsheet, line by line."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class PastImport(models.Model):
    """A spreadsheet of past awards: looked at first, entered once somebody has confirmed it."""

    file_name = models.CharField(_("file"), max_length=200)
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    # What the file says, as it was read; emptied when it has been entered: the awards hold it then.
    lines = models.JSONField(_("lines"), default=list)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(_("read"), auto_now_add=True)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    confirmed_at = models.DateTimeField(_("entered"), null=True, blank=True)

    class Meta:
        verbose_name = _("import of past awards")
        verbose_name_plural = _("imports of past awards")
        ordering = ["-created_at", "-pk"]
        default_permissions = ["view"]

    def __str__(self):
        return self.file_name


class PastEntry(models.Model):
    """Where a past award comes from."""

    award = models.OneToOneField("certificates.Award", on_delete=models.PROTECT, related_name="past_entry")
    past_import = models.ForeignKey(PastImport, on_delete=models.PROTECT, related_name="entries")
    line = models.PositiveIntegerField(_("line"))

    class Meta:
        verbose_name = _("entry of a past award")
        verbose_name_plural = _("entries of past awards")
        ordering = ["past_import", "line"]
        default_permissions = []

    def __str__(self):
        return _("%(file)s, line %(line)s") % {"file": self.past_import, "line": self.line}
