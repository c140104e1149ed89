"""Who plays, and who reports: by signed token, never by session, and only while the enrolment holds a place."""

from dataclasses import dataclass

from django.db.models import Prefetch
from django.http import Http404
from django.shortcuts import get_object_or_404

from accounts.models import User
from courses.models import LessonActivity
from enrolments.access import can_tutor
from enrolments.models import Edition, Enrolment
from h5p.access import facts_or_404
from learning.access import get_attempt_or_404, get_taught_edition_or_404
from learning.interactive.tokens import ATTEMPT, BEGIN, PLAY
from learning.models import H5PActivity, H5PAttempt, H5PWords

# How the holder of a token for files begins who is enrolled: "e12".
HOLDER = "e"


@dataclass(frozen=True)
class Seat:
    """Somebody enrolled before an activity, in the language that they read."""

    enrolment: Enrolment
    activity: H5PActivity
    language: str


def playing_enrolments():
    """The enrolments whose people may play now."""
    return Enrolment.objects.active().filter(edition__cancelled_at=None, person__is_active=True)


def may_load(holder: str) -> bool:
    """Whether an enrolment that a token for files names still holds a place."""
    pk = holder.removeprefix(HOLDER)
    return holder.startswith(HOLDER) and pk.isdecimal() and playing_enrolments().filter(pk=pk).exists()


def _seat_or_404(enrolment, activity, language):
    enrolments = playing_enrolments().select_related("edition__course__source_locale", "person")
    enrolment = get_object_or_404(enrolments, pk=enrolment)
    course = enrolment.edition.course
    placed = LessonActivity.objects.placed().filter(lesson__live=True, lesson__path__startswith=course.path)
    activities = H5PActivity.objects.select_related("course__source_locale", "course__locale")
    rows = H5PWords.objects.select_related("version", "content__current")
    # The parameters are large, and their clean form is cached: they are fetched when they are asked for.
    words = Prefetch("words", rows.defer("version__params", "content__current__params"))
    activity = get_object_or_404(
        activities.prefetch_related(words), pk=activity, placements__in=placed.values("pk")
    )
    return Seat(enrolment, activity, language)


def seat_or_404(token: str) -> Seat:
    """Who plays what, by the token in the address of a frame."""
    return _seat_or_404(*facts_or_404(PLAY, token))


def beginner_or_404(token: str) -> tuple[Seat, int]:
    """Who begins an attempt at what, and the version that they see."""
    *seat, version = facts_or_404(BEGIN, token)
    return _seat_or_404(*seat), int(version)


def h5p_attempt_or_404(token: str) -> H5PAttempt:
    """The attempt that a frame reports on, with its attempt, enrolment, edition and activity.

    404 as well when the enrolment holds no place any more, or when the attempt has moved on to another version than the
    frame plays.
    """
    pk, version = facts_or_404(ATTEMPT, token)
    rows = H5PAttempt.objects.select_related(
        "version", "attempt__activity", "attempt__enrolment__edition__course", "attempt__enrolment__person"
    ).defer("version__params")
    return get_object_or_404(
        rows, pk=pk, version=version, attempt__enrolment__in=playing_enrolments().values("pk")
    )


def own_report_or_404(user: User, edition_code: str, attempt_id: int) -> H5PAttempt:
    """The person's own attempt, with what was played."""
    return get_attempt_or_404(user, edition_code, attempt_id, kind="h5p").h5p


def taught_report_or_404(user: User, attempt_id: int) -> H5PAttempt:
    """An attempt of a learner whom this person teaches or manages."""
    rows = H5PAttempt.objects.select_related(
        "version", "attempt__activity", "attempt__enrolment__edition__course", "attempt__enrolment__person"
    )
    found = get_object_or_404(rows.defer("version__params"), attempt=attempt_id)
    if not can_tutor(user, found.attempt.enrolment.edition):
        raise Http404
    return found


def taught_activity_or_404(user: User, edition_id: int, activity_id: int) -> tuple[Edition, H5PActivity]:
    """An edition that this person teaches or manages, and an interactive activity of its course."""
    edition = get_taught_edition_or_404(user, edition_id)
    return edition, get_object_or_404(H5PActivity, pk=activity_id, course=edition.course_id)
