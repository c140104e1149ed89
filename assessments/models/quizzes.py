"""Quizzes: which questions, under which rules."""

from decimal import Decimal
from statistics import mean

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import prefetch_related_objects
from django.utils.translation import get_language_info, gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable

from assessments.models.lines import quiz_lines
from courses.models import Activity, ActivityVersion, CompletionRule


class GradingMethod(models.TextChoices):
    """Which of several attempts counts."""

    BEST = "best", _("The best attempt")
    LAST = "last", _("The last attempt")
    FIRST = "first", _("The first attempt")
    MEAN = "mean", _("The mean of all attempts")


class Quiz(Activity):
    """An activity made of questions, graded on the server."""

    KIND = "quiz"
    classroom_template = "assessments/_quiz_in_lesson.html"

    attempts_allowed = models.PositiveSmallIntegerField(
        _("attempts allowed"), default=0, help_text=_("0 for no limit.")
    )
    grading_method = models.CharField(
        _("what counts"), max_length=5, choices=GradingMethod, default=GradingMethod.BEST
    )
    shuffle_options = models.BooleanField(_("shuffle the options"), default=True)

    class Meta:
        verbose_name = _("quiz")
        verbose_name_plural = _("quizzes")

    @classmethod
    def begin(cls, **fields):
        """A new quiz with the rules most quizzes have; not saved."""
        return cls(completion_rule=CompletionRule.PASSED, pass_mark=Decimal("0.7"), **fields)

    def counting(self, attempts):
        """The attempts that count among finished ones in order, by the grading method."""
        if not attempts:
            return []
        match self.grading_method:
            case GradingMethod.FIRST:
                return [attempts[0]]
            case GradingMethod.LAST:
                return [attempts[-1]]
            case GradingMethod.BEST:
                return [max(attempts, key=lambda attempt: attempt.score or 0)]
        return list(attempts)

    def grade(self, attempts):
        """The score that counts, 0 to 1, by the grading method; None without attempts."""
        counting = self.counting(attempts)
        return mean(attempt.score or Decimal(0) for attempt in counting) if counting else None

    def is_passed_by(self, attempts):
        """Whether the score that counts reaches a pass mark one of the counting attempts was taken under."""
        if self.grading_method == GradingMethod.BEST:
            return any(attempt.passed for attempt in attempts)
        counting = self.counting(attempts)
        return bool(counting) and self.grade(attempts) >= min(attempt.pass_mark for attempt in counting)

    def publish_problems(self):
        """What is missing before learners may take it; its questions are asked as they stand in their drafts."""
        items = self.items_to_read()
        if not items:
            return [gettext("The quiz “%(quiz)s” has no questions.") % {"quiz": self.title}]
        problems = []
        if self.needs_pass and not self.pass_mark:
            problems.append(gettext("The quiz “%(quiz)s” needs a pass mark above 0.") % {"quiz": self.title})
        for item in items:
            problems += item.shown.problems(self.source_language)
        return problems

    @property
    def source_language(self):
        """The language the course is written in."""
        return (self.course.source_locale or self.course.locale).language_code

    def wording(self, language):
        """Title and instructions in a language, or in the source language; None where there are none."""
        found = {text.language: text for text in self.texts.all()}
        return found.get(language) or (found.get(self.source_language) if found else None)

    def items_to_read(self):
        """Its items in order, each with its question as pinned in `shown`. The number of queries does not grow."""
        items = list(self.items.all())
        prefetch_related_objects(
            items,
            "question__bank__course__source_locale",
            "question__texts",
            "question_revision",
        )
        for item in items:
            item.shown = item.question_as_pinned
        prefetch_related_objects([item.shown for item in items], "lesson")
        return items

    def comparison(self):
        """What it says, line by line, questions included, so that two states of it can be laid side by side."""
        return quiz_lines(self)


class QuizText(models.Model):
    """What learners read before the questions, in one language."""

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


class QuizItem(Orderable):
    """One question of a quiz, and what it is worth."""

    quiz = ParentalKey(Quiz, on_delete=models.CASCADE, related_name="items")
    question = models.ForeignKey(
        "assessments.Question",
        on_delete=models.PROTECT,
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

    @property
    def question_as_pinned(self):
        """The question as it stands in this state of the quiz (as it is live where none is pinned); for reading."""
        if self.question_revision is None:
            return self.question
        question = type(self.question).from_serializable_data(self.question_revision.content, check_fks=False)
        question.bank = self.question.bank
        return question


class QuizVersionItem(models.Model):
    """One question version of a published quiz version. Never changed."""

    version = models.ForeignKey(ActivityVersion, on_delete=models.PROTECT, related_name="quiz_items")
    question_version = models.ForeignKey(
        "assessments.QuestionVersion", on_delete=models.PROTECT, related_name="quiz_items"
    )
    points = models.DecimalField(_("points"), max_digits=5, decimal_places=2, default=1)
    sort_order = models.PositiveIntegerField(_("order"))

    class Meta:
        ordering = ["version", "sort_order"]
        constraints = [
            models.UniqueConstraint(fields=["version", "sort_order"], name="quiz_version_items_are_ordered")
        ]

    def __str__(self):
        return f"{self.version} · {self.sort_order}"
