"""Whose classroom, whose attempt. Learner data reaches views only through here."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from accounts.models import User
from courses.models import Activity
from enrolments.access import can_tutor, get_enrolment_or_404
from enrolments.models import Edition, Enrolment
from learning.models import Attempt, TutorThread


def get_activity_or_404(user: User, edition_code: str, activity_id: int) -> tuple[Enrolment, Activity]:
    """The person's enrolment and an activity that stands in a lesson of its course."""
    enrolment = get_enrolment_or_404(user, edition_code)
    activity = (
        Activity.objects.filter(
            pk=activity_id, placements__lesson__path__startswith=enrolment.edition.course.path
        )
        .distinct()
        .first()
    )
    if activity is None:
        raise Http404
    return enrolment, activity.specific


def get_attempt_or_404(user: User, edition_code: str, attempt_id: int, *, kind: str = "") -> Attempt:
    """An attempt of the person's own, in an enrolment that holds a place; with its row of `kind` if one is named."""
    enrolments = (
        Enrolment.objects.active().of(user).filter(edition__code=edition_code, edition__cancelled_at=None)
    )
    attempts = Attempt.objects.select_related(
        "activity",
        "version",
        "enrolment__person",
        "enrolment__edition__course__source_locale",
        *filter(None, [kind]),
    )
    kind_exists = {f"{kind}__isnull": False} if kind else {}
    return get_object_or_404(attempts, pk=attempt_id, enrolment__in=enrolments, **kind_exists)


def get_own_thread_or_404(user: User, thread_id: int) -> TutorThread:
    """A thread the person began."""
    return get_object_or_404(
        TutorThread.objects.select_related("enrolment__edition"), pk=thread_id, enrolment__person=user
    )


def get_learner_or_404(user: User, enrolment_id: int) -> Enrolment:
    """An enrolment in an edition this person teaches or manages."""
    enrolment = get_object_or_404(
        Enrolment.objects.select_related(
            "person__country", "edition__course__source_locale", "country", "profession__parent"
        ),
        pk=enrolment_id,
    )
    if not can_tutor(user, enrolment.edition):
        raise Http404
    return enrolment


def get_taught_edition_or_404(user: User, pk: int) -> Edition:
    """The edition, if this person teaches or manages it."""
    edition = get_object_or_404(Edition.objects.select_related("course"), pk=pk)
    if not can_tutor(user, edition):
        raise Http404
    return edition


def get_thread_to_answer_or_404(user: User, thread_id: int) -> TutorThread:
    """A thread of an edition this person teaches or manages."""
    thread = get_object_or_404(
        TutorThread.objects.select_related(
            "enrolment__person__country", "enrolment__edition__course", "lesson"
        ),
        pk=thread_id,
    )
    if not can_tutor(user, thread.enrolment.edition):
        raise Http404
    return thread
