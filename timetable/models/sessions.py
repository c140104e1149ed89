"""When and where an edition meets. A session keeps the time on the wall with its zone, and the moment in UTC."""

import datetime
import uuid
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from timetable.models.places import Room


class Series(models.Model):
    """Sessions that were scheduled together by a weekly pattern. Each may be moved by itself later."""

    edition = models.ForeignKey("enrolments.Edition", on_delete=models.PROTECT, related_name="session_series")
    title = models.CharField(_("title"), max_length=200)
    # Monday is 1, Sunday is 7, as ISO 8601 counts them: "135".
    weekdays = models.CharField(_("days of the week"), max_length=7)
    every_weeks = models.PositiveSmallIntegerField(_("every … weeks"), default=1)
    first_on = models.DateField(_("from"))
    last_on = models.DateField(_("until (that day included)"))
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("series of sessions")
        verbose_name_plural = _("series of sessions")
        ordering = ["first_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_on__gte=F("first_on")), name="a_series_ends_after_it_starts"
            ),
            models.CheckConstraint(condition=Q(every_weeks__gte=1), name="a_series_comes_at_most_every_week"),
        ]

    def __str__(self):
        return self.title


class SessionQuerySet(models.QuerySet):
    """Selects sessions."""

    def standing(self):
        """Sessions that are held: neither they nor their edition were cancelled."""
        return self.filter(cancelled_at=None, edition__cancelled_at=None)

    def between(self, start, end):
        """Sessions of which some part lies between two moments."""
        return self.filter(starts_at__lt=end, ends_at__gt=start)

    def led_by(self, person):
        """Sessions a person lectures in."""
        return self.filter(lecturers__person=person)

    def in_order(self):
        """As they come."""
        return self.order_by("starts_at", "title", "pk")


class Session(models.Model):
    """One meeting of an edition, or of one of its cohorts: in a room, online, or both at once."""

    edition = models.ForeignKey("enrolments.Edition", on_delete=models.PROTECT, related_name="sessions")
    cohort = models.ForeignKey(
        "enrolments.Cohort",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="sessions",
        verbose_name=_("cohort"),
    )
    series = models.ForeignKey(
        Series, on_delete=models.PROTECT, null=True, blank=True, related_name="sessions"
    )
    # Names the session in calendars for good, whatever becomes of its time and place.
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    title = models.CharField(_("title"), max_length=200)
    notes = models.TextField(_("notes for learners"), blank=True)

    on = models.DateField(_("day"))
    starts = models.TimeField(_("begins at"))
    minutes = models.PositiveSmallIntegerField(_("length in minutes"))
    time_zone = models.CharField(_("time zone"), max_length=64)
    # What the four above mean, written by the service together with them, for comparing and sorting.
    starts_at = models.DateTimeField(editable=False, db_index=True)
    ends_at = models.DateTimeField(editable=False)

    room = models.ForeignKey(
        Room,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="sessions",
        verbose_name=_("room"),
    )
    online_link = models.URLField(_("online link"), max_length=500, blank=True)
    capacity = models.PositiveIntegerField(_("capacity"), null=True, blank=True)

    # How often calendars were given news of it (SEQUENCE of RFC 5545).
    sequence = models.PositiveIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)
    cancelled_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = SessionQuerySet.as_manager()

    class Meta:
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="a_session_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=Q(room__isnull=False) | ~Q(online_link=""), name="a_session_is_somewhere"
            ),
        ]
        indexes = [models.Index(fields=["room", "starts_at"], name="sessions_of_a_room")]

    def __str__(self):
        return f"{self.title} · {self.on.isoformat()} {self.starts:%H:%M}"

    @property
    def zone(self):
        """Where its clock hangs."""
        return ZoneInfo(self.time_zone)

    @property
    def starts_locally(self):
        """The beginning as the clock of the session shows it."""
        return self.starts_at.astimezone(self.zone)

    @property
    def ends_locally(self):
        """The end as the clock of the session shows it."""
        return self.ends_at.astimezone(self.zone)

    @property
    def ends(self):
        """The time on the wall when it ends."""
        return self.ends_locally.time()

    @property
    def hours(self):
        """The hours it requires of everybody expected: its length."""
        return Decimal(self.minutes) / 60

    @property
    def length(self):
        """How long it is."""
        return datetime.timedelta(minutes=self.minutes)

    @property
    def is_cancelled(self):
        """Whether it was called off, by itself or with its edition."""
        return self.cancelled_at is not None or self.edition.cancelled_at is not None


class SessionLecturer(models.Model):
    """Somebody who teaches in a session."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="lecturers")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="sessions_led"
    )

    class Meta:
        verbose_name = _("lecturer of a session")
        verbose_name_plural = _("lecturers of sessions")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["session", "person"], name="once_a_lecturer_of_a_session")
        ]

    def __str__(self):
        return str(self.person)
