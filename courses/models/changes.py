"""What is submitted, reviewed and published together: a change set, on Wagtail's own workflow."""

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import DraftStateMixin, RevisionMixin, Task, TaskState, WorkflowMixin

from accounts.access import has_site_role
from accounts.models import Role
from courses.models.content import AsksBeforePublishing
from courses.models.roles import has_course_role


class Stage(models.TextChoices):
    """Where a change set stands."""

    IN_REVIEW = "in_review", _("In review")
    RETURNED = "returned", _("Returned to the author")
    SCHEDULED = "scheduled", _("Approved, waiting for its time")
    PUBLISHED = "published", _("Published")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    REFUSED = "refused", _("Not published: something was missing")


class ChangeSetQuerySet(models.QuerySet):
    """Selects change sets."""

    def open(self):
        """Those that may still be published."""
        return self.filter(published_at=None, withdrawn_at=None, refused_at=None)

    def locking(self):
        """Those whose pages nobody may edit now: under review or waiting for their time."""
        return self.open().filter(returned_at=None)

    def awaiting_review(self):
        """Those a reviewer should look at."""
        return self.locking().filter(approved_at=None)


class ChangeSet(AsksBeforePublishing, WorkflowMixin, DraftStateMixin, RevisionMixin, models.Model):
    """Pages and activities of one course that go live together or not at all."""

    course = models.ForeignKey("courses.CoursePage", on_delete=models.CASCADE, related_name="change_sets")
    # Set when only one page travels: the one-line correction.
    only_page = models.ForeignKey(
        "wagtailcore.Page",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("page"),
    )
    restored_from = models.ForeignKey(
        "courses.CourseVersion", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    summary = models.TextField(
        _("what changed, and why"),
        help_text=_("For the reviewer: two or three sentences on what you changed and why."),
    )
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="submitted_change_sets"
    )
    submitted_at = models.DateTimeField(default=timezone.now)
    returned_at = models.DateTimeField(null=True, blank=True, editable=False)
    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)
    approved_at = models.DateTimeField(null=True, blank=True, editable=False)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
    )
    published_at = models.DateTimeField(null=True, blank=True, editable=False)
    refused_at = models.DateTimeField(null=True, blank=True, editable=False)

    _revisions = GenericRelation(
        "wagtailcore.Revision", content_type_field="content_type", object_id_field="object_id"
    )

    objects = ChangeSetQuerySet.as_manager()

    class Meta:
        verbose_name = _("change set")
        verbose_name_plural = _("change sets")
        ordering = ["-submitted_at"]

    def __str__(self):
        if self.only_page:
            return _("%(page)s (one page of %(course)s)") % {
                "page": self.only_page.title,
                "course": self.course.title,
            }
        return self.course.get_latest_title()

    def publish(self, revision, **kwargs):
        """Go live with everything in it or not at all; the review task has asked who may."""
        with transaction.atomic():
            return super().publish(revision, **kwargs | {"skip_permission_checks": True})

    @property
    def stage(self):
        """Where it stands, from its dates."""
        for moment, stage in (
            (self.published_at, Stage.PUBLISHED),
            (self.withdrawn_at, Stage.WITHDRAWN),
            (self.refused_at, Stage.REFUSED),
            (self.returned_at, Stage.RETURNED),
            (self.approved_at, Stage.SCHEDULED),
        ):
            if moment:
                return stage
        return Stage.IN_REVIEW

    @property
    def stage_label(self):
        """Where it stands, in words."""
        return self.stage.label


class ChangeSetItem(models.Model):
    """One page or activity of a change set, pinned to the revision that was submitted."""

    change_set = models.ForeignKey(ChangeSet, on_delete=models.CASCADE, related_name="items")
    page = models.ForeignKey(
        "wagtailcore.Page", on_delete=models.CASCADE, null=True, blank=True, related_name="change_set_items"
    )
    activity = models.ForeignKey(
        "courses.Activity", on_delete=models.CASCADE, null=True, blank=True, related_name="change_set_items"
    )
    revision = models.ForeignKey("wagtailcore.Revision", on_delete=models.CASCADE, related_name="+")
    # What learners saw when it was submitted; none if it is new.
    live_before = models.ForeignKey(
        "wagtailcore.Revision", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    sort_order = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("changed item")
        verbose_name_plural = _("changed items")
        ordering = ["change_set", "sort_order"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(page=None) ^ models.Q(activity=None),
                name="an_item_is_a_page_or_an_activity",
            ),
            models.UniqueConstraint(fields=["change_set", "page"], name="a_page_is_once_in_a_change_set"),
            models.UniqueConstraint(
                fields=["change_set", "activity"], name="an_activity_is_once_in_a_change_set"
            ),
        ]

    def __str__(self):
        return self.revision.object_str

    @property
    def content(self):
        """The page or activity itself, as its own kind."""
        return (self.page or self.activity).specific


class ReviewComment(models.Model):
    """What somebody said about a change set, or about one item of it."""

    change_set = models.ForeignKey(ChangeSet, on_delete=models.CASCADE, related_name="comments")
    item = models.ForeignKey(
        ChangeSetItem, on_delete=models.SET_NULL, null=True, blank=True, related_name="comments"
    )
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(_("comment"), max_length=4000)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        ordering = ["made_at", "pk"]

    def __str__(self):
        return self.text[:60]


class CourseReviewTask(Task):
    """A reviewer of the course, or of the site, who is not the submitter, reads the whole change set."""

    class Meta:
        verbose_name = _("course review")
        verbose_name_plural = _("course reviews")

    @classmethod
    def get_description(cls):
        """Shown where administrators compose workflows."""
        return _("Reviewers of the course, or of the site, approve it; never the person who submitted it.")

    def user_reviews(self, course, user):
        """Whether the person holds a reviewer's right on the course."""
        return has_site_role(user, Role.REVIEWER, Role.ADMINISTRATOR) or has_course_role(
            user, course, Role.REVIEWER
        )

    def user_can_access_editor(self, obj, user):
        """Reviewers may open the pages under review; the lock keeps them as submitted."""
        change_set = getattr(obj, "locking_change_set", None)
        return bool(change_set) and self.user_reviews(change_set.course, user)

    def user_decides(self, change_set, user):
        """Whether the person may approve or return it: a reviewer, and somebody else than the submitter."""
        return user != change_set.submitted_by and self.user_reviews(change_set.course, user)

    def get_actions(self, obj, user):
        """None in Wagtail's own screens: one page cannot be approved, and the whole has a screen of its own."""
        return []

    def get_task_states_user_can_moderate(self, user, **kwargs):
        """None: a panel of ours on the first screen leads to the reviews."""
        return TaskState.objects.none()
