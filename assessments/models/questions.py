"""Questions: one identity, words per language, versions that never change."""

import uuid

from django.contrib.contenttypes.fields import GenericRelation
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.fields import RichTextField
from wagtail.models import DraftStateMixin, LockableMixin, RevisionMixin

from assessments.models.problems import question_problems

# What the words of a question may hold: they stand inside a form, so no headings.
STEM_FEATURES = ["bold", "italic", "ol", "ul", "superscript", "link"]


class QuestionKind(models.TextChoices):
    """How a question is answered."""

    SINGLE = "single", _("Single choice")
    MULTIPLE = "multiple", _("Multiple choice")
    TRUE_FALSE = "true_false", _("True or false")


class QuestionBank(models.Model):
    """Where questions are kept: a course's own, or shared."""

    name = models.CharField(_("name"), max_length=150, unique=True)
    course = models.ForeignKey(
        "courses.CoursePage", on_delete=models.PROTECT, null=True, blank=True, related_name="question_banks"
    )

    class Meta:
        verbose_name = _("question bank")
        verbose_name_plural = _("question banks")
        ordering = ["name"]

    def __str__(self):
        return self.name


class Question(LockableMixin, DraftStateMixin, RevisionMixin, ClusterableModel):
    """A question in all its languages. `options` is its structure; the words are in `QuestionText`."""

    bank = models.ForeignKey(
        QuestionBank, on_delete=models.PROTECT, related_name="questions", verbose_name=_("bank")
    )
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=12, choices=QuestionKind)
    name = models.CharField(_("name"), max_length=150, help_text=_("Short, seen by staff only."))
    # [{"key": "<stable id>", "correct": true}, …] in the author's order.
    options = models.JSONField(_("options"), default=list, blank=True)
    lesson = models.ForeignKey(
        "courses.LessonPage",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("lesson to read again"),
        help_text=_("Where the answer is taught. Learners who answer wrongly are sent there."),
    )
    created_at = models.DateTimeField(auto_now_add=True)

    _revisions = GenericRelation(
        "wagtailcore.Revision", content_type_field="base_content_type", object_id_field="object_id"
    )

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")

    def __str__(self):
        return self.name

    @property
    def revisions(self):
        """All revisions of this question."""
        return self._revisions

    @property
    def source_language(self):
        """The language it was written in: its course's, or that of its first words."""
        if self.bank.course:
            return (self.bank.course.source_locale or self.bank.course.locale).language_code
        first = next(iter(self.texts.all()), None)
        return first.language if first else ""

    def wording(self, language):
        """The words in a language, or None."""
        return next((text for text in self.texts.all() if text.language == language), None)

    def problems(self, language):
        """Sentences that say what is missing, with the words of one language; none when it is ready."""
        return question_problems(self, language, several_right=self.kind == QuestionKind.MULTIPLE)


class QuestionText(models.Model):
    """The words of a question in one language; `options` maps option keys to {"text", "feedback"}."""

    question = ParentalKey(Question, on_delete=models.CASCADE, related_name="texts")
    language = models.CharField(_("language"), max_length=12)
    stem = RichTextField(_("question"), features=STEM_FEATURES, blank=True)
    feedback = RichTextField(_("feedback"), features=STEM_FEATURES, blank=True)
    options = models.JSONField(_("words of the options"), default=dict, blank=True)

    class Meta:
        verbose_name = _("wording")
        verbose_name_plural = _("wordings")
        constraints = [
            models.UniqueConstraint(fields=["question", "language"], name="one_wording_per_language")
        ]

    def __str__(self):
        return f"{self.question} ({self.language})"


class QuestionVersion(models.Model):
    """A question as it was published: kind, options, right answers and words of every language. Never changed."""

    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField(_("number"))
    # {"kind": …, "options": [{"key", "correct"}], "source": "en",
    #  "texts": {"en": {"stem", "feedback", "options": {key: {"text", "feedback"}}}}}
    content = models.JSONField(_("content"))
    lesson = models.ForeignKey(
        "courses.LessonPage",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("lesson to read again"),
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("question version")
        verbose_name_plural = _("question versions")
        constraints = [
            models.UniqueConstraint(fields=["question", "number"], name="question_versions_are_numbered")
        ]

    def __str__(self):
        return f"{self.question} · {self.number}"
