"""Where a player left off: kept as the browser sent it, by kind of data and part, for one attempt."""

import re
from collections.abc import Mapping

from django.db import transaction
from django.db.models.functions import Length

from h5p.core.xapi import SUB_CONTENT_ID
from learning.interactive.refusals import ReportRefusal, ReportRefused
from learning.interactive.services.holding import hold
from learning.models import H5PAttempt, H5PState

WHOLE = "0"
STATE = "state"
DATA_TYPE = re.compile(r"[A-Za-z0-9_-]{1,64}", re.ASCII)
# In characters. The largest that public content types make are some ten thousand.
LONGEST_STATE = 256 * 1024
MOST_STATES = 200
MOST_IN_ALL = 2 * 1024 * 1024
# What the H5P core understands as: the content was changed, begin again and say so.
RESET = "RESET"


def require_part(data_type: str, sub_content_id: str) -> None:
    """Refuse names that no player gives."""
    if not DATA_TYPE.fullmatch(data_type) or not SUB_CONTENT_ID.fullmatch(sub_content_id):
        raise ReportRefused(ReportRefusal.BAD_PART)


def load_state(h5p_attempt: H5PAttempt, data_type: str, sub_content_id: str) -> str | None:
    """What was saved for a part of this attempt, or None."""
    require_part(data_type, sub_content_id)
    found = h5p_attempt.states.filter(data_type=data_type, sub_content_id=sub_content_id)
    return found.values_list("data", flat=True).first()


@transaction.atomic
def save_state(
    h5p_attempt: H5PAttempt,
    data: str,
    *,
    data_type: str = STATE,
    sub_content_id: str = WHOLE,
    preload: bool = False,
    invalidate: bool = False,
) -> None:
    """Keep where the player is; "0" removes it. What is saved after the result belongs to the attempt all the same.

    Whoever saves has begun afresh: what a changed content left to say so goes, or it would be said at every visit.
    Raises ReportRefused for what is too large, too much or badly named, and once the attempt takes nothing more.
    """
    require_part(data_type, sub_content_id)
    require_storable(data)
    held = hold(h5p_attempt)
    part = {"data_type": data_type, "sub_content_id": sub_content_id}
    if data == "0":
        held.states.filter(**part).delete()
        return
    sizes = dict(held.states.annotate(size=Length("data")).values_list("pk", "size"))
    found = held.states.filter(**part).only("pk").first()
    require_room(sizes, found, data)
    kept = found or H5PState(h5p_attempt=held, **part)
    kept.data, kept.preload, kept.invalidate = data, preload, invalidate
    kept.save(update_fields=["data", "preload", "invalidate", "saved_at"] if found else None)
    forget_resets(held, [pk for pk, size in sizes.items() if pk != kept.pk and size == len(RESET)])


def forget_resets(held: H5PAttempt, pks: list[int]) -> None:
    """Remove those among these states that say that the content was changed."""
    if pks:
        held.states.filter(pk__in=pks, data=RESET).delete()


def require_storable(data: str) -> None:
    """Refuse what is too large, and what no database keeps."""
    if len(data) > LONGEST_STATE:
        raise ReportRefused(ReportRefusal.TOO_LARGE)
    if "\0" in data:
        raise ReportRefused(ReportRefusal.BAD_DATA)


def require_room(sizes: Mapping[int, int], found: H5PState | None, data: str) -> None:
    """Refuse what would be more than one attempt may keep."""
    others = [size for pk, size in sizes.items() if not found or pk != found.pk]
    if len(others) >= MOST_STATES or sum(others) + len(data) > MOST_IN_ALL:
        raise ReportRefused(ReportRefusal.TOO_MUCH)


def reset_states(h5p_attempt: H5PAttempt) -> None:
    """Have the player say that the content was changed and begin afresh. Call it while the enrolment is held.

    What a type keeps whatever becomes of the content stays.
    """
    h5p_attempt.states.filter(invalidate=True).update(data=RESET)
