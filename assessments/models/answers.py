"""What a learner was asked and answered, and what people said it is worth."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _


class EndedBy(models.TextChoices):
    """Who handed an attempt in."""

    LEARNER = "learner", _("The learner")
    TIME = "time", _("The clock")
    STAFF = "staff", _("Staff")


class QuizAttempt(models.Model):
    """What a quiz adds to an attempt."""

    attempt = models.OneToOneField(
        "learning.Attempt", on_delete=models.PROTECT, primary_key=True, related_name="quiz_attempt"
    )
    # Orders the options the same way each time this attempt is shown.
    seed = models.PositiveIntegerField(_("seed"))
    # By the server's clock. Moved when more time is granted.
    deadline_at = models.DateTimeField(_("time ends"), null=True, blank=True)
    # How far a learner has come where pages cannot be opened again.
    page_reached = models.PositiveIntegerField(_("page reached"), default=0)
    ended_by = models.CharField(_("handed in by"), max_length=10, choices=EndedBy, blank=True)
    # SHA-256 of what was handed in, so that a learner can prove it.
    receipt = models.CharField(_("receipt"), max_length=64, blank=True)

    class Meta:
        verbose_name = _("quiz attempt")
        verbose_name_plural = _("quiz attempts")

    def __str__(self):
        return str(self.attempt)

    @property
    def rules(self) -> dict:
        """The rules of the quiz this attempt is taken under."""
        return self.attempt.version.settings if self.attempt.version else {}


class AttemptItem(models.Model):
    """One question of one attempt, drawn when it began."""

    quiz_attempt = models.ForeignKey(QuizAttempt, on_delete=models.PROTECT, related_name="items")
    sort_order = models.PositiveIntegerField(_("order"))
    page = models.PositiveIntegerField(_("page"), default=0)
    version_item = models.ForeignKey(
        "assessments.QuizVersionItem", on_delete=models.PROTECT, related_name="attempt_items"
    )
    section = models.ForeignKey(
        "assessments.QuizVersionItem", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    question_version = models.ForeignKey(
        "assessments.QuestionVersion", on_delete=models.PROTECT, related_name="attempt_items"
    )
    case_version = models.ForeignKey(
        "assessments.QuestionVersion", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    points = models.DecimalField(_("points"), max_digits=5, decimal_places=2, default=1)
    flagged_at = models.DateTimeField(null=True, blank=True)
    # A regrade took it out of the total, or had it graded by the key of a later version.
    dropped_at = models.DateTimeField(null=True, blank=True)
    # A regrade gave everybody its points.
    given_at = models.DateTimeField(null=True, blank=True)
    graded_by = models.ForeignKey(
        "assessments.QuestionVersion", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("question of an attempt")
        verbose_name_plural = _("questions of attempts")
        ordering = ["quiz_attempt", "sort_order"]
        constraints = [
            models.UniqueConstraint(fields=["quiz_attempt", "sort_order"], name="attempt_items_are_ordered")
        ]

    def __str__(self):
        return f"{self.quiz_attempt} · {self.sort_order}"

    @property
    def key_version(self):
        """The version of the question whose key grades it."""
        return self.graded_by or self.question_version


class Answer(models.Model):
    """The answer to one question of one attempt, as last saved."""

    quiz_attempt = models.ForeignKey(QuizAttempt, on_delete=models.PROTECT, related_name="answers")
    item = models.OneToOneField(AttemptItem, on_delete=models.PROTECT, related_name="answer")
    # As the kind of the question keeps it: see `assessments.kinds`.
    response = models.JSONField(_("response"), default=list)
    language = models.CharField(_("language"), max_length=12)
    saved_at = models.DateTimeField()
    # Grows with each save; an older one that arrives late is told apart.
    sequence = models.PositiveIntegerField(_("sequence"), default=1)
    # Sent by the browser with the save; a save that arrives twice is told apart.
    save_key = models.CharField(max_length=36, blank=True)
    # As the browser counted, never more than the attempt has lasted.
    seconds = models.PositiveIntegerField(_("seconds spent"), default=0)
    # Practice: when the learner asked whether it is right. From then on it stands.
    checked_at = models.DateTimeField(null=True, blank=True)
    score = models.DecimalField(max_digits=4, decimal_places=3, null=True, blank=True)

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")

    def __str__(self):
        return f"{self.quiz_attempt} · {self.item_id}"


def answer_file_path(file, name):
    """Where a file of an answer is kept: by attempt, under a name nobody can guess from outside."""
    return f"private/answers/{file.item.quiz_attempt_id}/{file.key}"


class AnswerFile(models.Model):
    """A file that belongs to an answer; taken back before handing in, it stays with the date."""

    item = models.ForeignKey(AttemptItem, on_delete=models.PROTECT, related_name="files")
    key = models.UUIDField(unique=True, editable=False)
    file = models.FileField(upload_to=answer_file_path, max_length=200)
    name = models.CharField(_("name"), max_length=200)
    size = models.PositiveIntegerField(_("size in bytes"))
    sha256 = models.CharField(max_length=64)
    content_type = models.CharField(max_length=100)
    uploaded_at = models.DateTimeField(auto_now_add=True)
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("file of an answer")
        verbose_name_plural = _("files of answers")
        ordering = ["uploaded_at", "pk"]

    def __str__(self):
        return self.name


class Mark(models.Model):
    """What a person says an answer is worth. Appended; the newest counts."""

    item = models.ForeignKey(AttemptItem, on_delete=models.PROTECT, related_name="marks")
    marker = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    score = models.DecimalField(
        _("score"),
        # Fine enough for 1 of 3 points and 6 of 7 to make 7 of 10 again.
        max_digits=9,
        decimal_places=8,
        validators=[MinValueValidator(0), MaxValueValidator(1)],
    )
    comment = models.TextField(_("comment"), blank=True)
    # {criterion: level} and {criterion: words}, by keys of the rubric the question's version pins. That one never
    # changes, so no key can lose what it names; and a mark is written once and read whole, never searched by level.
    rubric_choices = models.JSONField(_("levels chosen"), default=dict, blank=True)
    rubric_comments = models.JSONField(_("comments on criteria"), default=dict, blank=True)
    # Why it takes the place of an earlier mark, or of what the key gave.
    reason = models.TextField(_("reason"), blank=True)
    marked_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("mark")
        verbose_name_plural = _("marks")
        ordering = ["marked_at", "pk"]

    def __str__(self):
        return f"{self.item} · {self.score}"
