"""Files of applications, their versions, referees with their letters, who looked at what, and what was erased."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from assessments.models import KeptFile
from programmes.models.applications import Application
from programmes.models.calls import WantedDocument
from programmes.models.editions import ProgrammeEdition

OTHER_LANGUAGE = "other"


class DocumentState(models.TextChoices):
    """Where a document of an application stands."""

    MISSING = "missing", _("Missing")
    RECEIVED = "received", _("Received")
    ACCEPTED = "accepted", _("Accepted")
    RETURNED = "returned", _("Returned")


class ApplicationDocument(models.Model):
    """The place of one wanted document in one application; its newest version counts."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="documents")
    wanted = models.ForeignKey(WantedDocument, on_delete=models.PROTECT, related_name="documents")
    # What the applicant says the document is written in: a language of the call, or another one; empty: not said.
    language = models.CharField(_("language of the document"), max_length=12, blank=True)
    current = models.OneToOneField(
        "programmes.DocumentVersion", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("document of an application")
        verbose_name_plural = _("documents of applications")
        ordering = ["wanted__position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "wanted"], name="one_place_per_application_and_document"
            )
        ]

    def __str__(self):
        return f"{self.wanted} · {self.application}"

    @property
    def state(self) -> DocumentState:
        """Where it stands. Load `current` with a list of them."""
        if self.current is None:
            return DocumentState.MISSING
        return DocumentState(self.current.verdict or DocumentState.RECEIVED)


