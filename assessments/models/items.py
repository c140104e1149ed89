"""What a quiz is made of: its words, and in order its sections, questions and draws; and the same as published."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language_info, gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable

from assessments.models.fields import WordsField
from assessments.models.questions import Difficulty, Question, as_pinned
from assessments.models.quizzes import Quiz
from courses.models import ActivityVersion


class QuizText(models.Model):
    """What learners read before the questions and after them, in one language."""

    quiz = ParentalKey(Quiz, on_delete=models.CASCADE, related_name="texts")
    language = models.CharField(_("language"), max_length=12)
    title = models.CharField(
        _("title"), max_length=150, blank=True, help_text=_("Empty: learners read the title of the lesson.")
    )
    instructions = models.TextField(
        _("instructions"),
        blank=True,
        help_text=_("What to know before beginning. Plain text; empty if nothing."),
    )
    # {key of a band: rich text}
    bands = WordsField(_("overall feedback"), default=dict, blank=True)

    class Meta:
        verbose_name = _("words of a quiz")
        verbose_name_plural = _("words of quizzes")
        constraints = [
            models.UniqueConstraint(fields=["quiz", "language"], name="one_quiz_wording_per_language")
        ]

    def __str__(self):
        return f"{self.quiz} ({self.language})"

    @property
    def direction(self):
        """The direction its words are written in."""
        return "rtl" if get_language_info(self.language)["bidi"] else "ltr"


class ItemKind(models.TextChoices):
    """What stands at a place of a quiz."""

    QUESTION = "question", _("Question")
    DRAW = "draw", _("Random questions")
    SECTION = "section", _("Section")


class Drawn(models.Model):
    """Where random questions come from: a bank, and in it what category, word and difficulty select."""

    draw_bank = models.ForeignKey(
        "assessments.QuestionBank",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("bank"),
    )
    draw_category = models.ForeignKey(
        "assessments.QuestionCategory",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("category"),
    )
    draw_tag = models.ForeignKey(
        "taggit.Tag", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("tag")
    )
    draw_difficulty = models.PositiveSmallIntegerField(
        _("difficulty"), choices=Difficulty, null=True, blank=True
    )
    draw_count = models.PositiveSmallIntegerField(
        _("how many"), default=1, validators=[MinValueValidator(1), MaxValueValidator(200)]
    )

    class Meta:
        abstract = True

    def pool(self):
        """The live questions it draws from. A case is never drawn: its questions belong together."""
        questions = Question.objects.filter(bank=self.draw_bank_id, live=True).exclude(kind="case")
        questions = questions.filter(case_parts=None)
        if self.draw_category_id:
            questions = questions.filter(
                Q(category=self.draw_category_id)
                | Q(category__parent=self.draw_category_id)
                | Q(category__parent__parent=self.draw_category_id)
            )
        if self.draw_tag_id:
            questions = questions.filter(tagged_questions__tag=self.draw_tag_id)
        if self.draw_difficulty:
            questions = questions.filter(difficulty=self.draw_difficulty)
        return questions


class QuizItem(Drawn, Orderable):
    """One place of a quiz: a question, a draw, or the head of a section."""

    quiz = ParentalKey(Quiz, on_delete=models.CASCADE, related_name="items")
    kind = models.CharField(_("kind"), max_length=10, choices=ItemKind, default=ItemKind.QUESTION)
    question = models.ForeignKey(
        "assessments.Question",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="quiz_items",
        verbose_name=_("question"),
    )
    # What the question said when this state of the quiz was saved: it is reviewed, published and restored with it.
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
    # Of a section: {language: {"title": plain, "instructions": plain}}; and whether its questions are shuffled.
    words = models.JSONField(_("words"), default=dict, blank=True)
    shuffle = models.BooleanField(_("shuffle its questions"), default=False)

    class Meta(Orderable.Meta):
        """In their order: what `Drawn` says of itself must not hide it."""

    @property
    def question_as_pinned(self):
        """The question as it stands in this state of the quiz (as it is live where none is pinned); for reading."""
        return as_pinned(self.question, self.question_revision)

    @property
    def is_asked(self):
        """Whether learners are asked something here."""
        return self.kind != ItemKind.SECTION

    @property
    def label(self):
        """What staff call this place."""
        if self.kind == ItemKind.SECTION:
            words = next(iter(self.words.values()), {})
            return gettext("Section: %(title)s") % {"title": words.get("title") or "…"}
        if self.kind == ItemKind.DRAW:
            return gettext("%(count)s random questions from “%(bank)s”") % {
                "count": self.draw_count,
                "bank": self.draw_bank or "…",
            }
        return self.question.name

    @property
    def summary(self):
        """What a reviewer should know about a section or a draw, on one line."""
        if self.kind == ItemKind.SECTION:
            said = (f"{language}: {words.get('title', '')}" for language, words in sorted(self.words.items()))
            return "; ".join(said)
        chosen = (self.draw_category, self.draw_tag, self.get_draw_difficulty_display())
        worth = f"{gettext('points')}: {self.points.normalize():f}"
        return "; ".join([*(str(part) for part in chosen if part), worth])

    def problems(self, language):
        """What is missing here, with the words of one language. Asks for `shown`, see `Quiz.items_to_read`."""
        if self.kind == ItemKind.QUESTION:
            problems = list(self.shown.problems(language)) if self.shown else []
            for part in self.parts:
                problems += part.shown.problems(language)
            return problems
        if self.kind == ItemKind.SECTION:
            return []
        if not self.draw_bank_id:
            return [gettext("Choose the bank that random questions come from.")]
        there = self.pool().distinct().count()
        if there < self.draw_count:
            return [
                gettext("“%(draw)s”: only %(there)s approved questions can be drawn.")
                % {"draw": self.label, "there": there}
            ]
        return []


class QuizVersionItem(Drawn):
    """One place of a published quiz version. Never changed."""

    version = models.ForeignKey(ActivityVersion, on_delete=models.PROTECT, related_name="quiz_items")
    kind = models.CharField(_("kind"), max_length=10, choices=ItemKind, default=ItemKind.QUESTION)
    question_version = models.ForeignKey(
        "assessments.QuestionVersion",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="quiz_items",
    )
    points = models.DecimalField(_("points"), max_digits=5, decimal_places=2, default=1)
    sort_order = models.PositiveIntegerField(_("order"))
    words = models.JSONField(_("words"), default=dict, blank=True)
    shuffle = models.BooleanField(_("shuffle its questions"), default=False)

    class Meta:
        ordering = ["version", "sort_order"]
        constraints = [
            models.UniqueConstraint(fields=["version", "sort_order"], name="quiz_version_items_are_ordered")
        ]

    def __str__(self):
        return f"{self.version} · {self.sort_order}"
