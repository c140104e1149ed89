"""Awards given before this site kept the register: brought in from a spreadsheet, line by line."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from enrolments.models import TableFile


class PastImport(TableFile):
    """A spreadsheet of past awards: looked at first, entered once somebody has confirmed it."""

    class Meta:
        verbose_name = _("import of past awards")
        verbose_name_plural = _("imports of past awards")
        ordering = ["-created_at", "-pk"]
        default_permissions = ["view"]


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
