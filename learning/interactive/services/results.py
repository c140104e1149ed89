"""What a player says of an attempt: every statement is kept, and the first score is the attempt's."""

import hashlib
import json
from collections.abc import Sequence

from django.db import transaction
from django.db.models import Count, Sum
from django.utils import timezone

from h5p.core.completing import Outcome, outcome_of
from h5p.core.xapi import Reported
from learning.interactive.services.holding import hold
from learning.models import H5PAttempt, H5PStatement
from learning.services import finish_attempt, rescore_attempt

# For each attempt: a long book played to its end makes some hundred statements of a kilobyte or two.
MOST_STATEMENTS = 2000
MOST_BYTES = 4 * 1024 * 1024
# Kept free for results, so that no chatter before them leaves them out.
SPARE_STATEMENTS = 50
SPARE_BYTES = 2 * 1024 * 1024


@transaction.atomic
def record_result(h5p_attempt: H5PAttempt, outcome: Outcome) -> H5PAttempt:
    """End the attempt as the player reported, by either road. The first score stands, later ones change nothing.

    An end without a score may be followed by the score: types send both, in either order. Raises ReportRefused once the
    attempt takes nothing more. Safe to repeat.
    """
    return _record_result(hold(h5p_attempt), outcome)


def _record_result(held, outcome):
    attempt = held.attempt
    if held.maximum is not None or (attempt.finished_at and outcome.score is None):
        return held
    elapsed = int((timezone.now() - attempt.started_at).total_seconds())
    held.raw, held.maximum = outcome.raw, outcome.maximum
    held.seconds = held.seconds if outcome.seconds is None else max(0, min(outcome.seconds, elapsed))
    held.save(update_fields=["raw", "maximum", "seconds"])
    if attempt.finished_at is None:
        held.attempt = finish_attempt(attempt, score=outcome.score)
    else:
        held.attempt = rescore_attempt(attempt, outcome.score, by=None, reason="")
    return held


@transaction.atomic
def record_statements(h5p_attempt: H5PAttempt, reported: Sequence[Reported]) -> H5PAttempt:
    """Keep what a player reported, each statement once and as it was sent, and end the attempt if one of them does.

    What is more than an attempt may keep is passed over; a result is recorded even then. Raises ReportRefused once the
    attempt takes nothing more. Safe to repeat.
    """
    held = hold(h5p_attempt)
    _keep(held, reported)
    for one in reported:
        if outcome := outcome_of(one.statement):
            held = _record_result(held, outcome)
    return held


def _keep(held, reported):
    kept = held.statements.aggregate(number=Count("pk"), size=Sum("size"))
    number, size = kept["number"], kept["size"] or 0
    rows = {}
    for one in reported:
        row = statement_row(held, one)
        spare = outcome_of(one.statement) is not None
        has_room = number < MOST_STATEMENTS + spare * SPARE_STATEMENTS
        if has_room and size + row.size <= MOST_BYTES + spare * SPARE_BYTES and row.sha256 not in rows:
            rows[row.sha256] = row
            number, size = number + 1, size + row.size
    known = held.statements.filter(sha256__in=rows).values_list("sha256", flat=True)
    new = rows.keys() - set(known)
    H5PStatement.objects.bulk_create([row for sha256, row in rows.items() if sha256 in new])


def statement_row(h5p_attempt: H5PAttempt, reported: Reported) -> H5PStatement:
    """The row that keeps it. Two that say the same, key for key, are one."""
    text = json.dumps(reported.as_sent, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()
    return H5PStatement(
        h5p_attempt=h5p_attempt,
        sha256=hashlib.sha256(text).hexdigest(),
        size=len(text),
        verb=reported.statement.verb,
        sub_content_id=reported.statement.sub_content_id,
        raw=reported.as_sent,
    )
