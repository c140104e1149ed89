"""Quizzes: which questions, under which rules."""

from decimal import Decimal
from statistics import mean

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import prefetch_related_objects
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assessments.models.lines import quiz_lines
from assessments.models.sight import Situation, default_review, sight_of
from courses.models import Activity, CompletionRule


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
    hours_between = models.PositiveSmallIntegerField(
        _("hours between attempts"), default=0, help_text=_("How long to wait before trying again.")
    )
    shuffle_options = models.BooleanField(_("shuffle the options"), default=True)
    shuffle_questions = models.BooleanField(_("shuffle the questions"), default=False)
    questions_per_page = models.PositiveSmallIntegerField(
        _("questions on a page"),
        default=0,
        help_text=_("0 for all on one page. A section begins a new page."),
    )
    sequential = models.BooleanField(
        _("only forwards"), default=False, help_text=_("A page that was left cannot be opened again.")
    )
    time_limit = models.PositiveSmallIntegerField(
        _("time limit in minutes"), null=True, blank=True, validators=[MaxValueValidator(1440)]
    )
    # An answer on its way when the time ends still counts; a slow link must not cost the last one.
    grace_seconds = models.PositiveSmallIntegerField(
        _("grace in seconds"), default=30, validators=[MaxValueValidator(600)]
    )
    practice = models.BooleanField(
        _("for practice"),
        default=False,
        help_text=_("Each question can be checked at once; the result counts for nothing but completion."),
    )
    review = models.JSONField(_("shown afterwards"), default=default_review, blank=True)
    right_when_spent = models.BooleanField(
        _("show right answers once passed or no attempt is left"), default=True
    )
    # [{"key": …, "from": "0.8"}, …]; the words are in `QuizText.bands`.
    bands = models.JSONField(_("overall feedback from"), default=list, blank=True)
    anonymous_marking = models.BooleanField(
        _("hide names from markers"), default=False, help_text=_("Markers see a number instead of a name.")
    )
    pretest = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="posttests",
        verbose_name=_("post-test of"),
        help_text=_("Draws avoid what the learner met in that quiz, and the result shows what was gained."),
    )

    class Meta:
        verbose_name = _("quiz")
        verbose_name_plural = _("quizzes")

    @classmethod
    def begin(cls, **fields):
        """A new quiz with the rules most quizzes have; not saved."""
        return cls(completion_rule=CompletionRule.PASSED, pass_mark=Decimal("0.7"), **fields)

    def counting(self, attempts):
        """The attempts that count among marked ones in order, by the grading method."""
        marked = [attempt for attempt in attempts if attempt.score is not None]
        if not marked:
            return []
        match self.grading_method:
            case GradingMethod.FIRST:
                return [marked[0]]
            case GradingMethod.LAST:
                return [marked[-1]]
            case GradingMethod.BEST:
                return [max(marked, key=lambda attempt: attempt.score)]
        return marked

    def grade(self, attempts):
        """The score that counts, 0 to 1, by the grading method; None without an attempt that has been marked."""
        counting = self.counting(attempts)
        return mean(attempt.score for attempt in counting) if counting else None

    def shown_grade(self, attempts, dates):
        """The score that counts, once the marks of all attempts that make it up may be seen by their learner.

        By the rules the quiz has now: what was shown in error can be hidden.
        """
        now = timezone.now()
        rules = {"review": self.review, "right_when_spent": self.right_when_spent}
        for attempt in self.counting(attempts):
            situation = Situation(attempt.finished_at, closes_at=dates.closes_at, review_at=dates.review_at)
            if not sight_of(rules, situation, now).marks:
                return None
        return self.grade(attempts)

    def is_passed_by(self, attempts):
        """Whether the score that counts reaches a pass mark one of the counting attempts was taken under."""
        if self.grading_method == GradingMethod.BEST:
            return any(attempt.passed for attempt in attempts if attempt.score is not None)
        counting = self.counting(attempts)
        return bool(counting) and self.grade(attempts) >= min(attempt.pass_mark for attempt in counting)

    def publish_problems(self):
        """What is missing before learners may take it; its questions are asked as they stand in their drafts."""
        items = self.items_to_read()
        if not any(item.is_asked for item in items):
            return [gettext("The quiz “%(quiz)s” has no questions.") % {"quiz": self.title}]
        problems = []
        if self.needs_pass and not self.pass_mark:
            problems.append(gettext("The quiz “%(quiz)s” needs a pass mark above 0.") % {"quiz": self.title})
        for item in items:
            problems += item.problems(self.source_language)
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
        """Its items in order, each question as pinned in `shown`. The number of queries does not grow."""
        items = list(self.items.all())
        prefetch_related_objects(
            items,
            "question__bank__course__source_locale",
            "question__texts",
            "question_revision",
            "draw_bank",
            "draw_category",
            "draw_tag",
        )
        for item in items:
            item.shown = item.question_as_pinned
            item.parts = list(item.shown.parts.all()) if item.shown and item.shown.kind == "case" else []
        parts = [part for item in items for part in item.parts]
        prefetch_related_objects(
            parts, "question__bank__course__source_locale", "question__texts", "question_revision"
        )
        for part in parts:
            part.shown = part.question_as_pinned
        asked = [item.shown for item in items if item.shown] + [part.shown for part in parts]
        prefetch_related_objects(asked, "lesson")
        return items

    def comparison(self):
        """What it says, line by line, questions included, so that two states of it can be laid side by side."""
        return quiz_lines(self)
