"""One delivery of a course, and who works on it."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import RoleAssignment


class Format(models.TextChoices):
    """How an edition is taught."""

    SELF_STUDY = "self_study", _("Self-study")
    TUTORED = "tutored", _("Tutored online")
    BLENDED = "blended", _("Online and in person")


class WayIn(models.TextChoices):
    """How a person gets a place."""

    OPEN = "open", _("Open to everyone")
    KEY = "key", _("With an enrolment key")
    STAFF = "staff", _("Enrolled by staff")


class EditionQuerySet(models.QuerySet):
    """Selects deliveries of courses."""

    def public(self):
        """Editions anyone may see."""
        return self.filter(is_restricted=False, cancelled_at=None)

    def running(self, on):
        """Editions being taught on a day; self-study without an end is always running."""
        return self.filter(starts_on__lte=on, cancelled_at=None).filter(Q(ends_on=None) | Q(ends_on__gte=on))

    def with_places_taken(self):
        """Each with `places_taken`, so that a list asks no further query for the places left."""
        holds_a_place = Q(enrolments__withdrawn_at=None, enrolments__closed_at=None)
        return self.annotate(places_taken=models.Count("enrolments", filter=holds_a_place))


class Edition(models.Model):
    """One delivery of a course. Self-study is an edition without an end."""

    course = models.ForeignKey("courses.CoursePage", on_delete=models.PROTECT, related_name="editions")
    code = models.SlugField(
        _("code"),
        max_length=60,
        unique=True,
        help_text=_("Used in addresses. It cannot change once people have enrolled."),
    )
    name = models.CharField(
        _("name"), max_length=150, blank=True, help_text=_("For example: Spring 2027, Nairobi.")
    )
    format = models.CharField(_("format"), max_length=10, choices=Format, default=Format.SELF_STUDY)
    starts_on = models.DateField(_("starts on"))
    ends_on = models.DateField(_("ends on"), null=True, blank=True)
    enrolment_opens_on = models.DateField(_("enrolment opens on"), null=True, blank=True)
    enrolment_closes_on = models.DateField(
        _("enrolment closes on (that day included)"), null=True, blank=True
    )
    time_zone = models.CharField(_("time zone"), max_length=64, default="Europe/Rome")
    capacity = models.PositiveIntegerField(
        _("places"), null=True, blank=True, help_text=_("Empty for no limit.")
    )
    way_in = models.CharField(_("way in"), max_length=10, choices=WayIn, default=WayIn.OPEN)
    enrolment_key = models.CharField(_("enrolment key"), max_length=60, blank=True)
    is_restricted = models.BooleanField(
        _("restricted"), default=False, help_text=_("Seen only by people enrolled in it and by its staff.")
    )
    country = models.ForeignKey(
        "portfolio.Country",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("country or area"),
    )
    project = models.ForeignKey(
        "portfolio.Project",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("project"),
    )
    expected_results = models.ManyToManyField(
        "portfolio.ExpectedResult", blank=True, related_name="+", verbose_name=_("expected results")
    )
    partners = models.ManyToManyField(
        "portfolio.Partner", blank=True, related_name="+", verbose_name=_("partners")
    )
    copied_from = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    cancelled_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = EditionQuerySet.as_manager()

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        ordering = ["-starts_on", "code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=models.F("starts_on")),
                name="an_edition_ends_after_it_starts",
            )
        ]

    def __str__(self):
        return f"{self.course.title} · {self.name or self.code}"

    def clean(self):
        """Say what does not fit together."""
        if self.ends_on and self.starts_on and self.ends_on < self.starts_on:
            raise ValidationError({"ends_on": _("The last day is before the first. Choose a later day.")})
        if self.way_in == WayIn.KEY and not self.enrolment_key:
            raise ValidationError({"enrolment_key": _("Give a key, or choose another way in.")})


class EditionRole(RoleAssignment):
    """A role on one edition: its tutors, markers, coordinators."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="roles")

    class Meta:
        verbose_name = _("edition role")
        verbose_name_plural = _("edition roles")
