"""Another go after a result."""

from uuid import UUID

from django.db import transaction

from learning.interactive.refusals import ReportRefusal, ReportRefused
from learning.interactive.services.beginning import begin_next
from learning.interactive.services.holding import hold
from learning.models import H5PAttempt


@transaction.atomic
def try_again(h5p_attempt: H5PAttempt, asked_as: UUID) -> H5PAttempt:
    """The attempt that follows this one: begun now, or the one under way. Asking twice by one name finds the same.

    While this attempt has no result there is nothing to try again: it is given back. Raises ReportRefused once the
    attempt takes nothing more, for a name that asked elsewhere, and when what follows plays another version than the
    frame that asks: its answers would be recorded as answers to that.
    """
    held = hold(h5p_attempt)
    known = H5PAttempt.objects.filter(asked_as=asked_as).select_related("attempt", "version").first()
    if known:
        return require_same_version(require_same_activity(known, held), held)
    if held.attempt.finished_at is None:
        return held
    activity, language = held.attempt.activity.specific, held.attempt.language
    begun = require_same_version(begin_next(held.attempt.enrolment, activity, language=language), held)
    if begun.asked_as is None:
        begun.asked_as = asked_as
        begun.save(update_fields=["asked_as"])
    return begun


def require_same_activity(known: H5PAttempt, held: H5PAttempt) -> H5PAttempt:
    """An attempt of the same person at the same activity, or a refusal."""
    same = (held.attempt.enrolment_id, held.attempt.activity_id)
    if (known.attempt.enrolment_id, known.attempt.activity_id) != same:
        raise ReportRefused(ReportRefusal.BAD_DATA)
    return known


def require_same_version(found: H5PAttempt, held: H5PAttempt) -> H5PAttempt:
    """An attempt at what the frame that asks shows, or a refusal: that frame has to be loaded anew."""
    if found.version_id != held.version_id:
        raise ReportRefused(ReportRefusal.OVER)
    return found
