"""Recording what people do. Attempts, completions and the course's completion are written here and nowhere else."""

from decimal import Decimal

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courses.models import Activity, CompletionRule, CourseVersion, LessonActivity
from enrolments.models import Enrolment
from enrolments.services import lock
from learning.models import Attempt, Completion, CourseCompletion
from learning.progress import progress
from learning.signals import activity_completed, course_completed


class LearningRefused(Exception):
    """Something cannot be done now; `str()` says why, for people."""


class NotActive(LearningRefused):
    """The enrolment no longer holds a place."""

    def __init__(self):
        super().__init__(_("You have withdrawn from this edition. Enrol again to go on."))


class NotPlaced(LearningRefused):
    """The activity does not stand in a live lesson of the course."""

    def __init__(self):
        super().__init__(_("This activity is no longer part of the course."))


class NotPassedYet(LearningRefused):
    """The activity needs a passed attempt."""

    def __init__(self):
        super().__init__(_("This counts as done once you reach the pass mark."))


def _require_place(enrolment: Enrolment, activity: Activity) -> None:
    if not enrolment.is_active:
        raise NotActive
    placed = LessonActivity.objects.placed().filter(
        activity=activity, lesson__live=True, lesson__path__startswith=enrolment.edition.course.path
    )
    if not placed.exists():
        raise NotPlaced


@transaction.atomic
def complete_activity(enrolment: Enrolment, activity: Activity, *, language: str = "") -> None:
    """Record that the activity is done and, when it was the last one needed, the course. Safe to repeat.

    Raises LearningRefused when the enrolment holds no place, the activity is not placed, or is not passed yet.
    """
    enrolment = lock(enrolment)
    _require_place(enrolment, activity)
    if activity.completion_rule != CompletionRule.MARKED and not _rule_is_met(enrolment, activity):
        raise NotPassedYet
    _complete(enrolment, activity, language)


def _rule_is_met(enrolment, activity):
    finished = list(enrolment.attempts.finished().filter(activity=activity).order_by("number"))
    if activity.completion_rule == CompletionRule.FINISHED:
        return bool(finished)
    return activity.specific.is_passed_by(finished)


def _complete(enrolment, activity, language):
    _completion, created = Completion.objects.get_or_create(
        enrolment=enrolment, activity=activity, defaults={"language": language or enrolment.language}
    )
    if created:
        activity_completed.send(sender=Completion, enrolment=enrolment, activity=activity)
        complete_course_if_due(enrolment)


def complete_course_if_due(enrolment: Enrolment) -> None:
    """Record the course as completed when everything required is done. Recorded once, never taken away."""
    if CourseCompletion.objects.filter(enrolment=enrolment).exists() or not progress(enrolment).is_complete:
        return
    version = CourseVersion.objects.filter(course=enrolment.edition.course).order_by("-number").first()
    _completion, created = CourseCompletion.objects.get_or_create(
        enrolment=enrolment, defaults={"course_version": version}
    )
    if created:
        course_completed.send(sender=CourseCompletion, enrolment=enrolment)


@transaction.atomic
def open_attempt(enrolment: Enrolment, activity: Activity, *, language: str, version=None) -> Attempt:
    """The open attempt at the activity, begun now if there is none. Safe to repeat; two tabs get the same one.

    Raises LearningRefused when the enrolment holds no place or the activity is not placed. Whether another attempt
    is allowed is for the kind's own service to say first, under the same lock.
    """
    enrolment = lock(enrolment)
    _require_place(enrolment, activity)
    existing = enrolment.attempts.filter(activity=activity, finished_at=None).first()
    if existing:
        return existing
    last = enrolment.attempts.filter(activity=activity).aggregate(last=Max("number"))["last"] or 0
    return Attempt.objects.create(
        enrolment=enrolment,
        activity=activity,
        version=version,
        number=last + 1,
        language=language,
        pass_mark=activity.pass_mark,
    )


@transaction.atomic
def finish_attempt(attempt: Attempt, *, score: Decimal | None) -> Attempt:
    """Hand the attempt in with its score (0 to 1) and complete the activity when its rule is met. Safe to repeat."""
    enrolment = lock(attempt.enrolment)
    attempt = Attempt.objects.select_for_update().get(pk=attempt.pk)
    if attempt.finished_at:
        return attempt
    attempt.score = score
    attempt.finished_at = timezone.now()
    attempt.save(update_fields=["score", "finished_at"])
    activity = attempt.activity
    if activity.completion_rule != CompletionRule.MARKED and _rule_is_met(enrolment, activity):
        _complete(enrolment, activity, attempt.language)
    return attempt
