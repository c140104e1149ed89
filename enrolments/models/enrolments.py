"""One person in one edition, and what happened to that place."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Gender, Seniority
from enrolments.models.editions import Edition


class EnrolmentQuerySet(models.QuerySet):
    """Selects occasions of learning."""

    def active(self):
        """Enrolments that hold a place now."""
        return self.filter(withdrawn_at=None, closed_at=None)

    def open(self):
        """Enrolments that have not given way to a later occasion; a withdrawn one can be resumed."""
        return self.filter(closed_at=None)

    def of(self, person):
        """Enrolments of one person."""
        return self.filter(person=person)


class Enrolment(models.Model):
    """One person in one edition, on one occasion. Everything they do hangs off it."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="enrolments")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="enrolments")
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    enrolled_at = models.DateTimeField(auto_now_add=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    # Set when the person begins the same edition anew, years later: this occasion is over.
    closed_at = models.DateTimeField(null=True, blank=True)
    language = models.CharField(_("language"), max_length=12)

    # As the person was on the day; people change, reports must not.
    country = models.ForeignKey(
        "portfolio.Country", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    gender = models.CharField(_("gender"), max_length=12, choices=Gender, blank=True)
    profession = models.ForeignKey(
        "portfolio.Profession", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    institution = models.CharField(_("institution"), max_length=200, blank=True)
    seniority = models.CharField(_("experience"), max_length=12, choices=Seniority, blank=True)

    objects = EnrolmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("enrolment")
        verbose_name_plural = _("enrolments")
        ordering = ["-enrolled_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "person"],
                condition=Q(closed_at=None),
                name="one_open_enrolment_per_edition_and_person",
            )
        ]

    def __str__(self):
        return f"{self.person} · {self.edition}"

    @property
    def is_active(self):
        """Whether it holds a place now."""
        return self.withdrawn_at is None and self.closed_at is None


class EnrolmentEvent(models.Model):
    """What happened to an enrolment, appended."""

    class Kind(models.TextChoices):
        ENROLLED = "enrolled", _("Enrolled")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        RETURNED = "returned", _("Came back")
        CLOSED = "closed", _("Closed by a new occasion")

    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(_("what happened"), max_length=10, choices=Kind)
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    reason = models.CharField(_("reason"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("enrolment event")
        verbose_name_plural = _("enrolment events")
        ordering = ["at", "pk"]

    def __str__(self):
        return f"{self.get_kind_display()} · {self.enrolment}"
