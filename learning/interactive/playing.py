"""What a frame in a lesson plays: the content of the activity in a language, and where the learner left off."""

from django.urls import reverse
from django.utils.crypto import salted_hmac

from enrolments.models import Enrolment
from h5p.models import ContentVersion
from h5p.player import Played
from learning.interactive.addresses import addresses
from learning.interactive.tokens import BEGIN
from learning.models import H5PActivity, H5PAttempt, H5PWords

HOLDER = "e"
# What stands in a state that was saved for other content; the H5P core knows the word too.
RESET = "RESET"


def version_of(words: H5PWords | None) -> ContentVersion | None:
    """The version that is played where these words stand."""
    return words.played if words else None


def pseudonym(enrolment: Enrolment) -> str:
    """What code by strangers may call a person: the same in one enrolment, and nothing that leads back to them."""
    return salted_hmac("h5p.person", str(enrolment.pk)).hexdigest()[:20]


def played(enrolment: Enrolment, activity: H5PActivity, language: str) -> Played | None:
    """What is played, or None while there is no content. Looking changes nothing: an attempt begins with a deed.

    Shown is the last attempt as it was left, also after its result. One at other content says that it begins anew.
    """
    version = version_of(activity.words_in(language))
    if version is None:
        return None
    begin = BEGIN.make(enrolment.pk, activity.pk, language, version.pk)
    reports = {"begin": reverse("interactive:begin", args=[begin])}
    states = {}
    last = last_attempt(enrolment, activity)
    if last and last.version_id == version.pk:
        reports |= addresses(last)
        states = preloaded(last)
    was_reset = is_reset(states) or bool(last and not reports.get("state") and is_left_unfinished(last))
    return Played(
        version=version,
        holder=f"{HOLDER}{enrolment.pk}",
        activity_iri=activity.iri,
        person=pseudonym(enrolment),
        reports=reports,
        states={} if was_reset else states,
        was_reset=was_reset,
        is_over=bool(reports.get("state") and last.attempt.finished_at),
    )


def last_attempt(enrolment: Enrolment, activity: H5PActivity) -> H5PAttempt | None:
    """The attempt under way, else the one that ended last."""
    attempts = H5PAttempt.objects.filter(attempt__enrolment=enrolment, attempt__activity=activity)
    return attempts.select_related("attempt").order_by("-attempt__number").first()


def preloaded(h5p_attempt: H5PAttempt) -> dict[str, dict[str, str]]:
    """What was saved, as the core wants it: by sub-content ("0" is the whole), then by kind of data."""
    found: dict[str, dict[str, str]] = {"0": {}}
    for row in h5p_attempt.states.filter(preload=True):
        found.setdefault(row.sub_content_id, {})[row.data_type] = row.data
    return found


def is_left_unfinished(h5p_attempt: H5PAttempt) -> bool:
    """Whether something was saved of an attempt that has no result."""
    return h5p_attempt.attempt.finished_at is None and h5p_attempt.states.exists()


def is_reset(states: dict[str, dict[str, str]]) -> bool:
    """Whether what was saved belongs to other content."""
    return any(RESET in kinds.values() for kinds in states.values())
