"""Assignments: what is asked, under which rules."""

from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.documents import get_document_model_string
from wagtail.fields import RichTextField
from wagtail.models import Orderable

from assessments.models.assignment_lines import assignment_lines, assignment_problems
from assessments.models.rubrics import rubric_problems
from courses.models import Activity, CompletionRule

INSTRUCTION_FEATURES = ["h3", "bold", "italic", "ol", "ul", "superscript", "link"]
SHARE = {"max_digits": 4, "decimal_places": 3, "validators": [MinValueValidator(0), MaxValueValidator(1)]}
USUAL_TYPES = ["pdf", "docx", "odt"]


class Accepts(models.TextChoices):
    """What is handed in."""

    TEXT = "text", _("A text typed here")
    FILES = "files", _("Files")
    EITHER = "either", _("A text or files")
    BOTH = "both", _("A text and files")


class Disagreement(models.TextChoices):
    """What counts when two markers differ by more than the limit."""

    MEAN = "mean", _("The mean of both marks")
    AGREE = "agree", _("A mark that both agree on")
    THIRD = "third", _("The mark of a third marker")


class Assignment(Activity):
    """A text or files that a person, or a work group, hands in and a marker marks."""

    KIND = "assignment"
    classroom_template = "assessments/_assignment_in_lesson.html"

    accepts = models.CharField(_("what is handed in"), max_length=6, choices=Accepts, default=Accepts.EITHER)
    min_words = models.PositiveIntegerField(_("fewest words"), null=True, blank=True)
    max_words = models.PositiveIntegerField(_("most words"), null=True, blank=True)
    max_files = models.PositiveSmallIntegerField(
        _("most files"), default=3, validators=[MinValueValidator(1), MaxValueValidator(20)]
    )
    # Keys of assessments.file_types.
    file_types = models.JSONField(_("types of file"), default=list, blank=True)
    max_megabytes = models.PositiveSmallIntegerField(
        _("most MB a file"), default=20, validators=[MinValueValidator(1), MaxValueValidator(200)]
    )
    by_group = models.BooleanField(
        _("work groups hand in together"),
        default=False,
        help_text=_("One member hands in and all have it. The work groups are made in each edition."),
    )

    is_anonymous = models.BooleanField(
        _("markers do not see names"),
        default=False,
        help_text=_("They see a code until the mark is released. Names inside a text or a file stay."),
    )
    marker_count = models.PositiveSmallIntegerField(
        _("markers"), choices=[(1, _("One")), (2, _("Two, blind to each other"))], default=1
    )
    difference_limit = models.DecimalField(_("largest difference"), default=Decimal("0.1"), **SHARE)
    on_disagreement = models.CharField(
        _("beyond it counts"), max_length=5, choices=Disagreement, default=Disagreement.THIRD
    )
    max_points = models.DecimalField(
        _("points"),
        max_digits=6,
        decimal_places=2,
        default=100,
        validators=[MinValueValidator(Decimal("0.01"))],
        help_text=_("What the best work earns where no rubric says so."),
    )
    # Pinned, so that what is reviewed is what is published: a rubric may be edited meanwhile.
    rubric_version = models.ForeignKey(
        "assessments.RubricVersion",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="assignments",
        verbose_name=_("rubric"),
    )

    accepts_late = models.BooleanField(_("late work is accepted"), default=True)
    late_penalty = models.DecimalField(_("taken off for each day begun"), default=0, **SHARE)
    late_days = models.PositiveSmallIntegerField(
        _("days late at most"), default=0, help_text=_("0: until it closes.")
    )
    compares = models.BooleanField(
        _("compare what is handed in"),
        default=True,
        help_text=_("Shows markers which passages two submissions to this assignment share."),
    )

    class Meta:
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")

    @classmethod
    def begin(cls, **fields):
        """A new assignment with the rules most have; not saved."""
        return cls(
            completion_rule=CompletionRule.PASSED,
            pass_mark=Decimal("0.6"),
            file_types=list(USUAL_TYPES),
            **fields,
        )

    def counting(self, attempts):
        """The attempt that counts among finished ones in order: the last whose mark is released, or None."""
        return next((attempt for attempt in reversed(list(attempts)) if attempt.score is not None), None)

    def grade(self, attempts):
        """The score that counts, 0 to 1; None while no mark is released."""
        counting = self.counting(attempts)
        return counting.score if counting else None

    def is_passed_by(self, attempts):
        """Whether the mark that counts reaches the pass mark its attempt was taken under."""
        counting = self.counting(attempts)
        return counting is not None and counting.passed

    def publish_problems(self):
        """What is missing before learners may meet it."""
        rubric = self.rubric_version
        return assignment_problems(self) + (rubric_problems(rubric.content) if rubric else [])

    def comparison(self):
        """What it says, line by line, so that two states of it can be laid side by side."""
        return assignment_lines(self)

    def what_to_do(self, lesson, *, needed, have):
        """One sentence for the list of what is left in a course."""
        words = {"lesson": lesson, "needed": needed, "have": have}
        if not self.needs_pass:
            return _("Hand in the assignment in “%(lesson)s”.") % words
        if have is None:
            return _("Hand in the assignment in “%(lesson)s” (you need %(needed)s).") % words
        return _("Pass the assignment in “%(lesson)s” (you have %(have)s, you need %(needed)s).") % words

    @property
    def source_language(self):
        """The language the course is written in."""
        return (self.course.source_locale or self.course.locale).language_code

    def wording(self, language):
        """Title and instructions in a language, or in the source language; None where there are none."""
        found = {text.language: text for text in self.texts.all() if text.instructions}
        return found.get(language) or found.get(self.source_language)


