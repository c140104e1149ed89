"""Listens for quizzes going live and freezes them."""

from django.dispatch import receiver
from wagtail.signals import published

from assessments.models import Quiz
from assessments.publishing import freeze_quiz


@receiver(published)
def freeze_published_quiz(sender, instance, revision=None, **kwargs):
    """Append a version of the quiz as it went live; attempts begun from now on pin it."""
    if isinstance(instance, Quiz) and instance.live:
        freeze_quiz(Quiz.objects.get(pk=instance.pk), user=revision.user if revision else None)
