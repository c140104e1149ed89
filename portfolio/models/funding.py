"""With whose money, with whom and from where we teach."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portfolio.models.frameworks import ExpectedResult
from portfolio.models.named import Named, NamedQuerySet
from portfolio.models.places import Country


class Donor(Named):
    """Who pays: a government, an organization or a foundation."""

    acronym = models.CharField(_("acronym"), max_length=30, blank=True)
    country = models.ForeignKey(
        Country,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("country or area"),
    )

    also_found_by = ("acronym",)

    class Meta:
        verbose_name = _("donor")
        verbose_name_plural = _("donors")
        constraints = [models.UniqueConstraint(fields=["name"], name="one_donor_per_name")]


class Partner(Named):
    """Who teaches with us: a university, a court, a school of the judiciary, another organization."""

    acronym = models.CharField(_("acronym"), max_length=30, blank=True)
    country = models.ForeignKey(
        Country,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("country or area"),
    )
    website = models.URLField(_("website"), blank=True)

    also_found_by = ("acronym",)

    class Meta:
        verbose_name = _("partner")
        verbose_name_plural = _("partners")
        constraints = [models.UniqueConstraint(fields=["name"], name="one_partner_per_name")]


class OfficeKind(models.TextChoices):
    """What an office is to the institute."""

    HEADQUARTERS = "headquarters", _("Headquarters")
    LIAISON = "liaison", _("Liaison office")
    OFFICE = "office", _("Office or centre")


class OfficeQuerySet(NamedQuerySet):
    """Selections of offices."""

    def in_order(self):
        """Headquarters, the liaison office, then the others by name."""
        rank = models.Case(
            models.When(kind=OfficeKind.HEADQUARTERS, then=0),
            models.When(kind=OfficeKind.LIAISON, then=1),
            default=2,
        )
        return self.order_by(rank, "name")


class Office(Named):
    """A place the institute works from; it is named after its city."""

    slug = models.SlugField(_("slug"), max_length=60, unique=True)
    kind = models.CharField(_("kind"), max_length=12, choices=OfficeKind, default=OfficeKind.OFFICE)
    country = models.ForeignKey(
        Country, on_delete=models.PROTECT, related_name="offices", verbose_name=_("country or area")
    )

    objects = OfficeQuerySet.as_manager()

    class Meta:
        verbose_name = _("office")
        verbose_name_plural = _("offices")


class ProjectQuerySet(NamedQuerySet):
    """Selections of projects."""

    def in_order(self):
        """By code."""
        return self.order_by("code")

    def current(self, on=None):
        """Those running on the day, today unless another is given."""
        on = on or timezone.localdate()
        return self.filter(
            models.Q(starts_on=None) | models.Q(starts_on__lte=on),
            models.Q(ends_on=None) | models.Q(ends_on__gte=on),
        )


class Project(Named):
    """Earmarked work with its own budget, under which courses are held."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    donors = models.ManyToManyField(Donor, blank=True, related_name="projects", verbose_name=_("donors"))
    partners = models.ManyToManyField(
        Partner, blank=True, related_name="projects", verbose_name=_("partners")
    )
    expected_results = models.ManyToManyField(
        ExpectedResult, blank=True, related_name="projects", verbose_name=_("expected results")
    )
    starts_on = models.DateField(_("first day"), null=True, blank=True)
    ends_on = models.DateField(_("last day"), null=True, blank=True)

    objects = ProjectQuerySet.as_manager()
    also_found_by = ("code",)

    class Meta:
        verbose_name = _("project")
        verbose_name_plural = _("projects")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(starts_on=None)
                | models.Q(ends_on=None)
                | models.Q(ends_on__gte=models.F("starts_on")),
                name="project_ends_after_it_starts",
                violation_error_message=_("The last day comes before the first day."),
            )
        ]
