"""What a learner does in a lesson. The kinds live in the apps that own them and subclass `Activity`."""

import uuid

from django.contrib.contenttypes.fields import GenericRelation
from django.contrib.contenttypes.models import ContentType
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.models import ClusterableModel
from wagtail.fields import RichTextField
from wagtail.models import DraftStateMixin, LockableMixin, RevisionMixin

from courses.models.content import AsksBeforePublishing, Reviewed


class CompletionRule(models.TextChoices):
    """What makes an activity count as done."""

    MARKED = "marked", _("The learner marks it as done")
    FINISHED = "finished", _("The learner hands it in")
    PASSED = "passed", _("The learner reaches the pass mark")


class ActivityQuerySet(models.QuerySet):
    """Selects activities of any kind."""

    def in_bulk_specific(self):
        """All activities as their own kinds, by primary key: one query a kind and one for the list."""
        models_by_kind = {}
        for pk, content_type in self.values_list("pk", "content_type"):
            models_by_kind.setdefault(content_type, []).append(pk)
        found = {}
        for content_type, pks in models_by_kind.items():
            model = ContentType.objects.get_for_id(content_type).model_class()
            found.update(model.objects.in_bulk(pks))
        return found


class Activity(
    AsksBeforePublishing, Reviewed, LockableMixin, DraftStateMixin, RevisionMixin, ClusterableModel
):
    """One thing to do, of any kind, in all languages at once.

    The activity contract: a subclass names its `kind` and `completion_rules`, gives its classroom template and URL,
    and says in `publish_problems()` what is missing before learners may meet it.
    """

    kind = models.CharField(_("kind"), max_length=20, editable=False)
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    title = models.CharField(
        _("title"), max_length=150, help_text=_("Seen by staff, and by learners in lists.")
    )
    course = models.ForeignKey(
        "courses.CoursePage", on_delete=models.PROTECT, related_name="activities", verbose_name=_("course")
    )
    completion_rule = models.CharField(
        _("complete when"), max_length=10, choices=CompletionRule, default=CompletionRule.MARKED
    )
    pass_mark = models.DecimalField(
        _("pass mark"),
        max_digits=4,
        decimal_places=3,
        default=0,
        validators=[MinValueValidator(0), MaxValueValidator(1)],
        help_text=_("From 0 to 1: 0.7 means 70 %."),
    )
    text_alternative = RichTextField(_("text alternative"), blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    content_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+", editable=False)

    # Revisions are found by the base model, as Wagtail does for pages.
    _revisions = GenericRelation(
        "wagtailcore.Revision", content_type_field="base_content_type", object_id_field="object_id"
    )

    KIND = ""

    objects = ActivityQuerySet.as_manager()

    class Meta:
        verbose_name = _("activity")
        verbose_name_plural = _("activities")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.pk is None and self.KIND:
            self.kind = self.KIND
            self.content_type = ContentType.objects.get_for_model(self, for_concrete_model=True)

    def __str__(self):
        return self.title

    @property
    def revisions(self):
        """All revisions of this activity."""
        return self._revisions

    @cached_property
    def specific(self):
        """This activity as its own kind."""
        model = ContentType.objects.get_for_id(self.content_type_id).model_class()
        return self if isinstance(self, model) else model.objects.get(pk=self.pk)

    @property
    def kind_label(self):
        """What its kind is called."""
        return self.content_type.model_class()._meta.verbose_name

    @property
    def needs_pass(self):
        """Whether only a passed attempt completes it."""
        return self.completion_rule == CompletionRule.PASSED

    classroom_template = ""

    def grade(self, attempts):
        """The score (0 to 1) that counts among finished attempts in order, or None without any: the best."""
        return max((attempt.score for attempt in attempts if attempt.score is not None), default=None)

    def shown_grade(self, attempts, dates):
        """The same as its learner may see it now, with the dates that hold for them: None while it is held back."""
        return self.grade(attempts)

    def waits_for_marking(self, attempts):
        """Whether one of these finished attempts has no score yet that somebody will give it."""
        return any(attempt.score is None for attempt in attempts)

    def is_passed_by(self, attempts):
        """Whether these finished attempts, in order, pass it: here, any that cleared the mark it was taken under."""
        return any(attempt.passed for attempt in attempts)

    def what_to_do(self, lesson, *, needed, have):
        """A sentence for the list of what is left: how this is completed. Empty: the words for its rule are used."""
        return ""

    @property
    def has_draft(self):
        """Whether something of it waits to go live; kinds made of several rows ask those too."""
        return not self.live or self.has_unpublished_changes

    def publish_problems(self):
        """Sentences that say what is missing before a learner may meet this activity; none when it is ready."""
        return []


class ReadActivity(Activity):
    """The learner reads and says so. Made from the lesson's block; staff never see it alone."""

    KIND = "read"
    classroom_template = "learning/activities/_read.html"

    class Meta:
        verbose_name = _("reading")
        verbose_name_plural = _("readings")


class ActivityVersion(models.Model):
    """An activity as it stood at one publishing; attempts pin it. Never changed."""

    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField(_("number"))
    settings = models.JSONField(_("settings"), default=dict)
    revision = models.ForeignKey(
        "wagtailcore.Revision", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("activity version")
        verbose_name_plural = _("activity versions")
        ordering = ["activity", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["activity", "number"], name="activity_versions_are_numbered")
        ]

    def __str__(self):
        return f"{self.activity} · {self.number}"


class LessonActivityQuerySet(models.QuerySet):
    """Selects placements."""

    def placed(self):
        """Placements that stand in the lesson now."""
        return self.filter(retired_at=None)

    def required(self):
        """Placements a learner must complete."""
        return self.placed().filter(required_since__isnull=False)


class LessonActivity(models.Model):
    """One placement of an activity in a canonical lesson; retired with a date, never deleted."""

    lesson = models.ForeignKey("courses.LessonPage", on_delete=models.PROTECT, related_name="placements")
    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="placements")
    block_id = models.UUIDField(_("block"))
    sort_order = models.PositiveIntegerField(_("order"), default=0)
    required_since = models.DateTimeField(_("required since"), null=True, blank=True)
    placed_at = models.DateTimeField(auto_now_add=True)
    retired_at = models.DateTimeField(null=True, blank=True)

    objects = LessonActivityQuerySet.as_manager()

    class Meta:
        verbose_name = _("placement")
        verbose_name_plural = _("placements")
        ordering = ["lesson", "sort_order"]
        constraints = [models.UniqueConstraint(fields=["lesson", "block_id"], name="one_placement_per_block")]

    def __str__(self):
        return f"{self.activity} → {self.lesson}"
