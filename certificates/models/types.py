"""What an award is: its rule, its words, who signs it, and which courses give it."""

from decimal import Decimal

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import Orderable

from certificates.models.designs import Design, Picture
from courses.models import AwardKind


class Rule(models.TextChoices):
    """What must be so before an award is given."""

    COMPLETION = "completion", _("The course is completed")
    GRADE = "grade", _("The course is completed with at least a certain grade")
    ATTENDANCE = "attendance", _("At least a certain share of the sessions was attended")
    HOURS = "hours", _("At least a certain number of hours was attended")
    DECISION = "decision", _("Staff decide, person by person")


# Judged by who was there. The course must be completed too, where it requires anything.
BY_ATTENDANCE = (Rule.ATTENDANCE, Rule.HOURS)


class PaperKind(models.TextChoices):
    """Papers that are numbered, signed and verified like awards, but that no course promises."""

    TRANSCRIPT = "transcript", _("Transcript")
    LETTER = "letter", _("Letter or statement")


class Signatory(models.Model):
    """Somebody in an office, whose name stands under an award while the office is held."""

    name = models.CharField(_("name"), max_length=150)
    position = models.CharField(_("position"), max_length=200)
    positions = models.JSONField(_("position in other languages"), default=dict, blank=True)
    is_active = models.BooleanField(
        _("signs now"), default=True, help_text=_("Take the tick away when the person leaves the office.")
    )
    starts_on = models.DateField(_("in office from"), null=True, blank=True)
    ends_on = models.DateField(
        _("in office until"), null=True, blank=True, help_text=_("The last day. Empty: no end is known.")
    )
    signature = models.ForeignKey(
        Picture,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("picture of the signature"),
    )

    class Meta:
        verbose_name = _("signatory")
        verbose_name_plural = _("signatories")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=models.F("starts_on")),
                name="an_office_ends_after_it_begins",
            )
        ]

    def __str__(self):
        return f"{self.name}, {self.position}"

    def signs_on(self, day):
        """Whether the office is held on this day."""
        begun = self.starts_on is None or self.starts_on <= day
        return self.is_active and begun and (self.ends_on is None or self.ends_on >= day)


class Mark(models.Model):
    """The mark of a partner, a donor or somebody else, as it is printed on awards."""

    name = models.CharField(
        _("name"), max_length=150, unique=True, help_text=_("Read aloud in place of the picture.")
    )
    picture = models.ForeignKey(
        Picture, on_delete=models.PROTECT, related_name="+", verbose_name=_("picture")
    )
    partner = models.ForeignKey(
        "portfolio.Partner",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("partner"),
        help_text=_("Printed by itself on awards of this partner's editions, where the award type says so."),
    )
    donor = models.ForeignKey(
        "portfolio.Donor",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("donor"),
        help_text=_(
            "Printed by itself on awards of projects this donor pays for, where the award type says so."
        ),
    )

    class Meta:
        verbose_name = _("mark")
        verbose_name_plural = _("marks")
        ordering = ["name"]

    def __str__(self):
        return self.name


class AwardTypeQuerySet(models.QuerySet):
    """Selects award types."""

    def in_use(self):
        """Award types that may still be given."""
        return self.filter(retired_at=None)

    def for_courses(self):
        """Award types that courses may give, which papers are not."""
        return self.in_use().exclude(kind__in=PaperKind.values)


