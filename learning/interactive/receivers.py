"""Listens for interactive activities going live, and for versions of their content that do."""

from django.dispatch import receiver
from wagtail.signals import published

from h5p.services.contents import make_current
from h5p.signals import version_published
from learning.interactive.publishing import freeze_activity
from learning.interactive.services.authoring import take_into_drafts
from learning.models import H5PActivity


@receiver(published)
def publish_content_with_activity(sender, instance, revision=None, **kwargs):
    """Freeze the activity as it went live. A version that learners have now is published, unless a newer one is."""
    if not isinstance(instance, H5PActivity) or not instance.live:
        return
    activity = H5PActivity.objects.get(pk=instance.pk)
    freeze_activity(activity)
    rows = activity.words.exclude(version=None).select_related("version__content__current")
    for words in rows.order_by("content"):
        current = words.version.content.current
        if current is None or current.number < words.version.number:
            make_current(words.version, by=revision.user if revision else None)


@receiver(version_published)
def offer_to_drafts(sender, version, by, **kwargs):
    """Activities that are still being written go live with what is newest."""
    take_into_drafts(version, by=by)
