"""What is taught about, and the professions it is taught to."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from portfolio.models.named import Named, NamedQuerySet


class PositionedQuerySet(NamedQuerySet):
    """Rows that staff put in order by hand."""

    def in_order(self):
        """By position, then by name."""
        return self.order_by("position", "name")


class Theme(Named):
    """A subject of the institute's work, such as asset recovery."""

    slug = models.SlugField(_("slug"), max_length=60, unique=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    objects = PositionedQuerySet.as_manager()

    class Meta:
        verbose_name = _("theme")
        verbose_name_plural = _("themes")


class ProfessionQuerySet(PositionedQuerySet):
    """Selections of professions."""

    def groups(self):
        """The professional groups that reports count by."""
        return self.filter(parent=None)

    def specific(self):
        """The professions inside the groups."""
        return self.exclude(parent=None)


class Profession(Named):
    """A professional group, or a profession inside one."""

    slug = models.SlugField(_("slug"), max_length=60, unique=True)
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="professions",
        verbose_name=_("group"),
        limit_choices_to={"parent": None},
        help_text=_("Leave empty for a group."),
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    objects = ProfessionQuerySet.as_manager()

    class Meta:
        verbose_name = _("profession")
        verbose_name_plural = _("professions")

    @property
    def is_group(self) -> bool:
        """Whether reports count by this row."""
        return self.parent_id is None
