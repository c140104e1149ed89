"""Marking by people: marks are appended, the newest counts, and nobody's is overwritten unseen."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from django.db import transaction

from accounts.models import User
from assessments import emails
from assessments.models import AttemptItem, Mark
from assessments.outcomes import outcomes, score_of
from assessments.refusals import MarkRefusal, MarkRefused
from assessments.rubrics import rubric_score
from enrolments.services import lock
from foundation.audit import services as audit
from learning import services as learning


@dataclass(frozen=True)
class MarkGiven:
    """What a marker says of one answer: its score from 0 to 1, a comment for the learner, and why where it changes.

    Where the question has a rubric, the levels chosen make the score; levels and comments stand by criterion.
    """

    score: Decimal | None = None
    comment: str = ""
    reason: str = ""
    choices: Mapping[str, str] = field(default_factory=dict)
    comments: Mapping[str, str] = field(default_factory=dict)


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
            "question_version__rubric_version",
        )
        .prefetch_related("marks")
        .get(pk=item.pk)
    )
    given = by_rubric(held, given)
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
        rubric_choices=given.choices,
        rubric_comments=given.comments,
    )
    _give_score(attempt, mark)
    if before is not None:
        change: dict = {"before": {"score": before}, "after": {"score": mark.score}}
        audit.record(marker, "assessments.mark", held, reason=mark.reason, **change)
    return mark


def by_rubric(item: AttemptItem, given: MarkGiven) -> MarkGiven:
    """What is said with the score its levels make and no more than the rubric asks; without one the score alone."""
    pinned = item.question_version.rubric_version
    if pinned is None:
        return replace(given, choices={}, comments={})
    score = rubric_score(pinned.content, given.choices)
    if score is None:
        raise MarkRefused(MarkRefusal.LEVELS_MISSING)
    keys = [row["key"] for row in pinned.content["criteria"]]
    comments = {key: given.comments.get(key, "").strip() for key in keys}
    return replace(
        given,
        score=score,
        choices={key: given.choices[key] for key in keys},
        comments={key: words for key, words in comments.items() if words},
    )


def is_the_same(mark: Mark, given: MarkGiven, marker: User) -> bool:
    """Whether a mark says what is being said again, by the same person."""
    said = (given.score, given.comment.strip(), given.reason.strip(), given.choices, given.comments)
    known = (mark.score, mark.comment, mark.reason, mark.rubric_choices, mark.rubric_comments)
    return mark.marker_id == marker.pk and known == said


def mark_refusal(item: AttemptItem, given: MarkGiven, marker: User) -> MarkRefusal | None:
    """Why the answer cannot be marked so by this person, or None."""
    attempt = item.quiz_attempt.attempt
    if attempt.finished_at is None:
        return MarkRefusal.NOT_HANDED_IN
    if attempt.enrolment.person_id == marker.pk:
        return MarkRefusal.OWN_WORK
    if item.dropped_at:
        return MarkRefusal.DROPPED
    is_in_range = given.score is not None and 0 <= given.score <= 1
    return None if is_in_range else MarkRefusal.OUT_OF_RANGE


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
