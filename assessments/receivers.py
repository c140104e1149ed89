"""Listens for quizzes going live and freezes them, and for dates that move the end of attempts under way."""

from django.dispatch import receiver
from wagtail.signals import published

from assessments.models import Quiz
from assessments.publishing import freeze_quiz
from assessments.services import move_deadlines
from enrolments.models import Enrolment
from enrolments.signals import accommodation_changed, dates_changed


@receiver(published)
def freeze_published_quiz(sender, instance, revision=None, **kwargs):
    """Append a version of the quiz as it went live; attempts begun from now on pin it."""
    if isinstance(instance, Quiz) and instance.live:
        freeze_quiz(Quiz.objects.get(pk=instance.pk), user=revision.user if revision else None)


@receiver(accommodation_changed)
def move_deadlines_of_people(sender, enrolment_ids, **kwargs):
    """Give attempts under way the time that was just granted, or taken back."""
    move_deadlines(enrolment_ids)


@receiver(dates_changed)
def move_deadlines_of_edition(sender, edition, **kwargs):
    """Let attempts under way end when the edition now says."""
    move_deadlines(Enrolment.objects.active().filter(edition=edition).values_list("pk", flat=True))
