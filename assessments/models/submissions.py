"""What was handed in: a text and files, by one person or by a work group at once."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class KeptFile(models.Model):
    """A file kept in private: its bytes have no address but a checked view's."""

    file = models.FileField(_("file"), max_length=200)
    name = models.CharField(_("name"), max_length=150)
    # A key of assessments.file_types.
    kind = models.CharField(_("type"), max_length=8)
    size = models.PositiveBigIntegerField(_("size"))
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    uploaded_at = models.DateTimeField(auto_now_add=True)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True

    def __str__(self):
        return self.name


class SubmissionQuerySet(models.QuerySet):
    """Selects submissions."""

    def handed_in(self):
        """Those that are no drafts any more."""
        return self.filter(handed_in_at__isnull=False)

    def newest(self):
        """Those that no later one follows, so that a submission reopened is counted once."""
        return self.filter(followed_by=None)


class Submission(models.Model):
    """One paper: a draft until it is handed in, then never changed. Reopening makes another that follows it."""

    assignment = models.ForeignKey(
        "assessments.Assignment", on_delete=models.PROTECT, related_name="submissions"
    )
    edition = models.ForeignKey(
        "enrolments.Edition", on_delete=models.PROTECT, related_name="assignment_submissions"
    )
    # The work group that hands it in together; empty for one person.
    cohort = models.ForeignKey(
        "enrolments.Cohort", on_delete=models.PROTECT, null=True, blank=True, related_name="submissions"
    )
    # What markers see in the place of names.
    code = models.CharField(_("code"), max_length=8)
    follows = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="followed_by"
    )
    begun_at = models.DateTimeField(auto_now_add=True)

    text = models.TextField(_("text"), blank=True)
    language = models.CharField(_("language"), max_length=12)
    # Grows with each save: a device that shows an older text is told so before it writes over a newer one.
    sequence = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField(null=True, blank=True)
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    handed_in_at = models.DateTimeField(null=True, blank=True)
    handed_in_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    # What it was handed in under; a draft follows what is published.
    version = models.ForeignKey(
        "courses.ActivityVersion",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="submissions",
    )

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        verbose_name = _("submission")
        verbose_name_plural = _("submissions")
        ordering = ["handed_in_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["assignment", "cohort"],
                condition=Q(handed_in_at=None),
                name="one_draft_per_assignment_and_group",
            ),
            models.UniqueConstraint(
                fields=["assignment", "code"], name="submission_codes_differ_within_an_assignment"
            ),
            models.CheckConstraint(
                condition=Q(handed_in_at=None, handed_in_by=None, version=None)
                | Q(handed_in_at__isnull=False, handed_in_by__isnull=False, version__isnull=False),
                name="a_submission_is_handed_in_by_somebody_under_a_version",
            ),
        ]

    def __str__(self):
        return f"{self.assignment} · {self.code}"


class SubmissionMember(models.Model):
    """One person's part in a submission: the attempt that it is for them."""

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="members")
    attempt = models.OneToOneField(
        "learning.Attempt", on_delete=models.PROTECT, related_name="submission_member"
    )

    class Meta:
        verbose_name = _("member of a submission")
        verbose_name_plural = _("members of submissions")
        ordering = ["pk"]

    def __str__(self):
        return f"{self.submission} · {self.attempt.enrolment.person}"


class SubmissionFile(KeptFile):
    """A file of a submission."""

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="files")

    class Meta(KeptFile.Meta):
        abstract = False
        verbose_name = _("file of a submission")
        verbose_name_plural = _("files of submissions")
        ordering = ["uploaded_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["submission", "sha256"], name="a_file_is_in_a_submission_once")
        ]


class SubmissionWords(models.Model):
    """The words of a submission as they are compared with others'. Derived, may be made again at any time."""

    submission = models.OneToOneField(
        Submission, on_delete=models.CASCADE, primary_key=True, related_name="words"
    )
    text = models.TextField()
    # Names of files whose words could not be read (PDF, pictures …).
    not_read = models.JSONField(default=list)
    made_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("words of a submission")
        verbose_name_plural = _("words of submissions")

    def __str__(self):
        return str(self.submission)


class Similarity(models.Model):
    """How much two submissions to one assignment share. Derived; `first` has the smaller primary key."""

    first = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="similar_later")
    second = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="similar_earlier")
    # The share of the shorter one's word sequences that the other one has too.
    share = models.DecimalField(_("share"), max_digits=4, decimal_places=3)
    found_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("similarity")
        verbose_name_plural = _("similarities")
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="a_pair_is_compared_once"),
            models.CheckConstraint(condition=Q(first__lt=models.F("second")), name="a_pair_is_in_order"),
        ]

    def __str__(self):
        return f"{self.first} ~ {self.second}"
