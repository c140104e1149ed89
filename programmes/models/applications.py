"""Applications: what somebody answered, declared and submitted, and what happened to it. Nothing given is lost."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Gender, Seniority
from programmes.models.calls import Call, CallDeclaration, CallQuestion, QuestionOption
from programmes.models.editions import Mode


class ApplicationState(models.TextChoices):
    """Where an application stands; derived from its moments."""

    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Submitted")
    COMPLETE = "complete", _("Complete")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Outcome(models.TextChoices):
    """How the selection ended for an application, once the letter has gone out."""

    ADMITTED = "admitted", _("Admitted")
    NOT_ADMITTED = "not_admitted", _("Not admitted")


class ApplicationQuerySet(models.QuerySet):
    """Selects applications."""

    def standing(self):
        """Those that were not withdrawn."""
        return self.filter(withdrawn_at=None)

    def drafts(self):
        """Those not submitted yet."""
        return self.standing().filter(submitted_at=None)

    def submitted(self):
        """Those to be selected from: submitted and not withdrawn."""
        return self.standing().filter(submitted_at__isnull=False)

    def of(self, person):
        """What one person applied for."""
        return self.filter(person=person)


class Application(models.Model):
    """One person's application to one call: a draft until it is submitted."""

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="applications")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="applications"
    )
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    language = models.CharField(_("language"), max_length=12, default="en")
    mode = models.CharField(_("mode"), max_length=10, choices=Mode, blank=True)

    # As in the passport; the account may carry another name.
    given_names = models.CharField(_("given names, as in your passport"), max_length=150, blank=True)
    family_name = models.CharField(_("family name, as in your passport"), max_length=150, blank=True)
    born_on = models.DateField(_("date of birth"), null=True, blank=True)
    gender = models.CharField(_("gender"), max_length=12, choices=Gender, blank=True)
    country = models.ForeignKey(
        "portfolio.Country",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("country of nationality"),
    )
    residence = models.ForeignKey(
        "portfolio.Country",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("country you live in"),
    )
    profession = models.ForeignKey(
        "portfolio.Profession",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("profession"),
    )
    institution = models.CharField(_("institution"), max_length=200, blank=True)
    position = models.CharField(_("position"), max_length=200, blank=True)
    seniority = models.CharField(_("experience"), max_length=12, choices=Seniority, blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)

    # Grows with each save: a device that shows older answers is told so before it writes over newer ones.
    sequence = models.PositiveIntegerField(default=0)
    begun_at = models.DateTimeField(auto_now_add=True)
    saved_at = models.DateTimeField(null=True, blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    # Staff have looked: everything wanted is there and in order.
    completed_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    late_until = models.DateTimeField(_("may be submitted until"), null=True, blank=True)
    outcome = models.CharField(_("outcome"), max_length=12, choices=Outcome, blank=True)
    outcome_told_at = models.DateTimeField(null=True, blank=True)
    files_erased_at = models.DateTimeField(null=True, blank=True)

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("application")
        verbose_name_plural = _("applications")
        ordering = ["-begun_at", "-pk"]
        indexes = [models.Index(fields=["call", "submitted_at"], name="applications_of_a_call")]
        constraints = [
            models.UniqueConstraint(
                fields=["call", "person"],
                condition=Q(withdrawn_at=None),
                name="one_standing_application_per_call_and_person",
            ),
            models.CheckConstraint(
                condition=Q(outcome="", outcome_told_at=None)
                | (~Q(outcome="") & Q(outcome_told_at__isnull=False)),
                name="an_outcome_was_told_at_a_moment",
            ),
        ]

    def __str__(self):
        return f"{self.full_name} · {self.call.code}"

    @property
    def full_name(self) -> str:
        """The name in the passport, else that of the account."""
        return f"{self.given_names} {self.family_name}".strip() or self.person.full_name or self.person.email

    @property
    def state(self) -> ApplicationState:
        """Where it stands."""
        if self.withdrawn_at:
            return ApplicationState.WITHDRAWN
        if self.completed_at:
            return ApplicationState.COMPLETE
        return ApplicationState.SUBMITTED if self.submitted_at else ApplicationState.DRAFT


class ApplicationAnswer(models.Model):
    """The answer to one question of a call."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="answers")
    question = models.ForeignKey(CallQuestion, on_delete=models.PROTECT, related_name="answers")
    text = models.TextField(_("text"), blank=True)
    option = models.ForeignKey(
        QuestionOption, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    saved_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("answer of an application")
        verbose_name_plural = _("answers of an application")
        ordering = ["question__position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "question"], name="one_answer_per_application_and_question"
            )
        ]

    def __str__(self):
        return f"{self.question} · {self.application}"


class DeclarationMade(models.Model):
    """What was declared, in the very words and the language that were read."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="declarations")
    declaration = models.ForeignKey(CallDeclaration, on_delete=models.PROTECT, related_name="made")
    words = models.TextField(_("words"))
    language = models.CharField(_("language"), max_length=12)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("declaration made")
        verbose_name_plural = _("declarations made")
        ordering = ["declaration__position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["application", "declaration"], name="a_declaration_is_made_once")
        ]

    def __str__(self):
        return self.words


class Receipt(models.Model):
    """What was submitted when, under a number; never changed."""

    application = models.OneToOneField(Application, on_delete=models.PROTECT, related_name="receipt")
    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="receipts")
    number = models.PositiveIntegerField(_("number"))
    submitted_at = models.DateTimeField()
    # Names, sizes and SHA-256 of the files and of the answers, as they were.
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("receipt")
        verbose_name_plural = _("receipts")
        ordering = ["call", "number"]
        constraints = [
            models.UniqueConstraint(fields=["call", "number"], name="one_receipt_per_call_and_number")
        ]

    def __str__(self):
        return self.reference

    @property
    def reference(self) -> str:
        """The number as people quote it."""
        return f"{self.call.code.upper()}-{self.number:04}"


