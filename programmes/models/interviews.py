"""Interviews: who is invited, the slots, and who booked which."""

import uuid

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class InterviewInvitation(models.Model):
    """An applicant who may book an interview."""

    application = models.OneToOneField(
        "programmes.Application", on_delete=models.PROTECT, related_name="interview_invitation"
    )
    invited_at = models.DateTimeField(auto_now_add=True)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("invitation to an interview")
        verbose_name_plural = _("invitations to interviews")
        ordering = ["invited_at", "pk"]

    def __str__(self):
        return f"{self.application}"


class InterviewSlotQuerySet(models.QuerySet):
    """Selects slots."""

    def standing(self):
        """Those that were not cancelled."""
        return self.filter(cancelled_at=None)


class InterviewSlot(models.Model):
    """A time at which so many applicants can be heard. The moment counts; the zone says how staff wrote it."""

    call = models.ForeignKey("programmes.Call", on_delete=models.PROTECT, related_name="interview_slots")
    starts_at = models.DateTimeField(_("begins"))
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=30, validators=[MinValueValidator(5)])
    time_zone = models.CharField(_("time zone"), max_length=64, default="Europe/Rome")
    capacity = models.PositiveSmallIntegerField(
        _("applicants at a time"), default=1, validators=[MinValueValidator(1)]
    )
    place = models.CharField(_("place"), max_length=200, blank=True)
    link = models.URLField(_("link to the call"), max_length=500, blank=True)
    interviewers = models.ManyToManyField(
        settings.AUTH_USER_MODEL, blank=True, related_name="interview_slots", verbose_name=_("interviewers")
    )
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancel_reason = models.CharField(_("reason"), max_length=500, blank=True)

    objects = InterviewSlotQuerySet.as_manager()

    class Meta:
        verbose_name = _("interview slot")
        verbose_name_plural = _("interview slots")
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(place="", link=""), name="an_interview_has_a_place_or_a_link")
        ]

    def __str__(self):
        return f"{self.starts_at:%Y-%m-%d %H:%M} UTC"


class InterviewBookingQuerySet(models.QuerySet):
    """Selects bookings."""

    def standing(self):
        """Those that were not given up."""
        return self.filter(cancelled_at=None)


class InterviewBooking(models.Model):
    """One applicant in one slot. Moving ends one booking and makes another with the same calendar entry."""

    class Outcome(models.TextChoices):
        """What became of an interview."""

        HELD = "held", _("Held")
        NO_SHOW = "no_show", _("Did not come")

    slot = models.ForeignKey(InterviewSlot, on_delete=models.PROTECT, related_name="bookings")
    application = models.ForeignKey(
        "programmes.Application", on_delete=models.PROTECT, related_name="interview_bookings"
    )
    # Names the entry in calendars: one that moves stays the same entry, in a later version.
    uid = models.UUIDField(default=uuid.uuid4, editable=False)
    sequence = models.PositiveIntegerField(default=0)
    booked_at = models.DateTimeField(auto_now_add=True)
    booked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    cancel_reason = models.CharField(_("reason"), max_length=500, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(_("what became of it"), max_length=8, choices=Outcome, blank=True)
    outcome_at = models.DateTimeField(null=True, blank=True)
    outcome_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    notes = models.TextField(_("notes for the committee"), blank=True)

    objects = InterviewBookingQuerySet.as_manager()

    class Meta:
        verbose_name = _("interview")
        verbose_name_plural = _("interviews")
        ordering = ["slot__starts_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["application"],
                condition=Q(cancelled_at=None) & ~Q(outcome="no_show"),
                name="one_standing_interview_per_application",
            )
        ]

    def __str__(self):
        return f"{self.application} · {self.slot}"
