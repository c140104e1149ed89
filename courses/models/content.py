"""What everything that belongs to a course shares: one way to publish, one lock, one review."""

from django.db import models
from django.template.response import TemplateResponse
from django.utils.functional import cached_property
from wagtail import hooks

from cms.models import BasePage
from courses.locks import InReviewLock
from courses.models.permissions import CoursePermissionTester

# Asked before a page or activity goes live on any road (editor, bulk, schedule, command): hook(content, revision, user,
# scheduled). It raises to refuse, or answers False to let a schedule pass by in silence.
BEFORE_PUBLISHING = "before_course_content_published"
SCHEDULED = "wagtail.publish.scheduled"


class AsksBeforePublishing(models.Model):
    """Asks `before_course_content_published` before it goes live, whoever publishes it and how."""

    class Meta:
        abstract = True

    def publish(self, revision, user=None, changed=True, log_action=True, **kwargs):
        """Go live, unless something is missing."""
        for ask in hooks.get_hooks(BEFORE_PUBLISHING):
            if ask(self, revision, user=user, scheduled=log_action == SCHEDULED) is False:
                return
        super().publish(revision, user=user, changed=changed, log_action=log_action, **kwargs)


class Reviewed(models.Model):
    """Moves with its course: while a change set that holds it is being reviewed, nobody edits it."""

    class Meta:
        abstract = True

    @cached_property
    def locking_change_set(self):
        """The change set under review or waiting for its time that holds this, if any."""
        if not self.pk:
            return None
        item = self.change_set_items.filter(change_set__in=self.change_set_model().objects.locking()).first()
        return item.change_set if item else None

    @classmethod
    def change_set_model(cls):
        """Late, since change sets refer to pages."""
        return cls._meta.apps.get_model("courses", "ChangeSet")

    def get_lock(self):
        """What keeps this from being edited now."""
        if change_set := self.locking_change_set:
            return InReviewLock(self, change_set)
        return super().get_lock()


class CourseContentPage(AsksBeforePublishing, Reviewed, BasePage):
    """A page of a course. Its workflow is that of the change set it travels in."""

    class Meta:
        abstract = True

    def permissions_for_user(self, user):
        """What the person may do with it, by role rows."""
        return CoursePermissionTester(user, self)

    def serve_preview(self, request, mode_name):
        """Draw the draft with the template learners get; nobody is enrolled and nothing is counted."""
        request.is_preview = True
        return TemplateResponse(
            request, self.get_preview_template(request, mode_name), self.get_context(request)
        )

    def get_workflow(self):
        """None of its own: pages of a course are submitted in a change set."""
        return

    @property
    def has_workflow(self):
        """Never: see `get_workflow`."""
        return False

    @property
    def current_workflow_state(self):
        """That of the change set under review."""
        return self.locking_change_set and self.locking_change_set.current_workflow_state

    @property
    def workflow_in_progress(self):
        """Whether a reviewer is at it."""
        return bool(self.current_workflow_task)
