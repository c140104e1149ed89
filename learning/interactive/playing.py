"""What a frame in a lesson plays: the content of the activity in a language, and where the learner left off."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.crypto import salted_hmac

from enrolments.models import Enrolment
from h5p.models import ContentVersion
from h5p.player import Played
from learning.interactive.addresses import addresses
from learning.interactive.services import RESET
from learning.interactive.tokens import BEGIN
from learning.models import H5PActivity, H5PAttempt, H5PState, H5PWords

HOLDER = "e"


def version_of(words: H5PWords | None) -> ContentVersion | None:
    """The version that is played where these words stand."""
    return words.content.current if words else None


def activity_iri(activity: H5PActivity) -> str:
    """What statements call the activity: a name, not an address."""
    return f"urn:uuid:{activity.key}"


def pseudonym(enrolment: Enrolment) -> str:
    """What code by strangers may call a person: the same in one enrolment, and nothing that leads back to them."""
    return salted_hmac("h5p.person", str(enrolment.pk)).hexdigest()[:20]


def played(enrolment: Enrolment, activity: H5PActivity, language: str) -> Played | None:
    """What is played, or None while there is no content. Looking changes nothing: an attempt begins with a deed."""
    version = version_of(activity.words_in(language))
    if version is None:
        return None
    begin = BEGIN.make(enrolment.pk, activity.pk, language, version.pk)
    reports = {"begin": reverse("interactive:begin", args=[begin])}
    states: dict[str, dict[str, str]] = {}
    was_reset = False
    under_way = open_h5p_attempt(enrolment, activity)
    if under_way:
        saved = list(under_way.states.filter(preload=True))
        is_same = under_way.version_id == version.pk
        was_reset = any(row.data == RESET for row in saved) if is_same else bool(saved)
        reports |= addresses(under_way) if is_same else {}
        states = by_part(saved) if is_same else {}
    return Played(
        version=version,
        holder=f"{HOLDER}{enrolment.pk}",
        activity_iri=activity_iri(activity),
        person=pseudonym(enrolment),
        reports=reports,
        states=states,
        was_reset=was_reset,
    )


def open_h5p_attempt(enrolment: Enrolment, activity: H5PActivity) -> H5PAttempt | None:
    """The attempt under way."""
    attempts = H5PAttempt.objects.filter(attempt__enrolment=enrolment, attempt__activity=activity)
    return attempts.filter(attempt__finished_at=None).first()


def by_part(saved: Iterable[H5PState]) -> dict[str, dict[str, str]]:
    """What was saved, as the core wants it: by sub-content, then by kind of data."""
    found: dict[str, dict[str, str]] = {}
    for row in saved:
        if row.data != RESET:
            found.setdefault(row.sub_content_id, {})[row.data_type] = row.data
    return found
