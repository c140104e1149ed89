"""Questions: one identity, words per language, versions that never change."""

import uuid

from django.contrib.contenttypes.fields import GenericRelation
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel, get_serializable_data_for_fields
from taggit.models import TaggedItemBase
from wagtail.fields import RichTextField
from wagtail.models import DraftStateMixin, LockableMixin, Orderable, RevisionMixin

from assessments import kinds
from assessments.models.fields import WordsField
from assessments.models.problems import question_problems

# What the words of a question may hold: they stand inside a form, so no headings.
STEM_FEATURES = ["bold", "italic", "ol", "ul", "superscript", "subscript", "link", "document-link", "image"]
# Words of an option or of feedback: a line or a few.
OPTION_FEATURES = ["bold", "italic", "superscript", "subscript", "link", "image"]


class QuestionKind(models.TextChoices):
    """How a question is answered. `assessments.kinds` says what each means."""

    SINGLE = "single", _("Single choice")
    MULTIPLE = "multiple", _("Multiple choice")
    TRUE_FALSE = "true_false", _("True or false")
    MATCHING = "matching", _("Matching")
    ORDERING = "ordering", _("Ordering")
    SHORT_ANSWER = "short_answer", _("Short answer")
    NUMERIC = "numeric", _("Number")
    GAPS = "gaps", _("Gaps in a text")
    HOTSPOT = "hotspot", _("Areas of a picture")
    ESSAY = "essay", _("Essay")
    CASE = "case", _("Case with several questions")


class Difficulty(models.IntegerChoices):
    """How hard the author holds a question to be."""

    EASY = 1, _("Easy")
    MEDIUM = 2, _("Medium")
    HARD = 3, _("Hard")


class QuestionBank(models.Model):
    """Where questions are kept: a course's own, or shared."""

    name = models.CharField(_("name"), max_length=150, unique=True)
    course = models.ForeignKey(
        "courses.CoursePage", on_delete=models.PROTECT, null=True, blank=True, related_name="question_banks"
    )
    # Of a shared bank; a course's own is written in the language of the course.
    language = models.CharField(_("written in"), max_length=12, default="en")

    class Meta:
        verbose_name = _("question bank")
        verbose_name_plural = _("question banks")
        ordering = ["name"]

    def __str__(self):
        return self.name

    @property
    def source_language(self):
        """The language its questions are written in first."""
        if self.course:
            return (self.course.source_locale or self.course.locale).language_code
        return self.language


class QuestionCategory(models.Model):
    """A drawer of a bank; drawers may hold drawers."""

    bank = models.ForeignKey(
        QuestionBank, on_delete=models.PROTECT, related_name="categories", verbose_name=_("bank")
    )
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("inside"),
    )
    name = models.CharField(_("name"), max_length=150)

    class Meta:
        verbose_name = _("question category")
        verbose_name_plural = _("question categories")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["bank", "parent", "name"], name="one_category_of_a_name_in_a_place"
            ),
            models.UniqueConstraint(
                fields=["bank", "name"],
                condition=Q(parent=None),
                name="one_category_of_a_name_at_the_top_of_a_bank",
            ),
        ]

    def __str__(self):
        return self.name


class QuestionTag(TaggedItemBase):
    """A word a question can be found and drawn by."""

    content_object = ParentalKey(
        "assessments.Question", on_delete=models.CASCADE, related_name="tagged_questions"
    )


