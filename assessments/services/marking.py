"""Marking by people: marks are appended, the newest counts, and nobody's is overwritten unseen."""

from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction

from accounts.models import User
from assessments import emails
from assessments.models import AttemptItem, Mark
from assessments.outcomes import outcomes, score_of
from assessments.refusals import MarkRefusal, MarkRefused
from enrolments.services import lock
from foundation.audit import services as audit
from learning import services as learning


@dataclass(frozen=True)
class MarkGiven:
    """What a marker says of one answer: its score from 0 to 1, a comment for the learner, and why where it changes."""

    score: Decimal
    comment: str = ""
    reason: str = ""


@transaction.atomic
def mark_item(item: AttemptItem, given: MarkGiven, *, marker: User, seen: int | None) -> Mark:
    """Append a mark and give the attempt its score once nothing waits any more. A second click finds the first's mark.

    `seen` is the mark the marker's page showed, or None for none: if another one counts now, nothing is written.
    Raises MarkRefused. Once the learner may have seen the score, or where the key gave it, a reason is needed; every
    mark that takes the place of another is in the audit log.
    """
    lock(item.quiz_attempt.attempt.enrolment)
    held = (
        AttemptItem.objects.select_related(
            "quiz_attempt__attempt__enrolment__person",
            "quiz_attempt__attempt__activity",
            "question_version__question",
        )
        .prefetch_related("marks")
        .get(pk=item.pk)
    )
    newest = max(held.marks.all(), key=lambda mark: (mark.marked_at, mark.pk), default=None)
    if newest and newest.pk != seen:
        if is_the_same(newest, given, marker):
            return newest
        raise MarkRefused(MarkRefusal.MARKED_MEANWHILE, newest)
    if refusal := mark_refusal(held, given, marker):
        raise MarkRefused(refusal)
    attempt = held.quiz_attempt.attempt
    before = next(one for one in outcomes([attempt.pk])[attempt.pk] if one.pk == held.pk).earned
    if before is not None and not given.reason.strip() and reason_is_needed(held, newest):
        raise MarkRefused(MarkRefusal.REASON_NEEDED)
    mark = Mark.objects.create(
        item=held,
        marker=marker,
        score=given.score,
        comment=given.comment.strip(),
        reason=given.reason.strip(),
    )
    _give_score(attempt, mark)
    if before is not None:
        change: dict = {"before": {"score": before}, "after": {"score": mark.score}}
        audit.record(marker, "assessments.mark", held, reason=mark.reason, **change)
    return mark


def is_the_same(mark: Mark, given: MarkGiven, marker: User) -> bool:
    """Whether a mark says what is being said again, by the same person."""
    said = (given.score, given.comment.strip(), given.reason.strip())
    return mark.marker_id == marker.pk and (mark.score, mark.comment, mark.reason) == said


def mark_refusal(item: AttemptItem, given: MarkGiven, marker: User) -> MarkRefusal | None:
    """Why the answer cannot be marked so by this person, or None."""
    attempt = item.quiz_attempt.attempt
    if attempt.finished_at is None:
        return MarkRefusal.NOT_HANDED_IN
    if attempt.enrolment.person_id == marker.pk:
        return MarkRefusal.OWN_WORK
    if item.dropped_at:
        return MarkRefusal.DROPPED
    return None if 0 <= given.score <= 1 else MarkRefusal.OUT_OF_RANGE


def reason_is_needed(item: AttemptItem, newest: Mark | None) -> bool:
    """Whether a mark that changes a score needs a reason: the key gave it, or the learner may have seen it."""
    return newest is None or item.quiz_attempt.attempt.score is not None


def _give_score(attempt, mark):
    """Work out the attempt anew; tell the learner when it waited for this mark."""
    waited = attempt.score is None
    score = score_of(outcomes([attempt.pk])[attempt.pk])
    if score == attempt.score:
        return
    attempt = learning.rescore_attempt(attempt, score, by=mark.marker, reason=mark.reason)
    if waited:
        emails.send_marked(attempt)
