"""Countries and areas under the names and in the order that the United Nations uses, without ranking them."""

from django.core.validators import RegexValidator
from django.db import models
from django.db.models.functions import Coalesce
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from portfolio.models.named import Named, NamedQuerySet


class Region(Named):
    """A region or sub-region of the United Nations standard M49, used for statistics only."""

    code = models.CharField(_("M49 code"), max_length=3, unique=True, validators=[RegexValidator(r"^\d{3}$")])
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="subregions",
        verbose_name=_("part of"),
    )

    class Meta:
        verbose_name = _("region")
        verbose_name_plural = _("regions")


class CountryStatus(models.TextChoices):
    """How the United Nations lists a country or area."""

    MEMBER = "member", _("Member State")
    OBSERVER = "observer", _("Non-member observer State")
    AREA = "area", _("Country or area for statistics")


class CountryQuerySet(NamedQuerySet):
    """Selections of countries and areas."""

    def in_order(self):
        """In the alphabetical order of the reader's language."""
        language = get_language() or "en"
        return self.order_by(Coalesce(f"un_order__{language}", "un_order__en"), "name")

    def states(self):
        """Member and observer States of the United Nations."""
        return self.filter(status__in=[CountryStatus.MEMBER, CountryStatus.OBSERVER])

    def in_region(self, code: str):
        """Those of a region or a sub-region."""
        return self.filter(models.Q(region__code=code) | models.Q(region__parent__code=code))


class Country(Named):
    """A country or area a person may name as theirs."""

    code = models.CharField(
        _("ISO 3166 code"), max_length=2, unique=True, validators=[RegexValidator(r"^[A-Z]{2}$")]
    )
    status = models.CharField(
        _("listed by the United Nations as"), max_length=8, choices=CountryStatus, default=CountryStatus.AREA
    )
    region = models.ForeignKey(
        Region,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="countries",
        verbose_name=_("region"),
    )
    # A place per language, {"en": 3, "fr": 5}: no database sorts six languages alike.
    un_order = models.JSONField(
        _("alphabetical place, per language"), default=dict, blank=True, editable=False
    )

    objects = CountryQuerySet.as_manager()
    also_found_by = ("code",)

    class Meta:
        verbose_name = _("country or area")
        verbose_name_plural = _("countries and areas")
