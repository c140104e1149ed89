"""Who plays, and who reports: by signed token, never by session, and only while the enrolment holds a place."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from enrolments.models import Enrolment
from h5p.tokens import BadToken, Tokens
from learning.interactive.tokens import ATTEMPT
from learning.models import H5PAttempt


def playing_enrolments():
    """The enrolments whose people may play now."""
    return Enrolment.objects.active().filter(edition__cancelled_at=None, person__is_active=True)


def facts_or_404(tokens: Tokens, token: str) -> tuple[str, ...]:
    """What a token says; a forged or expired one leads nowhere."""
    try:
        return tokens.read(token)
    except BadToken as error:
        raise Http404 from error


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
