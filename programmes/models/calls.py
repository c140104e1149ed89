"""A call for applications as data: its window, what it asks, which documents it wants and what is declared."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from portfolio.models import Named
from portfolio.models.named import check_names
from programmes.models.editions import ProgrammeEdition


def english_only() -> list[str]:
    """The languages in which documents are read unless a call says otherwise."""
    return ["en"]


def pdf_only() -> list[str]:
    """The types of file a document may have unless a call says otherwise."""
    return ["pdf"]


def in_language(words: str, others: dict, language: str = "") -> str:
    """Words in the reader's language, else in English."""
    language = (language or get_language() or "en").lower()
    return others.get(language) or others.get(language.partition("-")[0]) or words


class CallQuerySet(models.QuerySet):
    """Selects calls."""

    def published(self):
        """Those that people may know of."""
        return self.filter(published_at__isnull=False, cancelled_at=None)

    def open(self, at=None):
        """Those that take applications at a moment, now unless another is given."""
        at = at or timezone.now()
        return self.published().filter(opens_at__lte=at, closes_at__gte=at)


class Call(Named):
    """A call for applications to one edition of a programme."""

    programme_edition = models.ForeignKey(
        ProgrammeEdition, on_delete=models.PROTECT, related_name="calls", verbose_name=_("programme edition")
    )
    code = models.SlugField(
        _("code"),
        max_length=60,
        unique=True,
        help_text=_("Used in addresses: /apply/<code>/. It cannot change once people have applied."),
    )
    introduction = models.TextField(_("introduction"), blank=True)
    introductions = models.JSONField(
        _("introduction in other languages"), default=dict, blank=True, validators=[check_names]
    )
    opens_at = models.DateTimeField(_("opens at"))
    closes_at = models.DateTimeField(
        _("closes at"), help_text=_("To the second. What comes later is refused, and its draft is kept.")
    )
    grace_seconds = models.PositiveIntegerField(
        _("grace in seconds"),
        default=0,
        help_text=_("How long after closing what was begun in time may still be submitted."),
    )
    document_languages = models.JSONField(
        _("languages of documents"),
        default=english_only,
        help_text=_("Documents in these languages need no certified translation."),
    )
    referees_wanted = models.PositiveSmallIntegerField(
        _("referees wanted"), default=0, validators=[MaxValueValidator(10)]
    )
    referee_days = models.PositiveSmallIntegerField(
        _("days a referee’s link lives"), default=21, validators=[MinValueValidator(1)]
    )
    published_at = models.DateTimeField(null=True, blank=True, editable=False)
    cancelled_at = models.DateTimeField(null=True, blank=True, editable=False)
    # The newest receipt's number; counted while the row is held.
    last_number = models.PositiveIntegerField(default=0, editable=False)

    objects = CallQuerySet.as_manager()

    class Meta:
        verbose_name = _("call for applications")
        verbose_name_plural = _("calls for applications")
        ordering = ["-closes_at", "code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("opens_at")), name="a_call_closes_after_it_opens"
            )
        ]

    @property
    def is_published(self) -> bool:
        """Whether people may know of it."""
        return self.published_at is not None and self.cancelled_at is None

    @property
    def introduction_shown(self) -> str:
        """The introduction in the reader's language, else in English."""
        return in_language(self.introduction, self.introductions)

    def clean(self):
        """Say what does not fit together."""
        if self.opens_at and self.closes_at and self.closes_at <= self.opens_at:
            raise ValidationError({"closes_at": _("The call closes before it opens. Choose a later moment.")})
        known = {code for code, _label in settings.LANGUAGES}
        if not isinstance(self.document_languages, list) or not set(self.document_languages) <= known:
            raise ValidationError({"document_languages": _("Choose among the languages of this site.")})


class QuestionKind(models.TextChoices):
    """How a question of a call is answered."""

    SHORT = "short", _("One line")
    LONG = "long", _("A text")
    CHOICE = "choice", _("One of several options")
    YES_NO = "yes_no", _("Yes or no")
    DATE = "date", _("A date")


class CallQuestion(Named):
    """A question of a call; its name is the question."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="questions")
    key = models.SlugField(_("key"), max_length=40)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    kind = models.CharField(_("answered by"), max_length=8, choices=QuestionKind, default=QuestionKind.LONG)
    help = models.CharField(_("help"), max_length=500, blank=True)
    helps = models.JSONField(_("help in other languages"), default=dict, blank=True, validators=[check_names])
    is_required = models.BooleanField(_("must be answered"), default=True)
    most_words = models.PositiveSmallIntegerField(_("most words"), null=True, blank=True)

    class Meta:
        verbose_name = _("question of a call")
        verbose_name_plural = _("questions of a call")
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["call", "key"], name="one_question_per_call_and_key")]

    @property
    def help_shown(self) -> str:
        """The help in the reader's language, else in English."""
        return in_language(self.help, self.helps)


class QuestionOption(Named):
    """An option of a question."""

    question = models.ForeignKey(CallQuestion, on_delete=models.CASCADE, related_name="options")
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("option of a question")
        verbose_name_plural = _("options of a question")
        ordering = ["position", "pk"]


class WantedDocument(Named):
    """A document that a call wants; a certified translation is a place of its own."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="wanted_documents")
    key = models.SlugField(_("key"), max_length=40)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    help = models.CharField(_("help"), max_length=500, blank=True)
    helps = models.JSONField(_("help in other languages"), default=dict, blank=True, validators=[check_names])
    is_required = models.BooleanField(_("must be there"), default=True)
    is_sensitive = models.BooleanField(
        _("every view is recorded"),
        default=True,
        help_text=_("For passports, diplomas and the like: who looked and when stays on the dossier."),
    )
    # The original that this is the certified translation of: wanted where that is in none of the call's languages.
    translation_of = models.OneToOneField(
        "self",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="translation",
        verbose_name=_("certified translation of"),
    )
    file_types = models.JSONField(_("types of file"), default=pdf_only)
    most_pages = models.PositiveSmallIntegerField(_("most pages"), null=True, blank=True)
    most_mb = models.PositiveSmallIntegerField(
        _("most megabytes"), default=10, validators=[MinValueValidator(1), MaxValueValidator(50)]
    )

    class Meta:
        verbose_name = _("wanted document")
        verbose_name_plural = _("wanted documents")
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["call", "key"], name="one_document_per_call_and_key")]

    @property
    def help_shown(self) -> str:
        """The help in the reader's language, else in English."""
        return in_language(self.help, self.helps)

    @property
    def most_bytes(self) -> int:
        """The most a file may weigh."""
        return self.most_mb * 1024 * 1024


class CallDeclaration(Named):
    """What an applicant declares when submitting; its name is the declaration."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="declarations")
    key = models.SlugField(_("key"), max_length=40)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("declaration of a call")
        verbose_name_plural = _("declarations of a call")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["call", "key"], name="one_declaration_per_call_and_key")
        ]