class Question(LockableMixin, DraftStateMixin, RevisionMixin, ClusterableModel):
    """A question in all its languages. `options` and `settings` are its structure; the words are in `QuestionText`."""

    bank = models.ForeignKey(
        QuestionBank, on_delete=models.PROTECT, related_name="questions", verbose_name=_("bank")
    )
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=12, choices=QuestionKind)
    name = models.CharField(_("name"), max_length=150, help_text=_("Short, seen by staff only."))
    category = models.ForeignKey(
        QuestionCategory,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="questions",
        verbose_name=_("category"),
    )
    tags = ClusterTaggableManager(through=QuestionTag, blank=True, verbose_name=_("tags"))
    difficulty = models.PositiveSmallIntegerField(_("difficulty"), choices=Difficulty, null=True, blank=True)
    outcome = models.CharField(
        _("learning outcome"), max_length=300, blank=True, help_text=_("What it shows that a learner can do.")
    )
    # The name another system gave it, so that importing a file again finds it.
    id_number = models.CharField(_("id number"), max_length=100, blank=True)
    # Parts with stable keys in the author's order, and the rules of the kind: see `assessments.kinds`.
    options = models.JSONField(_("options"), default=list, blank=True)
    settings = models.JSONField(_("rules"), default=dict, blank=True)
    image = models.ForeignKey(
        "cms.LmsImage",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("picture"),
    )
    lesson = models.ForeignKey(
        "courses.LessonPage",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("lesson to read again"),
        help_text=_("Where the answer is taught. Learners who answer wrongly are sent there."),
    )
    # What an essay is marked by. Pinned, so that what is reviewed is what is published.
    rubric_version = models.ForeignKey(
        "assessments.RubricVersion",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="questions",
        verbose_name=_("rubric"),
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
        """The language it was written in: that of its bank."""
        return self.bank.source_language

    def with_content_json(self, content):
        """A revision as a question. Where it is kept and how it is found are no part of what was revised."""
        kept = {name: getattr(self, name) for name in ("difficulty", "outcome", "id_number")}
        kept |= {"bank": self.bank_id, "category": self.category_id}
        kept["tagged_questions"] = [
            get_serializable_data_for_fields(row) for row in self.tagged_questions.all()
        ]
        return super().with_content_json(content | kept)

    def wording(self, language):
        """The words in a language, or None."""
        return next((text for text in self.texts.all() if text.language == language), None)

    @property
    def content(self):
        """The question as a value: kind, parts, rules, and the words of every language."""
        return {
            "kind": self.kind,
            "options": self.options,
            "settings": self.settings,
            "source": self.source_language,
            "texts": {text.language: text.content for text in self.texts.all()},
        }

    @property
    def behaviour(self):
        """What its kind can do: see `assessments.kinds`."""
        return kinds.get(self.kind)

    def problems(self, language):
        """Sentences that say what is missing, with the words of one language; none when it is ready."""
        return question_problems(self, language)


class QuestionText(models.Model):
    """The words of a question in one language; `options` maps option keys to {"text", "feedback"}."""

    question = ParentalKey(Question, on_delete=models.CASCADE, related_name="texts")
    language = models.CharField(_("language"), max_length=12)
    stem = RichTextField(_("question"), features=STEM_FEATURES, blank=True)
    feedback = RichTextField(_("feedback"), features=STEM_FEATURES, blank=True)
    hint = RichTextField(_("hint"), features=STEM_FEATURES, blank=True)
    options = WordsField(_("words of the options"), default=dict, blank=True)
    # What one kind alone has: image_alt, template, notes_for_markers.
    extra = WordsField(_("other words"), default=dict, blank=True)

    class Meta:
        verbose_name = _("wording")
        verbose_name_plural = _("wordings")
        constraints = [
            models.UniqueConstraint(fields=["question", "language"], name="one_wording_per_language")
        ]

    def __str__(self):
        return f"{self.question} ({self.language})"

    @property
    def content(self):
        """The words as a value."""
        return {
            "stem": self.stem,
            "feedback": self.feedback,
            "hint": self.hint,
            "options": self.options,
            **self.extra,
        }


class CasePart(Orderable):
    """One question about a case, and what it is worth."""

    case = ParentalKey(Question, on_delete=models.CASCADE, related_name="parts")
    question = models.ForeignKey(
        Question, on_delete=models.PROTECT, related_name="case_parts", verbose_name=_("question")
    )
    question_revision = models.ForeignKey(
        "wagtailcore.Revision",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
    )
    points = models.DecimalField(
        _("points"), max_digits=5, decimal_places=2, default=1, validators=[MinValueValidator(0)]
    )

    class Meta(Orderable.Meta):
        verbose_name = _("question of a case")
        verbose_name_plural = _("questions of cases")

    @property
    def question_as_pinned(self):
        """The question as it stands in this state of the case (as it is live where none is pinned); for reading."""
        return as_pinned(self.question, self.question_revision)


def as_pinned(question, revision):
    """A question as one of its revisions says; for reading. Costs no query."""
    if question is None or revision is None:
        return question
    shown = Question.from_serializable_data(revision.content, check_fks=False)
    shown.bank = question.bank
    return shown


class QuestionVersion(models.Model):
    """A question as it was published: kind, options, right answers and words of every language. Never changed."""

    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField(_("number"))
    # What `Question.content` said; those of the first release lack "settings".
    content = WordsField(_("content"))
    image = models.ForeignKey(
        "cms.LmsImage", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    lesson = models.ForeignKey(
        "courses.LessonPage",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("lesson to read again"),
    )
    rubric_version = models.ForeignKey(
        "assessments.RubricVersion",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="question_versions",
        verbose_name=_("rubric"),
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

    @property
    def behaviour(self):
        """What its kind can do: see `assessments.kinds`."""
        return kinds.get(self.content["kind"])


class QuestionVersionPart(models.Model):
    """One question of a frozen case. Never changed."""

    case_version = models.ForeignKey(QuestionVersion, on_delete=models.PROTECT, related_name="parts")
    question_version = models.ForeignKey(QuestionVersion, on_delete=models.PROTECT, related_name="+")
    points = models.DecimalField(_("points"), max_digits=5, decimal_places=2, default=1)
    sort_order = models.PositiveIntegerField(_("order"))

    class Meta:
        ordering = ["case_version", "sort_order"]
        constraints = [
            models.UniqueConstraint(
                fields=["case_version", "sort_order"], name="case_version_parts_are_ordered"
            )
        ]

    def __str__(self):
        return f"{self.case_version} · {self.sort_order}"
