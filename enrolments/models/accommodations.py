"""What one person or cohort was granted beyond the dates and limits that hold for everybody."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from enrolments.models.editions import Edition

DATES = ("opens_at", "due_at", "closes_at")
ALLOWANCES = ("extra_time_percent", "extra_minutes", "extra_attempts")
TERMS = (*DATES, *ALLOWANCES)

MOST_PERCENT = 400
MOST_MINUTES = 24 * 60
MOST_ATTEMPTS = 50


def _allowance(label, most, help_text=""):
    """A number of something extra, at least one."""
    return models.PositiveSmallIntegerField(
        label,
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(most)],
        help_text=help_text,
    )


class AccommodationQuerySet(models.QuerySet):
    """Selects what was granted."""

    def current(self):
        """Those that hold now."""
        return self.filter(ended_at=None)

    def reaching(self, enrolment):
        """Those of the enrolment, and of the cohorts it is in now."""
        cohorts = enrolment.cohort_memberships.current().values("cohort")
        return self.filter(Q(enrolment=enrolment) | Q(cohort__in=cohorts))


class Accommodation(models.Model):
    """More time, more attempts or other dates for one enrolment or cohort. It is ended, never changed or deleted."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="accommodations")
    enrolment = models.ForeignKey(
        "enrolments.Enrolment",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="accommodations",
        verbose_name=_("learner"),
    )
    cohort = models.ForeignKey(
        "enrolments.Cohort",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="accommodations",
        verbose_name=_("cohort"),
    )
    activity = models.ForeignKey(
        "courses.Activity",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="accommodations",
        verbose_name=_("activity"),
        help_text=_("Empty for every activity of the edition."),
    )
    extra_time_percent = _allowance(
        _("extra time, per cent"), MOST_PERCENT, _("25 makes 75 minutes of an hour.")
    )
    extra_minutes = _allowance(_("extra minutes"), MOST_MINUTES, _("Added after the percentage."))
    extra_attempts = _allowance(_("extra attempts"), MOST_ATTEMPTS)
    opens_at = models.DateTimeField(_("opens"), null=True, blank=True)
    due_at = models.DateTimeField(_("due"), null=True, blank=True)
    closes_at = models.DateTimeField(_("closes"), null=True, blank=True)
    reason = models.CharField(
        _("reason"), max_length=500, help_text=_("Staff read it. Leave medical details out.")
    )
    granted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    granted_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    ended_reason = models.CharField(_("why it ended"), max_length=500, blank=True)

    objects = AccommodationQuerySet.as_manager()

    class Meta:
        verbose_name = _("accommodation")
        verbose_name_plural = _("accommodations")
        ordering = ["-granted_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(enrolment=None, cohort__isnull=False) | Q(enrolment__isnull=False, cohort=None),
                name="an_accommodation_is_for_a_person_or_a_cohort",
            ),
            models.CheckConstraint(
                condition=~Q(**dict.fromkeys(TERMS)), name="an_accommodation_grants_something"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None) | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="an_accommodation_is_ended_by_somebody",
            ),
        ]

    def __str__(self):
        return f"{self.whose} · {self.activity or self.edition}"

    @property
    def whose(self):
        """The person or the cohort it is for."""
        return self.cohort if self.cohort_id else self.enrolment.person

    @property
    def terms(self):
        """What it grants: the fields that are given, with their values."""
        return {field: value for field in TERMS if (value := getattr(self, field)) is not None}
