"""Listens to Wagtail's publishing and workflow, and calls one service each."""

from django.dispatch import receiver
from django.utils import timezone
from wagtail.signals import page_published, page_unpublished, published, workflow_cancelled

from courses import services
from courses.models import ChangeSet, LessonPage
from courses.models.content import CourseContentPage


@receiver(page_published)
def place_activities(sender, instance, **kwargs):
    """A published lesson says which activities learners meet."""
    if isinstance(instance, LessonPage):
        services.sync_placements(instance)


@receiver(page_published)
def append_version_of_single_page(sender, instance, revision=None, **kwargs):
    """A page published by itself makes a version of its course; a change set appends its own, once."""
    alone = revision is not None and not getattr(revision, "published_jointly", False)
    if isinstance(instance, CourseContentPage) and alone and instance.alias_of_id is None:
        services.append_course_version(instance.course, user=revision.user)


@receiver(page_unpublished)
def retire_activities(sender, instance, **kwargs):
    """A lesson taken offline asks nothing of learners."""
    if isinstance(instance, LessonPage):
        services.retire_placements(instance)


@receiver(published, sender=ChangeSet)
def publish_change_set(sender, instance, **kwargs):
    """What an approved change set holds goes live with it; a scheduled one only at its time."""
    if instance.live and not instance.published_at:
        services.publish_items(instance)


@receiver(workflow_cancelled)
def withdraw_change_set(sender, instance, **kwargs):
    """Cancelling the workflow in Wagtail's own screens withdraws the change set."""
    if isinstance(instance.content_object, ChangeSet):
        ChangeSet.objects.filter(pk=instance.object_id, withdrawn_at=None).update(withdrawn_at=timezone.now())
