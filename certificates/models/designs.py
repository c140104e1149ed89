"""How awards look: designs staff work on, the versions that awards are printed with, and the pictures both need."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Picture(models.Model):
    """A picture printed on papers, known by its content. Kept in the database: few, small, and never to be missing."""

    sha256 = models.CharField(_("SHA-256"), max_length=64, unique=True)
    data = models.BinaryField(_("data"))
    width = models.PositiveIntegerField(_("width"))
    height = models.PositiveIntegerField(_("height"))
    added_at = models.DateTimeField(_("added"), auto_now_add=True)

    class Meta:
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        default_permissions = []

    def __str__(self):
        return f"{self.width} × {self.height} ({self.sha256[:8]})"


class DesignQuerySet(models.QuerySet):
    """Selects designs."""

    def in_use(self):
        """Designs that award types may choose."""
        return self.filter(retired_at=None)


class Design(models.Model):
    """A design staff work on. Awards are printed with its versions, never with the draft."""

    name = models.CharField(_("name"), max_length=100, unique=True)
    # The name under which the system brings it along; empty for designs of the institution's own.
    shipped_as = models.CharField(max_length=30, blank=True, editable=False)
    draft = models.JSONField(_("draft"), default=dict)
    changed_at = models.DateTimeField(_("changed"), auto_now=True)
    retired_at = models.DateTimeField(_("retired"), null=True, blank=True, editable=False)

    objects = DesignQuerySet.as_manager()

    class Meta:
        verbose_name = _("design")
        verbose_name_plural = _("designs")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["shipped_as"], condition=~models.Q(shipped_as=""), name="one_design_per_shipped_name"
            )
        ]

    def __str__(self):
        return self.name


class DesignVersion(models.Model):
    """A design as it was published: what awards are printed with. Never changed."""

    design = models.ForeignKey(Design, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField(_("version"))
    content = models.JSONField(_("content"))
    pictures = models.ManyToManyField(Picture, blank=True, related_name="+")
    published_at = models.DateTimeField(_("published"), auto_now_add=True)
    # Nobody where the system brought it along.
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    note = models.CharField(_("what is new"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("version of a design")
        verbose_name_plural = _("versions of designs")
        ordering = ["-number"]
        default_permissions = ["view"]
        constraints = [
            models.UniqueConstraint(fields=["design", "number"], name="one_number_per_design_version")
        ]

    def __str__(self):
        return _("%(design)s, version %(number)s") % {"design": self.design, "number": self.number}
