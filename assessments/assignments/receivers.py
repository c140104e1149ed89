"""Listens for assignments going live and freezes them."""

from django.dispatch import receiver
from wagtail.signals import published

from assessments.assignments.publishing import freeze_assignment
from assessments.models import Assignment


@receiver(published)
def freeze_published_assignment(sender, instance, **kwargs):
    """Append a version of the assignment as it went live."""
    if isinstance(instance, Assignment) and instance.live:
        freeze_assignment(Assignment.objects.get(pk=instance.pk))
