"""Awards given: immutable rows with their file. Corrected by a newer award, never edited."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from certificates.models.occasions import OccasionKind


class NumberSeries(models.Model):
    """The last registry number of a series in a year; gap-free, because award and number are reserved together."""

    prefix = models.CharField(_("numbers begin with"), max_length=20, default="UNI")
    year = models.PositiveSmallIntegerField(_("year"))
    last = models.PositiveIntegerField(_("last number"), default=0)

    class Meta:
        verbose_name = _("number series")
        verbose_name_plural = _("number series")
        constraints = [
            models.UniqueConstraint(fields=["prefix", "year"], name="one_series_per_prefix_and_year")
        ]

    def __str__(self):
        return f"{self.prefix}-{self.year}: {self.last}"


class BadgeKey(models.Model):
    """A public key that signed badges; kept for ever, so that they stay verifiable after the key was changed."""

    # Ed25519, in multibase with its multicodec prefix.
    public = models.CharField(_("public key"), max_length=60, unique=True)
    used_since = models.DateTimeField(_("used since"))

    class Meta:
        verbose_name = _("key of badges")
        verbose_name_plural = _("keys of badges")
        ordering = ["pk"]

    def __str__(self):
        return self.public


class AwardQuerySet(models.QuerySet):
    """Selects awards."""

    def of(self, person):
        """Awards of this person, whatever they were given for."""
        return self.filter(Q(enrolment__person=person) | Q(occasion__person=person))

    def void(self):
        """Awards that no longer hold: revoked, or replaced by a newer one."""
        return self.filter(Q(revoked_at__isnull=False) | Q(superseded_at__isnull=False))

    def whole(self):
        """Awards whose file is drawn and stored, or that need none; no other is shown to anybody."""
        return self.filter(stored_at__isnull=False)

    def with_file(self):
        """Awards whose file is kept here: past ones have none, erased ones have it no longer."""
        return self.filter(erasure_asked_at=None).exclude(file="")

    def half_erased(self):
        """Awards whose name is erased and whose file is still to go."""
        return self.filter(erasure_asked_at__isnull=False, erased_at=None)

    def holding(self):
        """Awards that were neither revoked nor replaced."""
        return self.filter(revoked_at=None, superseded_at=None)

    def not_drawn(self):
        """Awards that hold and whose file could not be drawn: staff have to do something."""
        return self.holding().filter(stored_at=None).exclude(drawing_problem="")


class Award(models.Model):
    """One award: a frozen snapshot, its number and code, and the stored file with its hash."""

    # One of the two is what it was given for: the constraint below sees to it.
    enrolment = models.ForeignKey(
        "enrolments.Enrolment", on_delete=models.PROTECT, null=True, blank=True, related_name="awards"
    )
    occasion = models.ForeignKey(
        "certificates.Occasion", on_delete=models.PROTECT, null=True, blank=True, related_name="awards"
    )
    award_type = models.ForeignKey("certificates.AwardType", on_delete=models.PROTECT, related_name="awards")
    course_version = models.ForeignKey(
        "courses.CourseVersion", on_delete=models.PROTECT, null=True, blank=True, related_name="awards"
    )
    # How it is printed; empty for awards issued before there were designs.
    design_version = models.ForeignKey(
        "certificates.DesignVersion", on_delete=models.PROTECT, null=True, blank=True, related_name="awards"
    )
    number = models.CharField(_("registry number"), max_length=40, unique=True)
    code = models.CharField(_("verification code"), max_length=20, unique=True)
    # Everything printed: name, course, hours, dates, wording, signatory, language.
    snapshot = models.JSONField(_("snapshot"))
    issued_at = models.DateTimeField(_("issued"))
    # The last day on which it holds; empty where it holds for ever.
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    stored_at = models.DateTimeField(_("stored"), null=True, blank=True)
    # The paper as it was issued; of a past award the scan of its paper, where one is kept.
    file = models.FileField(_("file"), upload_to="awards", blank=True)
    sha256 = models.CharField(_("SHA-256"), max_length=64, blank=True, db_index=True)
    # Empty for the awards stored before papers were signed.
    signed_with = models.ForeignKey(
        "certificates.SigningCertificate",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="awards",
        verbose_name=_("signed with"),
    )
    # The Open Badge as it was signed, which the file holds too.
    badge = models.TextField(_("badge"), blank=True)
    # While set the person is not written to: staff have held the message back.
    email_held_at = models.DateTimeField(_("e-mail held back"), null=True, blank=True)
    # Why the last try to draw the file failed, in a sentence for staff.
    drawing_problem = models.CharField(_("why it could not be drawn"), max_length=500, blank=True)
    # The same as words and values apart, so that everybody reads it in their language; empty where that is not known.
    drawing_problem_parts = models.JSONField(default=dict, blank=True, editable=False)
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)
    revocation_reason = models.CharField(_("reason"), max_length=500, blank=True)
    # The name goes at once, the file a moment later: a killed process goes on where it stopped.
    erasure_asked_at = models.DateTimeField(_("erasure asked for"), null=True, blank=True)
    erased_at = models.DateTimeField(_("name and file erased"), null=True, blank=True)
    superseded_at = models.DateTimeField(_("replaced"), null=True, blank=True)
    supersedes = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="superseded_by"
    )

    objects = AwardQuerySet.as_manager()

    class Meta:
        verbose_name = _("award")
        verbose_name_plural = _("awards")
        ordering = ["-issued_at", "-number"]
        default_permissions = ["view"]
        constraints = [
            # A revoked award still counts: only staff replace it.
            models.UniqueConstraint(
                fields=["enrolment", "award_type"],
                condition=Q(superseded_at=None),
                name="one_award_per_enrolment_and_type",
            ),
            models.UniqueConstraint(
                fields=["occasion", "award_type"],
                condition=Q(superseded_at=None),
                name="one_award_per_occasion_and_type",
            ),
            models.CheckConstraint(
                condition=Q(enrolment__isnull=False, occasion=None)
                | Q(enrolment=None, occasion__isnull=False),
                name="an_award_is_for_an_enrolment_or_an_occasion",
            ),
        ]

    def __str__(self):
        return self.number

    @property
    def holder(self):
        """The person who holds it; None where a past award was entered for somebody without an account."""
        return self.enrolment.person if self.enrolment_id else self.occasion.person

    @property
    def why_not_drawn(self):
        """Why the last try to draw the file failed, in the language of whoever reads it."""
        parts = self.drawing_problem_parts
        if not parts:
            return self.drawing_problem
        words = gettext(parts["words"])
        return words % parts["values"] if parts["values"] else words

    @property
    def has_file(self):
        """Whether its file is kept here and may be read."""
        return bool(self.file) and self.erasure_asked_at is None

    @property
    def is_past(self):
        """Whether it was entered from the register of the time: its paper was not issued by this site."""
        return self.occasion_id is not None and self.occasion.kind == OccasionKind.PAST

    @property
    def given_for(self):
        """What it was given for, by its title today: the course, or the occasion."""
        return self.enrolment.edition.course.title if self.enrolment_id else str(self.occasion)
