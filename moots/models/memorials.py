"""Memorials: handed in once or again until the deadline, never changed; extensions with their reasons."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from assessments.models import KeptFile
from moots.models.teams import Appearance


class Memorial(KeptFile):
    """A memorial as it was handed in. The newest of an appearance counts."""

    appearance = models.ForeignKey(Appearance, on_delete=models.PROTECT, related_name="memorials")
    number = models.PositiveSmallIntegerField(_("number"))
    # When it arrived whole: what the deadline is held against.
    handed_in_at = models.DateTimeField(_("handed in"))
    receipt = models.CharField(_("receipt"), max_length=12, unique=True)
    pages = models.PositiveSmallIntegerField(_("pages"))
    # The same pages without anything in the file that names its authors: what others are given.
    clean_file = models.FileField(_("file without names"), max_length=200)
    clean_size = models.PositiveBigIntegerField(_("size without names"))

    class Meta:
        verbose_name = _("memorial")
        verbose_name_plural = _("memorials")
        ordering = ["appearance", "number"]
        constraints = [
            models.UniqueConstraint(fields=["appearance", "number"], name="memorials_are_numbered")
        ]

    def __str__(self):
        return self.receipt


class Extension(models.Model):
    """A later deadline for one side, and why. The newest counts."""

    appearance = models.ForeignKey(Appearance, on_delete=models.PROTECT, related_name="extensions")
    until = models.DateTimeField(_("until"))
    reason = models.CharField(_("reason"), max_length=500)
    granted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    granted_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("extension")
        verbose_name_plural = _("extensions")
        ordering = ["granted_at", "pk"]

    def __str__(self):
        return f"{self.appearance} · {self.until:%Y-%m-%d %H:%M}"
