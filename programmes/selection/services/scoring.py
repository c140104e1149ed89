"""Scores: saved as they are typed, handed in once, opened again by the coordinator alone."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from foundation.audit import services as audit
from programmes.models import AssessorAssignment, Criterion, Score
from programmes.selection.refusals import SelectionRefusal, SelectionRefused
from programmes.selection.services.assigning import hold_assignment


@dataclass(frozen=True)
class Typed:
    """What was typed on one criterion."""

    points: Decimal | None
    comment: str = ""


@transaction.atomic
def save_scores(
    assignment: AssessorAssignment, typed: Mapping[int, Typed], *, seen: int, comment: str | None = None
) -> int:
    """Keep what was typed, by criterion; the new version. `seen` is the version the page showed."""
    held = hold_to_score(assignment)
    if held.sequence != seen:
        raise SelectionRefused(SelectionRefusal.OTHER_TAB)
    criteria = {one.pk: one for one in held.application.call.criteria.in_force()}
    for pk, given in typed.items():
        if (criterion := criteria.get(pk)) is None:
            continue
        if not _fits(given.points, criterion):
            raise SelectionRefused(SelectionRefusal.TOO_MANY_POINTS)
        Score.objects.update_or_create(
            assignment=held, criterion=criterion, defaults={"points": given.points, "comment": given.comment}
        )
    held.sequence += 1
    if comment is not None:
        held.comment = comment
    held.save(update_fields=["sequence", "comment"])
    return held.sequence


def hold_to_score(assignment: AssessorAssignment) -> AssessorAssignment:
    """Hold an assignment that may still be scored, or raise."""
    held = hold_assignment(assignment)
    if held.declared_at is None:
        raise SelectionRefused(SelectionRefusal.NOT_DECLARED)
    if held.handed_in_at:
        raise SelectionRefused(SelectionRefusal.HANDED_IN)
    return held


def _fits(points: Decimal | None, criterion: Criterion) -> bool:
    return points is None or (points.is_finite() and 0 <= points <= criterion.points)


@transaction.atomic
def hand_in(assignment: AssessorAssignment) -> None:
    """End the scoring: only from now on does the committee see it. Safe to repeat."""
    held = hold_assignment(assignment)
    if held.handed_in_at:
        return
    if held.declared_at is None:
        raise SelectionRefused(SelectionRefusal.NOT_DECLARED)
    wanted = set(held.application.call.criteria.in_force().values_list("pk", flat=True))
    given = set(held.scores.exclude(points=None).values_list("criterion", flat=True))
    if not wanted or wanted - given:
        raise SelectionRefused(SelectionRefusal.MISSING_POINTS)
    held.handed_in_at = timezone.now()
    held.save(update_fields=["handed_in_at"])


@transaction.atomic
def reopen_scores(assignment: AssessorAssignment, *, by: User, reason: str) -> None:
    """Let an assessor correct what was handed in; what it said then stays in the audit log."""
    held = hold_assignment(assignment)
    if held.handed_in_at is None:
        raise SelectionRefused(SelectionRefusal.NOT_HANDED_IN)
    if held.assessor_id == by.pk:
        raise SelectionRefused(SelectionRefusal.OWN_SCORES)
    if held.application.decisions.standing().exclude(frozen_at=None).exists():
        raise SelectionRefused(SelectionRefusal.FROZEN)
    said = {str(score.criterion): str(score.points) for score in held.scores.select_related("criterion")}
    held.handed_in_at = None
    held.save(update_fields=["handed_in_at"])
    audit.record(by, "programmes.reopen_scores", held, reason=reason, before=said)
