"""Publishing a call, moving its window, cancelling it."""

import datetime

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from foundation.audit import services as audit
from programmes.applications.holding import lock_call
from programmes.models import Call


@transaction.atomic
def open_call(call: Call, *, by: User) -> Call:
    """Publish the call: from `opens_at` on people can apply. Safe to repeat."""
    held = lock_call(call)
    if held.is_published:
        return held
    held.published_at, held.cancelled_at = timezone.now(), None
    held.save(update_fields=["published_at", "cancelled_at"])
    audit.record(by, "programmes.open_call", held, after=_window(held))
    return held


@transaction.atomic
def move_window(
    call: Call, *, opens_at: datetime.datetime, closes_at: datetime.datetime, by: User, reason: str
) -> Call:
    """Move opening and closing; whoever submits at this moment is judged before or after, never in between."""
    held = lock_call(call)
    before = _window(held)
    held.opens_at, held.closes_at = opens_at, closes_at
    held.full_clean(exclude=["programme_edition"])
    held.save(update_fields=["opens_at", "closes_at"])
    if before != _window(held):
        audit.record(by, "programmes.move_call", held, reason=reason, before=before, after=_window(held))
    return held


@transaction.atomic
def cancel_call(call: Call, *, by: User, reason: str) -> Call:
    """Take the call back; applications stay as they are. Safe to repeat."""
    held = lock_call(call)
    if held.cancelled_at is None:
        held.cancelled_at = timezone.now()
        held.save(update_fields=["cancelled_at"])
        audit.record(by, "programmes.cancel_call", held, reason=reason)
    return held


def _window(call):
    return {"opens_at": call.opens_at, "closes_at": call.closes_at}
