"""Who is learning what, and when: editions of courses, and the people in them."""

import uuid

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Gender, RoleAssignment, Seniority


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


class ActivitySchedule(models.Model):
    """When one activity opens, is due and closes in one edition: at a moment, or days after a person enrolled."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="schedules")
    activity = models.ForeignKey("courses.Activity", on_delete=models.PROTECT, related_name="schedules")
    opens_at = models.DateTimeField(_("opens"), null=True, blank=True)
    due_at = models.DateTimeField(_("due"), null=True, blank=True)
    closes_at = models.DateTimeField(_("closes"), null=True, blank=True)
    due_after_days = models.PositiveIntegerField(_("due, days after enrolment"), null=True, blank=True)

    class Meta:
        verbose_name = _("activity dates")
        verbose_name_plural = _("activity dates")
        constraints = [
            models.UniqueConstraint(fields=["edition", "activity"], name="one_schedule_per_activity")
        ]

    def __str__(self):
        return f"{self.activity} · {self.edition}"


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