class DocumentVersion(KeptFile):
    """One file for a document. Replacing adds another; this one stays until it is erased."""

    document = models.ForeignKey(ApplicationDocument, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField(_("number"))
    pages = models.PositiveSmallIntegerField(_("pages"), null=True, blank=True)
    verdict = models.CharField(
        _("verdict"),
        max_length=8,
        choices=[(state.value, state.label) for state in (DocumentState.ACCEPTED, DocumentState.RETURNED)],
        blank=True,
    )
    why = models.CharField(_("why"), max_length=1000, blank=True)
    looked_over_at = models.DateTimeField(null=True, blank=True)
    looked_over_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta(KeptFile.Meta):
        abstract = False
        verbose_name = _("version of a document")
        verbose_name_plural = _("versions of documents")
        ordering = ["number"]
        indexes = [models.Index(fields=["sha256"], name="versions_by_sha256")]
        constraints = [
            models.UniqueConstraint(fields=["document", "number"], name="one_version_per_number"),
            models.UniqueConstraint(fields=["document", "sha256"], name="a_file_is_a_version_once"),
        ]


class Recommendation(models.TextChoices):
    """A referee's word in short."""

    STRONG = "strong", _("I recommend the applicant strongly")
    YES = "yes", _("I recommend the applicant")
    RESERVED = "reserved", _("I recommend the applicant with reservations")
    NO = "no", _("I do not recommend the applicant")


class RefereeQuerySet(models.QuerySet):
    """Selects referees."""

    def standing(self):
        """Those whose link was not taken back."""
        return self.filter(revoked_at=None)


class Referee(models.Model):
    """Somebody an applicant names; answers by a private link and has no account. The applicant never sees what."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="referees")
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=150)
    email = models.EmailField(_("e-mail address"))
    institution = models.CharField(_("position and institution"), max_length=200, blank=True)
    relation = models.CharField(_("how this person knows you"), max_length=200, blank=True)
    language = models.CharField(
        _("language of the invitation"), max_length=12, choices=settings.LANGUAGES, default="en"
    )
    # Grows with each link; only the newest one opens.
    link = models.PositiveSmallIntegerField(default=0)
    named_at = models.DateTimeField(auto_now_add=True)
    invited_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    declined_at = models.DateTimeField(null=True, blank=True)
    recommendation = models.CharField(_("recommendation"), max_length=8, choices=Recommendation, blank=True)
    comments = models.TextField(_("in your own words"), blank=True)

    objects = RefereeQuerySet.as_manager()

    class Meta:
        verbose_name = _("referee")
        verbose_name_plural = _("referees")
        ordering = ["named_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "email"],
                condition=models.Q(revoked_at=None),
                name="a_referee_is_named_once",
            )
        ]

    def __str__(self):
        return self.name


class RefereeLetter(KeptFile):
    """A referee's letter. The referee has no account, so nobody is named as the one who uploaded it."""

    uploaded_by = None
    referee = models.ForeignKey(Referee, on_delete=models.PROTECT, related_name="letters")
    pages = models.PositiveSmallIntegerField(_("pages"), null=True, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta(KeptFile.Meta):
        abstract = False
        verbose_name = _("letter of a referee")
        verbose_name_plural = _("letters of referees")
        ordering = ["uploaded_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["referee", "sha256"], name="a_letter_is_there_once")]


class FileView(models.Model):
    """Somebody looked at a file of an application; appended, never changed."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="file_views")
    version = models.ForeignKey(
        DocumentVersion, on_delete=models.PROTECT, null=True, blank=True, related_name="views"
    )
    letter = models.ForeignKey(
        RefereeLetter, on_delete=models.PROTECT, null=True, blank=True, related_name="views"
    )
    # Part of a printed dossier rather than opened alone.
    in_dossier = models.BooleanField(_("in a printed dossier"), default=False)
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("view of a file")
        verbose_name_plural = _("views of files")
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(version__isnull=False, letter=None)
                | models.Q(version=None, letter__isnull=False),
                name="a_view_is_of_one_file",
            )
        ]

    def __str__(self):
        return f"{self.by} · {self.version or self.letter}"


class PartialUpload(models.Model):
    """A file on its way in parts over a bad link; gone once it has arrived or been forgotten."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="partial_uploads")
    wanted = models.ForeignKey(WantedDocument, on_delete=models.CASCADE, related_name="+")
    # Chosen by the browser, so that asking twice begins once.
    key = models.UUIDField()
    name = models.CharField(max_length=150)
    size = models.PositiveBigIntegerField()
    begun_at = models.DateTimeField(auto_now_add=True)
    # What became of it; the answer to a browser that never heard it.
    version = models.ForeignKey(
        DocumentVersion, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("upload in parts")
        verbose_name_plural = _("uploads in parts")
        ordering = ["begun_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["application", "key"], name="an_upload_begins_once")]

    def __str__(self):
        return self.name


class UploadPart(models.Model):
    """Some bytes of a file on its way."""

    upload = models.ForeignKey(PartialUpload, on_delete=models.CASCADE, related_name="parts")
    offset = models.PositiveBigIntegerField()
    size = models.PositiveIntegerField()
    file = models.FileField(max_length=200)

    class Meta:
        verbose_name = _("part of an upload")
        verbose_name_plural = _("parts of uploads")
        ordering = ["offset"]
        constraints = [models.UniqueConstraint(fields=["upload", "offset"], name="a_part_arrives_once")]

    def __str__(self):
        return f"{self.upload} · {self.offset}"


class ErasureReport(models.Model):
    """One erasure of files of an edition's applications; what it erased proves it."""

    programme_edition = models.ForeignKey(ProgrammeEdition, on_delete=models.PROTECT, related_name="erasures")
    begun_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("erasure of files")
        verbose_name_plural = _("erasures of files")
        ordering = ["-begun_at", "-pk"]

    def __str__(self):
        return f"{self.programme_edition} · {self.begun_at:%Y-%m-%d}"


class ErasedFile(models.Model):
    """One file that was erased: its hash stays, its bytes are gone."""

    report = models.ForeignKey(ErasureReport, on_delete=models.PROTECT, related_name="files")
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="erased_files")
    label = models.CharField(_("document"), max_length=300)
    size = models.PositiveBigIntegerField(_("size"))
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    uploaded_at = models.DateTimeField(_("uploaded"))
    erased_at = models.DateTimeField(_("erased"), auto_now_add=True)

    class Meta:
        verbose_name = _("erased file")
        verbose_name_plural = _("erased files")
        ordering = ["erased_at", "pk"]

    def __str__(self):
        return f"{self.label} · {self.sha256[:12]}"