class AwardType(ClusterableModel):
    """A kind of award staff define: a rule, words per language, a signatory."""

    name = models.CharField(_("name"), max_length=150, unique=True)
    kind = models.CharField(
        _("kind"),
        max_length=14,
        choices=[*AwardKind.choices, *PaperKind.choices],
        help_text=_(
            "What a course promises to those who complete it; or a paper that no course promises, such as a transcript."
        ),
    )
    rule = models.CharField(_("given when"), max_length=14, choices=Rule, blank=True)
    signatory = models.ForeignKey(
        Signatory,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("signatory"),
    )
    minimum_grade = models.DecimalField(
        _("least grade"),
        max_digits=4,
        decimal_places=3,
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(1)],
        help_text=_(
            "From 0 to 1, of the edition's total: 0.6 means 60 %. Only for awards that ask for a grade."
        ),
    )
    minimum_attendance = models.DecimalField(
        _("least attendance"),
        max_digits=4,
        decimal_places=3,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal("0.001")), MaxValueValidator(1)],
        help_text=_(
            "From 0 to 1, of the time of all sessions: 0.8 means 80 %. Only for awards that ask for a share of the "
            "sessions."
        ),
    )
    minimum_hours = models.DecimalField(
        _("least hours"),
        max_digits=6,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal("0.25"))],
        help_text=_("Of sessions attended. Only for awards that ask for hours."),
    )
    design = models.ForeignKey(
        Design,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="award_types",
        verbose_name=_("design"),
        help_text=_("Empty: the design of the certificate of completion."),
    )
    valid_months = models.PositiveSmallIntegerField(
        _("valid for (months)"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(600)],
        help_text=_("From the day it was earned. Empty: for ever."),
    )
    renewed_by = models.ForeignKey(
        "courses.CoursePage",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("renewed by the course"),
        help_text=_("What holders are pointed to before it expires. Empty: the same course again."),
    )
    number_prefix = models.CharField(
        _("registry numbers begin with"),
        max_length=20,
        default="UNI",
        validators=[
            RegexValidator(
                r"^[A-Z][A-Z0-9]*(-[A-Z][A-Z0-9]*)*$",
                _("Use capital letters and digits, and hyphens between them: UNI or UNI-LLM."),
            )
        ],
        help_text=_("UNI gives UNI-2026-000001. Award types with the same beginning share one series."),
    )
    prints_marks = models.BooleanField(
        _("marks of partners and donors"),
        default=False,
        help_text=_(
            "Print the marks of the edition's partners and of its project's donors beside those chosen here."
        ),
    )
    retired_at = models.DateTimeField(_("retired"), null=True, blank=True, editable=False)

    objects = AwardTypeQuerySet.as_manager()

    class Meta:
        verbose_name = _("award type")
        verbose_name_plural = _("award types")
        ordering = ["name"]

    def __str__(self):
        return self.name

    @property
    def is_paper(self):
        """Whether it is a paper that states facts, such as a transcript, and not an award."""
        return self.kind in PaperKind.values


class Cosignatory(Orderable):
    """Somebody who signs an award beside the first signatory."""

    award_type = ParentalKey(AwardType, on_delete=models.CASCADE, related_name="cosignatories")
    signatory = models.ForeignKey(
        Signatory, on_delete=models.PROTECT, related_name="+", verbose_name=_("signatory")
    )

    class Meta(Orderable.Meta):
        verbose_name = _("further signatory")
        verbose_name_plural = _("further signatories")

    def __str__(self):
        return str(self.signatory)


class AwardMark(Orderable):
    """A mark that every award of a type carries."""

    award_type = ParentalKey(AwardType, on_delete=models.CASCADE, related_name="marks")
    mark = models.ForeignKey(Mark, on_delete=models.PROTECT, related_name="+", verbose_name=_("mark"))

    class Meta(Orderable.Meta):
        verbose_name = _("mark of an award")
        verbose_name_plural = _("marks of awards")

    def __str__(self):
        return str(self.mark)


class AwardWording(models.Model):
    """The words printed on an award in one language."""

    award_type = ParentalKey(AwardType, on_delete=models.CASCADE, related_name="wordings")
    language = models.CharField(_("language"), max_length=12, choices=settings.LANGUAGES)
    title = models.CharField(
        _("title"), max_length=150, help_text=_("For example: Certificate of completion.")
    )
    presented_to = models.CharField(
        _("line above the name"), max_length=150, help_text=_("For example: This is to certify that")
    )
    achievement = models.CharField(
        _("line below the name"),
        max_length=250,
        help_text=_(
            "It leads to the title of the course. For example: has successfully completed the course"
        ),
    )

    class Meta:
        verbose_name = _("wording")
        verbose_name_plural = _("wordings")
        constraints = [
            models.UniqueConstraint(fields=["award_type", "language"], name="one_award_wording_per_language")
        ]

    def __str__(self):
        return f"{self.award_type} ({self.get_language_display()})"


class CourseAward(models.Model):
    """The award a course gives; held on the canonical course."""

    course = models.OneToOneField(
        "courses.CoursePage", on_delete=models.PROTECT, related_name="award", verbose_name=_("course")
    )
    award_type = models.ForeignKey(
        AwardType, on_delete=models.PROTECT, related_name="courses", verbose_name=_("award")
    )
    # Who completed the course before gets it from staff alone: nobody is written to because a setting changed.
    given_since = models.DateTimeField(_("given since"), default=timezone.now)

    class Meta:
        verbose_name = _("award of a course")
        verbose_name_plural = _("awards of courses")

    def __str__(self):
        return f"{self.course} · {self.award_type}"
