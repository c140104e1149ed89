"""A table that was read and waits to be confirmed, whatever its lines are about."""

import datetime

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

# What nobody confirmed is forgotten: it names people.
KEPT = datetime.timedelta(days=2)


class TableFileQuerySet(models.QuerySet):
    """Selects spreadsheets."""

    def left_alone(self):
        """Those that nobody confirmed in time."""
        return self.filter(confirmed_at=None, created_at__lt=timezone.now() - KEPT)


class TableFile(models.Model):
    """A spreadsheet: looked at first, entered once somebody has confirmed it. Subclasses say what it is about."""

    file_name = models.CharField(_("file"), max_length=200)
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    # What the file says, as it was read; emptied when it has been entered: what was made holds it then.
    lines = models.JSONField(_("lines"), default=list)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(_("read"), auto_now_add=True)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    confirmed_at = models.DateTimeField(_("entered"), null=True, blank=True)

    objects = TableFileQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self):
        return self.file_name