class ApplicationEvent(models.Model):
    """What happened to an application, appended."""

    class Kind(models.TextChoices):
        BEGUN = "begun", _("Begun")
        NOMINATED = "nominated", _("Nominated by a partner")
        SUBMITTED = "submitted", _("Submitted")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        DOCUMENT_RECEIVED = "document_received", _("Document received")
        DOCUMENT_ACCEPTED = "document_accepted", _("Document accepted")
        DOCUMENT_RETURNED = "document_returned", _("Document returned")
        REFEREE_INVITED = "referee_invited", _("Referee invited")
        REFEREE_REVOKED = "referee_revoked", _("Referee’s link taken back")
        REFEREE_ANSWERED = "referee_answered", _("Referee answered")
        REFEREE_DECLINED = "referee_declined", _("Referee declined")
        LATE_ALLOWED = "late_allowed", _("Let in late")
        REMINDED = "reminded", _("Reminded of what is missing")
        COMPLETED = "completed", _("Marked complete")
        OUTCOME = "outcome", _("Outcome told")
        FILES_ERASED = "files_erased", _("Files erased")

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(_("what happened"), max_length=18, choices=Kind)
    document = models.ForeignKey(
        "programmes.ApplicationDocument", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    referee = models.ForeignKey(
        "programmes.Referee", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    reason = models.CharField(_("reason"), max_length=1000, blank=True)

    class Meta:
        verbose_name = _("event of an application")
        verbose_name_plural = _("events of applications")
        ordering = ["at", "pk"]

    def __str__(self):
        return f"{self.get_kind_display()} · {self.application}"


class ApplicationNote(models.Model):
    """What staff remark for one another; the applicant never sees it."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="notes")
    text = models.TextField(_("note"))
    written_at = models.DateTimeField(auto_now_add=True)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("note on an application")
        verbose_name_plural = _("notes on applications")
        ordering = ["written_at", "pk"]

    def __str__(self):
        return self.text[:80]


class ApplicationMessage(models.Model):
    """A message between an applicant and staff."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="messages")
    text = models.TextField(_("message"))
    sent_at = models.DateTimeField(auto_now_add=True)
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("message on an application")
        verbose_name_plural = _("messages on applications")
        ordering = ["sent_at", "pk"]

    def __str__(self):
        return self.text[:80]

    @property
    def is_from_applicant(self) -> bool:
        """Whether the applicant wrote it."""
        return self.sent_by_id == self.application.person_id
