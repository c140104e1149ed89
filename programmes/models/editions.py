"""One year's delivery of a programme: partners, places, fees and rules. What a partner decides is data, never code."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import RoleAssignment
from portfolio.models import Named

A_SHARE = [MinValueValidator(0), MaxValueValidator(1)]


class Mode(models.TextChoices):
    """How somebody follows a programme."""

    IN_PERSON = "in_person", _("In person")
    ONLINE = "online", _("Online")


class PartnerPart(models.TextChoices):
    """What a partner institution does in an edition."""

    DEGREE_AWARDING = "degree_awarding", _("Awards the degree")
    HOST = "host", _("Hosts the programme")
    TEACHING = "teaching", _("Teaches")
    SUPPORTING = "supporting", _("Supports")


class ProgrammeEditionQuerySet(models.QuerySet):
    """Selects years of programmes."""

    def standing(self):
        """Those that were not cancelled."""
        return self.filter(cancelled_at=None)


class ProgrammeEdition(models.Model):
    """One delivery of a programme, such as the LL.M. of 2026-27 or a winter school of five days."""

    page = models.ForeignKey(
        "courses.ProgrammePage",
        on_delete=models.PROTECT,
        related_name="programme_editions",
        verbose_name=_("programme"),
    )
    code = models.SlugField(
        _("code"),
        max_length=60,
        unique=True,
        help_text=_("Used in addresses. It cannot change once people have applied."),
    )
    name = models.CharField(_("name"), max_length=150, help_text=_("For example: LL.M. 2026-27."))
    starts_on = models.DateField(_("starts on"))
    ends_on = models.DateField(_("ends on (that day included)"))
    time_zone = models.CharField(_("time zone"), max_length=64, default="Europe/Rome")
    language = models.CharField(
        _("language of teaching"), max_length=12, choices=settings.LANGUAGES, default="en"
    )
    # The partner's own credit: 15 hours of teaching and 30 of work, or 25 of work in all.
    credit_name = models.CharField(_("name of the credit unit"), max_length=60, default="credit")
    hours_taught_per_credit = models.DecimalField(
        _("hours taught for a credit"), max_digits=5, decimal_places=2, null=True, blank=True
    )
    hours_worked_per_credit = models.DecimalField(
        _("hours of own work for a credit"), max_digits=5, decimal_places=2, null=True, blank=True
    )
    scale = models.ForeignKey(
        "gradebook.GradeScale",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("grading scale"),
        help_text=_("What results are called on the transcript; its legend is printed there."),
    )
    least_attendance = models.DecimalField(
        _("least attendance"),
        max_digits=4,
        decimal_places=3,
        null=True,
        blank=True,
        validators=A_SHARE,
        help_text=_("From 0 to 1: 0.8 means 80 %. Below it the degree is in danger. Empty: no rule."),
    )
    keeps_refused_files_days = models.PositiveSmallIntegerField(
        _("days for which files of those not admitted are kept"),
        default=180,
        help_text=_("Counted from the day the letters went out; then they are erased, and a report says so."),
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
    copied_from = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    cancelled_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = ProgrammeEditionQuerySet.as_manager()

    class Meta:
        verbose_name = _("programme edition")
        verbose_name_plural = _("programme editions")
        ordering = ["-starts_on", "code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="a_programme_edition_ends_after_it_starts"
            )
        ]

    def __str__(self):
        return self.name

    def clean(self):
        """Say what does not fit together."""
        if self.ends_on and self.starts_on and self.ends_on < self.starts_on:
            raise ValidationError({"ends_on": _("The last day is before the first. Choose a later day.")})


class EditionPartner(models.Model):
    """A partner institution and its part in an edition."""

    programme_edition = models.ForeignKey(ProgrammeEdition, on_delete=models.CASCADE, related_name="partners")
    partner = models.ForeignKey(
        "portfolio.Partner", on_delete=models.PROTECT, related_name="+", verbose_name=_("partner")
    )
    part = models.CharField(_("part"), max_length=16, choices=PartnerPart)

    class Meta:
        verbose_name = _("partner of an edition")
        verbose_name_plural = _("partners of an edition")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme_edition", "partner", "part"], name="a_partner_has_a_part_once"
            )
        ]

    def __str__(self):
        return f"{self.partner} · {self.get_part_display()}"


class ProgrammeMode(models.Model):
    """A way of following an edition, with its places."""

    programme_edition = models.ForeignKey(ProgrammeEdition, on_delete=models.CASCADE, related_name="modes")
    mode = models.CharField(_("mode"), max_length=10, choices=Mode)
    capacity = models.PositiveIntegerField(
        _("places"), null=True, blank=True, help_text=_("Empty for no limit.")
    )

    class Meta:
        verbose_name = _("mode of an edition")
        verbose_name_plural = _("modes of an edition")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["programme_edition", "mode"], name="a_mode_is_offered_once")
        ]

    def __str__(self):
        return f"{self.programme_edition} · {self.get_mode_display()}"


class Fee(models.Model):
    """What an edition costs; a record to be read, nothing is paid here."""

    programme_edition = models.ForeignKey(ProgrammeEdition, on_delete=models.CASCADE, related_name="fees")
    name = models.CharField(_("name"), max_length=150)
    mode = models.CharField(_("mode"), max_length=10, choices=Mode, blank=True)
    amount = models.DecimalField(
        _("amount"), max_digits=10, decimal_places=2, validators=[MinValueValidator(0)]
    )
    currency = models.CharField(_("currency"), max_length=3, default="EUR")
    due_on = models.DateField(_("due on"), null=True, blank=True)

    class Meta:
        verbose_name = _("fee")
        verbose_name_plural = _("fees")
        ordering = ["due_on", "pk"]

    def __str__(self):
        return f"{self.name}: {self.amount} {self.currency}"


class CalendarEntry(Named):
    """A day or some days everybody of an edition should know: a holiday, an exam week, the graduation."""

    programme_edition = models.ForeignKey(ProgrammeEdition, on_delete=models.CASCADE, related_name="calendar")
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until (that day included)"))
    is_free = models.BooleanField(_("no teaching"), default=False)

    class Meta:
        verbose_name = _("calendar entry")
        verbose_name_plural = _("calendar entries")
        ordering = ["starts_on", "pk"]


class ProgrammeRole(RoleAssignment):
    """A role on one programme edition: coordinator, registrar, assessor, tutor."""

    programme_edition = models.ForeignKey(ProgrammeEdition, on_delete=models.PROTECT, related_name="roles")

    class Meta:
        verbose_name = _("programme role")
        verbose_name_plural = _("programme roles")
