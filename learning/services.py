"""Recording what people do. Attempts, completions and the course's completion are written here and nowhere else."""

from collections.abc import Callable
from decimal import Decimal

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courses.models import Activity, CompletionRule, CourseVersion, LessonActivity
from enrolments.models import Enrolment
from enrolments.services import lock
from foundation.audit import services as audit
from learning.models import Attempt, Completion, CourseCompletion
from learning.progress import progress
from learning.signals import activity_completed, attempt_rescored, course_completed


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
    """Record an activity as done, and the course when it was the last one required. The enrolment is held."""
    standing = progress(enrolment)
    if _is_done(standing, enrolment, activity):
        return
    Completion.objects.create(enrolment=enrolment, activity=activity, language=language or enrolment.language)
    activity_completed.send(sender=Completion, enrolment=enrolment, activity=activity)
    left = {state.activity.pk for _lesson, state in standing.missing} - {activity.pk}
    if standing.required and not left and not standing.completed_at:
        _complete_course(enrolment)


def _is_done(standing, enrolment, activity):
    known = [
        state
        for lesson in standing.lessons
        for state in lesson.activities
        if state.activity.pk == activity.pk
    ]
    if known:
        return known[0].is_done
    return Completion.objects.filter(enrolment=enrolment, activity=activity).exists()


@transaction.atomic
def complete_course_if_due(enrolment: Enrolment) -> None:
    """Record the course as completed when everything required is done. Recorded once, never taken away."""
    enrolment = lock(enrolment)
    standing = progress(enrolment)
    if standing.is_complete and not standing.completed_at:
        _complete_course(enrolment)


def _complete_course(enrolment):
    version = CourseVersion.objects.filter(course=enrolment.edition.course_id).order_by("-number").first()
    CourseCompletion.objects.create(enrolment=enrolment, course_version=version)
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
def finish_attempt(attempt: Attempt, *, score: Decimal | Callable[[Attempt], Decimal] | None) -> Attempt:
    """Hand the attempt in with its score (0 to 1) and complete the activity when its rule is met. Safe to repeat.

    `score` may be a function of the attempt: it is asked once the attempt is held and known to be open.
    """
    enrolment = lock(attempt.enrolment)
    attempt = Attempt.objects.select_for_update(of=["self"]).select_related("activity").get(pk=attempt.pk)
    attempt.enrolment = enrolment
    if attempt.finished_at:
        return attempt
    attempt.score = score(attempt) if callable(score) else score
    attempt.finished_at = timezone.now()
    attempt.save(update_fields=["score", "finished_at"])
    activity = attempt.activity
    if activity.completion_rule != CompletionRule.MARKED and _rule_is_met(enrolment, activity):
        _complete(enrolment, activity, attempt.language)
    return attempt


@transaction.atomic
def rescore_attempt(attempt: Attempt, score: Decimal | None, *, by, reason: str) -> Attempt:
    """Give a finished attempt another score (0 to 1; None: it waits for marks), and complete what it now completes.

    What was completed before stays completed. Recorded in the audit log when a score changes. Safe to repeat.
    Raises ValueError for an attempt that is still open.
    """
    enrolment = lock(attempt.enrolment)
    attempt = Attempt.objects.select_for_update(of=["self"]).select_related("activity").get(pk=attempt.pk)
    attempt.enrolment = enrolment
    if attempt.finished_at is None:
        raise ValueError("An attempt that is still open has no score to change.")
    before, attempt.score = attempt.score, score
    if before == score:
        return attempt
    attempt.save(update_fields=["score"])
    activity = attempt.activity
    if activity.completion_rule != CompletionRule.MARKED and _rule_is_met(enrolment, activity):
        _complete(enrolment, activity, attempt.language)
    attempt_rescored.send(sender=Attempt, attempt=attempt)
    if before is not None:
        change: dict = {"reason": reason, "before": {"score": before}, "after": {"score": score}}
        audit.record(by, "learning.rescore_attempt", attempt, **change)
    return attempt
