"""Who plays, and who reports: by signed token, never by session, and only while the enrolment holds a place."""

from dataclasses import dataclass

from django.db.models import Prefetch
from django.shortcuts import get_object_or_404

from courses.models import LessonActivity
from enrolments.models import Enrolment
from h5p.access import facts_or_404
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
