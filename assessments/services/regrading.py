"""Grading questions anew after the fact: decided once, applied attempt by attempt, and able to go on when stopped."""

from collections.abc import Callable, Collection, Mapping

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from accounts.models import User
from assessments import emails
from assessments.models import (
    Answer,
    AttemptItem,
    Quiz,
    Regrade,
    RegradeAction,
    RegradedAttempt,
    RegradedQuestion,
)
from assessments.outcomes import outcomes, score_of
from assessments.refusals import RegradeRefusal, RegradeRefused
from assessments.regrades import (
    Choice,
    Preview,
    attempts_of,
    contents_of,
    newer_keys,
    regrade_preview,
    regraded,
    responses,
)
from courses.models import Activity
from enrolments.models import Edition
from enrolments.services import lock
from foundation.audit import services as audit
from learning import services as learning
from learning.models import Attempt

CHUNK = 100


def regrade_refusal(
    quiz: Quiz, editions: Collection[Edition], choices: Mapping[int, Choice], preview: Preview | None = None
) -> RegradeRefusal | None:
    """Why these questions cannot be graded anew so, or None."""
    if Regrade.objects.filter(quiz=quiz, applied_at=None).exists():
        return RegradeRefusal.UNDER_WAY
    if not editions:
        return RegradeRefusal.NO_EDITION
    if not choices:
        return RegradeRefusal.NOTHING_CHOSEN
    keys = [choice for choice in choices.values() if choice.action == RegradeAction.NEWEST]
    if any(choice.key_version_id is None for choice in keys):
        return RegradeRefusal.NO_NEW_VERSION
    return RegradeRefusal.NOTHING_LEFT if preview and preview.nothing_left else None


@transaction.atomic
def begin_regrade(
    quiz: Quiz,
    editions: Collection[Edition],
    choices: Mapping[int, Choice],
    *,
    by: User,
    reason: str,
    seen: str,
    tell_learners: bool = True,
) -> Regrade:
    """Decide a regrade that was looked at; `seen` is the preview's fingerprint. Raises RegradeRefused.

    Nothing is graded yet: `apply_regrade` does that, as often as it takes.
    """
    Activity.objects.select_for_update(of=["self"], no_key=True).get(pk=quiz.pk)
    if refusal := regrade_refusal(quiz, editions, choices):
        raise RegradeRefused(refusal)
    newest = newer_keys([choice.question_id for choice in choices.values() if choice.key_version_id])
    preview = regrade_preview(quiz, editions, choices)
    stale = any(newest[c.question_id].pk != c.key_version_id for c in choices.values() if c.key_version_id)
    if stale or preview.fingerprint != seen:
        raise RegradeRefused(RegradeRefusal.STALE)
    if preview.nothing_left:
        raise RegradeRefused(RegradeRefusal.NOTHING_LEFT)
    regrade = Regrade.objects.create(quiz=quiz, by=by, reason=reason.strip(), tell_learners=tell_learners)
    regrade.editions.set(editions)
    RegradedQuestion.objects.bulk_create(
        RegradedQuestion(
            regrade=regrade,
            question_id=choice.question_id,
            action=choice.action,
            key_version_id=choice.key_version_id,
        )
        for choice in choices.values()
    )
    audit.record(by, "assessments.regrade", quiz, reason=regrade.reason, after=_as_said(regrade, preview))
    return regrade


def _as_said(regrade, preview):
    decided = regrade.questions.select_related("question", "key_version")
    return {
        "questions": {
            str(one.question): f"{one.action} {one.key_version.number}" if one.key_version else one.action
            for one in decided
        },
        "editions": [edition.code for edition in regrade.editions.all()],
        "scores changed": len(preview.changes),
    }


def choices_of(regrade: Regrade) -> dict[int, Choice]:
    """What was decided, by question."""
    return {
        one.question_id: Choice(one.question_id, one.action, one.key_version_id)
        for one in regrade.questions.all()
    }


def left_of(regrade: Regrade):
    """The attempts a regrade has still to look at; open ones are graded by the new key when they are handed in."""
    done = RegradedAttempt.objects.filter(regrade=regrade, attempt=OuterRef("pk"))
    return attempts_of(regrade.quiz, regrade.editions.all()).exclude(Exists(done))


def apply_regrade(regrade: Regrade, *, report: Callable[[int, int], None] = lambda done, total: None) -> None:
    """Grade every attempt a regrade is about; whatever was done before is left alone. Safe to repeat, also at once.

    Each attempt is a transaction of its own behind its enrolment's lock: a marker waits a moment at most, and a process
    that is killed loses nothing. `report` is told how far it is.
    """
    choices = choices_of(regrade)
    contents = contents_of(choices)
    total = regrade.attempts.count() + left_of(regrade).count()
    while left := list(left_of(regrade).select_related("enrolment")[:CHUNK]):
        for attempt in left:
            regrade_attempt(regrade, attempt, choices, contents)
        report(regrade.attempts.count(), total)
    Regrade.objects.filter(pk=regrade.pk, applied_at=None).update(applied_at=timezone.now())
    regrade.refresh_from_db(fields=["applied_at"])


@transaction.atomic
def regrade_attempt(
    regrade: Regrade, attempt: Attempt, choices: Mapping[int, Choice], contents: Mapping[int, dict]
) -> None:
    """Grade one attempt as decided, from what stands when it is held: marks given meanwhile count. Safe to repeat."""
    lock(attempt.enrolment)
    if RegradedAttempt.objects.filter(regrade=regrade, attempt=attempt).exists():
        return
    attempt = Attempt.objects.select_related("activity", "enrolment__person", "enrolment__edition").get(
        pk=attempt.pk
    )
    items = outcomes([attempt.pk])[attempt.pk]
    after = list(regraded(items, choices, responses([attempt.pk], choices), contents))
    chosen = [item for item in after if item.question_id in choices]
    _write_items(chosen)
    before, now = attempt.score, attempt.score
    if attempt.finished_at:
        _write_scores(chosen)
        now = score_of(after)
        _rescore(regrade, attempt, now)
    RegradedAttempt.objects.create(regrade=regrade, attempt=attempt, before=before, after=now)


def _write_items(items):
    """How each question is graded from now on."""
    now = timezone.now()
    rows = {row.pk: row for row in AttemptItem.objects.filter(pk__in=[item.pk for item in items])}
    for item in items:
        row = rows[item.pk]
        row.dropped_at = (row.dropped_at or now) if item.is_dropped else None
        row.given_at = (row.given_at or now) if item.is_given else None
        row.graded_by_id = item.graded_by_id
    AttemptItem.objects.bulk_update(rows.values(), ["dropped_at", "given_at", "graded_by"])


def _write_scores(items):
    """What the key now says of each answer."""
    scores = {item.pk: item.key_score for item in items if item.is_answered}
    answers = list(Answer.objects.filter(item__in=scores))
    for answer in answers:
        answer.score = scores[answer.item_id]
    Answer.objects.bulk_update(answers, ["score"])


def _rescore(regrade, attempt, now):
    before = attempt.score
    if before == now:
        return
    attempt = learning.rescore_attempt(attempt, now, by=regrade.by, reason=regrade.reason)
    if before is None:
        change: dict = {"before": {"score": None}, "after": {"score": now}}
        audit.record(regrade.by, "assessments.regrade_attempt", attempt, reason=regrade.reason, **change)
    if before is None:
        emails.send_marked(attempt)
    elif now is not None and regrade.tell_learners:
        emails.send_regraded(attempt, regrade.pk, regrade.reason)