class AssignmentText(models.Model):
    """What learners read, in one language."""

    assignment = ParentalKey(Assignment, on_delete=models.CASCADE, related_name="texts")
    language = models.CharField(_("language"), max_length=12)
    title = models.CharField(
        _("title"), max_length=150, blank=True, help_text=_("Empty: learners read the title of the lesson.")
    )
    instructions = RichTextField(_("instructions"), features=INSTRUCTION_FEATURES, blank=True)

    class Meta:
        verbose_name = _("words of an assignment")
        verbose_name_plural = _("words of assignments")
        constraints = [
            models.UniqueConstraint(
                fields=["assignment", "language"], name="one_assignment_wording_per_language"
            )
        ]

    def __str__(self):
        return f"{self.assignment} ({self.language})"

    @property
    def direction(self):
        """The direction its words are written in."""
        return "rtl" if get_language_info(self.language)["bidi"] else "ltr"


class AssignmentFile(Orderable):
    """A document that comes with the instructions: a file of the case, a form to fill in."""

    assignment = ParentalKey(Assignment, on_delete=models.CASCADE, related_name="attachments")
    document = models.ForeignKey(
        get_document_model_string(), on_delete=models.PROTECT, related_name="+", verbose_name=_("document")
    )
    # Empty: for readers of every language.
    language = models.CharField(_("language"), max_length=12, blank=True)

    class Meta(Orderable.Meta):
        verbose_name = _("file of an assignment")
        verbose_name_plural = _("files of assignments")

    def __str__(self):
        return str(self.document)


class AssignmentVersion(models.Model):
    """What an assignment adds to a published version: its words and its rubric. Never changed."""

    version = models.OneToOneField(
        "courses.ActivityVersion",
        on_delete=models.PROTECT,
        primary_key=True,
        related_name="assignment_version",
    )
    rubric_version = models.ForeignKey(
        "assessments.RubricVersion",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="assignment_versions",
    )
    # {language: {"title", "instructions"}}
    texts = models.JSONField(_("words"), default=dict)

    class Meta:
        verbose_name = _("assignment version")
        verbose_name_plural = _("assignment versions")

    def __str__(self):
        return str(self.version)
