"""Beginning an attempt at interactive content, or going on with one."""

from django.db import transaction

from enrolments.models import Enrolment
from enrolments.services import lock
from h5p.models import ContentVersion
from learning.interactive.refusals import ReportRefusal, ReportRefused
from learning.interactive.services.states import reset_states
from learning.models import H5PActivity, H5PAttempt
from learning.services import open_attempt


@transaction.atomic
def begin_next(enrolment: Enrolment, activity: H5PActivity, *, language: str) -> H5PAttempt:
    """The attempt under way, or a new one after a result. Safe to repeat; two tabs get the same.

    One under way moves to content that was changed meanwhile, or to that of another language, and its player says so;
    one with a result keeps what was played. Raises LearningRefused when the enrolment holds no place or the activity is
    not placed, ReportRefused while there is nothing to play.
    """
    enrolment = lock(enrolment)
    version = version_played(activity, language)
    attempt = open_attempt(enrolment, activity, language=language, version=activity.versions.first())
    begun, _created = H5PAttempt.objects.get_or_create(attempt=attempt, defaults={"version": version})
    if begun.version_id != version.pk:
        begun.version = version
        begun.save(update_fields=["version"])
        attempt.language = language
        attempt.save(update_fields=["language"])
        begun.attempt = attempt
        reset_states(begun)
    return begun


def version_played(activity: H5PActivity, language: str) -> ContentVersion:
    """The version that is played in a language now."""
    words = activity.words_in(language)
    version = words.played if words else None
    if version is None:
        raise ReportRefused(ReportRefusal.NOTHING_TO_PLAY)
    return version
