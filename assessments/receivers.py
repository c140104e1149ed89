"""Listens for quizzes going live and freezes them."""

from django.dispatch import receiver
from wagtail.signals import published

from assessments.models import Quiz
from assessments.publishing import freeze_quiz


@receiver(published)
def freeze_published_quiz(sender, instance, **kwargs):
    """Append a version of the quiz as it went live; attempts begun from now on pin it."""
    if isinstance(instance, Quiz):
        freeze_quiz(instance)
