"""Interactive content as an activity: which content in which language, and what a browser reported of an attempt."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey

from courses.models import Activity, CompletionRule
from courses.models.activities import ActivityQuerySet
from h5p.core.completing import types_without_scores
from learning.models.h5p_lines import activity_lines, activity_problems


class H5PActivityQuerySet(ActivityQuerySet):
    """Selects interactive activities."""

    def without_scores(self):
        """Those whose content is of types that never report a score."""
        scoreless = models.Q()
        for name in types_without_scores():
            scoreless |= models.Q(words__content__current__library__startswith=f"{name} ")
        return self.filter(scoreless)


class H5PActivity(Activity):
    """An activity played from H5P content. Browsers report its results: formative unless staff say otherwise."""

    KIND = "h5p"
    classroom_template = "learning/activities/_h5p.html"

    objects = H5PActivityQuerySet.as_manager()

    class Meta:
        verbose_name = _("interactive activity")
        verbose_name_plural = _("interactive activities")

    @classmethod
    def begin(cls, **fields):
        """A new activity, done when the browser reports its end; not saved."""
        return cls(completion_rule=CompletionRule.FINISHED, **fields)

    @property
    def iri(self):
        """What statements are about, wherever the site moves: results of the whole name exactly this."""
        return f"urn:uuid:{self.key}"

    @property
    def source_language(self):
        """The language the course is written in."""
        return (self.course.source_locale or self.course.locale).language_code

    def waits_for_marking(self, attempts):
        """Never: what ends without a score has none."""
        return False

    def is_passed_by(self, attempts):
        """Whether one of these attempts has a score, and one that passes."""
        return any(attempt.passed for attempt in attempts if attempt.score is not None)

    def what_to_do(self, lesson, *, needed, have):
        """How it is completed, for the list of what is left."""
        words = {"lesson": lesson, "needed": needed, "have": have}
        if self.completion_rule == CompletionRule.MARKED:
            return _("Mark the interactive activity in “%(lesson)s” as done.") % words
        if not self.needs_pass:
            return _("Finish the interactive activity in “%(lesson)s”.") % words
        if have is None:
            return _("Pass the interactive activity in “%(lesson)s” (you need %(needed)s).") % words
        return (
            _("Pass the interactive activity in “%(lesson)s” (you have %(have)s, you need %(needed)s).")
            % words
        )

    def words_in(self, language):
        """The row whose content is played in a language, else that of the source language; None where there is none."""
        found = {words.language: words for words in self.words.all()}
        return found.get(language) or found.get(self.source_language)

    def alternative_of(self, words):
        """The text alternative of a language: in the source language it is the activity's own."""
        if words.language == self.source_language:
            return words.text_alternative or self.text_alternative
        return words.text_alternative

    def publish_problems(self):
        """What is missing before learners may meet it."""
        return activity_problems(self)

    def comparison(self):
        """What it says, line by line, so that two states of it can be laid side by side."""
        return activity_lines(self)


class H5PWords(models.Model):
    """The content that is played in one language. All languages of an activity use the same content type."""

    activity = ParentalKey(H5PActivity, on_delete=models.CASCADE, related_name="words")
    language = models.CharField(_("language"), max_length=12)
    content = models.ForeignKey(
        "h5p.Content",
        on_delete=models.PROTECT,
        related_name="placed_as",
        verbose_name=_("interactive content"),
    )
    # What goes live with the activity, so that what was reviewed is what is played; none: what is played then.
    version = models.ForeignKey(
        "h5p.ContentVersion",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="placed_as",
        verbose_name=_("version"),
    )
    # Overrides the activity's, which is in the source language.
    text_alternative = models.TextField(_("text alternative"), blank=True)

    class Meta:
        verbose_name = _("content in a language")
        verbose_name_plural = _("content by language")
        constraints = [
            models.UniqueConstraint(fields=["activity", "language"], name="one_h5p_content_per_language")
        ]

    def __str__(self):
        return f"{self.activity} ({self.language})"

    @property
    def played(self):
        """The version that learners play, or None."""
        return self.version or self.content.current


class H5PAttempt(models.Model):
    """What is known of an attempt at an interactive activity. `version` is what was played, kept for ever."""

    attempt = models.OneToOneField("learning.Attempt", on_delete=models.PROTECT, related_name="h5p")
    version = models.ForeignKey("h5p.ContentVersion", on_delete=models.PROTECT, related_name="attempts")
    raw = models.DecimalField(_("points"), max_digits=10, decimal_places=3, null=True, blank=True)
    maximum = models.DecimalField(
        _("points possible"), max_digits=10, decimal_places=3, null=True, blank=True
    )
    seconds = models.PositiveIntegerField(_("duration in seconds"), null=True, blank=True)
    # Sent by the browser that asked to try again; asking twice finds the same attempt.
    asked_as = models.UUIDField(unique=True, null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("attempt at interactive content")
        verbose_name_plural = _("attempts at interactive content")

    def __str__(self):
        return str(self.attempt)


class H5PState(models.Model):
    """Where a player left off, by kind of data and sub-content: what the browser sent, never run on the server."""

    h5p_attempt = models.ForeignKey(H5PAttempt, on_delete=models.CASCADE, related_name="states")
    data_type = models.CharField(max_length=64, default="state")
    # "0" is the whole; sub-content has a UUID.
    sub_content_id = models.CharField(max_length=36, default="0")
    data = models.TextField()
    preload = models.BooleanField(default=False)
    invalidate = models.BooleanField(default=False)
    saved_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("state of interactive content")
        verbose_name_plural = _("states of interactive content")
        constraints = [
            models.UniqueConstraint(
                fields=["h5p_attempt", "data_type", "sub_content_id"], name="one_h5p_state_per_part"
            )
        ]

    def __str__(self):
        return f"{self.h5p_attempt} · {self.data_type} · {self.sub_content_id}"


class H5PStatement(models.Model):
    """One xAPI statement as the browser sent it. Kept raw; only a root result of an open attempt changes anything."""

    h5p_attempt = models.ForeignKey(H5PAttempt, on_delete=models.PROTECT, related_name="statements")
    # SHA-256 of what was sent: the same statement twice is one row.
    sha256 = models.CharField(max_length=64)
    verb = models.CharField(_("verb"), max_length=255)
    sub_content_id = models.CharField(max_length=36, blank=True)
    raw = models.JSONField()
    size = models.PositiveIntegerField(_("size in bytes"), default=0)
    received_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("reported statement")
        verbose_name_plural = _("reported statements")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["h5p_attempt", "sha256"], name="h5p_statement_once")]

    def __str__(self):
        return f"{self.h5p_attempt} · {self.verb}"
