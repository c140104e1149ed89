"""What several markings of one submission add up to, who may mark it next, and who sees whose mark."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import TextChoices
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from assessments.assignments.refusals import Refusal
from assessments.assignments.rules import Rules
from assessments.models import Disagreement, Marking, Part, Submission

THOUSANDTH = Decimal("0.001")


class MarkState(TextChoices):
    """How far the marking of a submission has come."""

    TO_MARK = "to_mark", _("To be marked")
    ONE_MORE = "one_more", _("One marker has finished")
    THIRD = "third", _("The markers differ: a third one decides")
    TO_AGREE = "to_agree", _("The markers differ: they have to agree on a mark")
    TO_CONFIRM = "to_confirm", _("An agreed mark waits to be confirmed")
    SETTLED = "settled", _("Marked, not released")
    RELEASED = "released", _("Released")


@dataclass(frozen=True)
class Outcome:
    """What the finished markings add up to: a score once it is settled, and the markings it comes from."""

    state: MarkState
    score: Decimal | None = None
    counting: tuple[Marking, ...] = ()
    difference: Decimal | None = None

    @property
    def is_settled(self) -> bool:
        """Whether there is a mark to release."""
        return self.score is not None


def outcome(rules: Rules, markings: Iterable[Marking]) -> Outcome:
    """Work out the mark from all markings of a submission; drafts and replaced ones do not count."""
    parts = {one.part: one for one in current(markings) if one.finished_at}
    first, second = parts.get(Part.FIRST), parts.get(Part.SECOND)
    if rules.marker_count == 1:
        return Outcome(MarkState.SETTLED, first.score, (first,)) if first else Outcome(MarkState.TO_MARK)
    if not (first and second):
        return Outcome(MarkState.ONE_MORE if first or second else MarkState.TO_MARK)
    difference = abs(first.score - second.score)
    if difference <= rules.difference_limit or rules.on_disagreement == Disagreement.MEAN:
        mean = ((first.score + second.score) / 2).quantize(THOUSANDTH, ROUND_HALF_UP)
        return Outcome(MarkState.SETTLED, mean, (first, second), difference)
    if rules.needs_third_marker:
        return _decided(parts.get(Part.THIRD), MarkState.THIRD, difference)
    agreed = parts.get(Part.AGREED)
    if agreed and not agreed.confirmed_at:
        return Outcome(MarkState.TO_CONFIRM, difference=difference)
    return _decided(agreed, MarkState.TO_AGREE, difference)


def _decided(marking, otherwise, difference):
    if marking is None:
        return Outcome(otherwise, difference=difference)
    return Outcome(MarkState.SETTLED, marking.score, (marking,), difference)


def current(markings: Iterable[Marking]) -> list[Marking]:
    """Those that no later one takes the place of, drafts included."""
    markings = list(markings)
    replaced = {one.replaces_id for one in markings if one.replaces_id}
    return [one for one in markings if one.pk not in replaced]


def next_part(rules: Rules, markings: Iterable[Marking], marker: User) -> Part | Refusal:
    """The part this marker would take in marking, or why there is none for them."""
    markings = current(markings)
    taken = {one.part for one in markings}
    own = {one.part for one in markings if one.marker_id == marker.pk}
    state = outcome(rules, markings).state
    if rules.marker_count == 1:
        return Part.FIRST if Part.FIRST not in taken else _taken(markings, own, state)
    if own & {Part.FIRST, Part.SECOND}:
        free = state == MarkState.TO_AGREE and Part.AGREED not in taken
        return Part.AGREED if free else _taken(markings, own, state)
    for part in (Part.FIRST, Part.SECOND):
        if part not in taken:
            return part
    if state == MarkState.THIRD and Part.THIRD not in taken:
        return Part.THIRD
    return _taken(markings, own, state)


def _taken(markings, own, state):
    if state == MarkState.SETTLED:
        return Refusal.MARKED
    if own:
        return Refusal.MARKED_BY_YOU
    return Refusal.TAKEN


def own_draft(markings: Iterable[Marking], marker: User) -> Marking | None:
    """The marking this marker is still at."""
    return next((one for one in markings if one.marker_id == marker.pk and not one.finished_at), None)


def marking_refusal(
    submission: Submission, rules: Rules, markings: Iterable[Marking], marker: User
) -> Refusal | None:
    """Why this marker cannot mark this submission now, or None."""
    markings = list(markings)
    if refusal := submission_refusal(submission):
        return refusal
    if submission.members.filter(attempt__enrolment__person=marker).exists():
        return Refusal.OWN_WORK
    if own_draft(markings, marker):
        return None
    part = next_part(rules, markings, marker)
    return part if isinstance(part, Refusal) else None


def submission_refusal(submission: Submission) -> Refusal | None:
    """Why a submission is not to be marked or released: no paper yet, or a later one comes."""
    if submission.handed_in_at is None:
        return Refusal.NOT_HANDED_IN
    later = getattr(submission, "followed_by", None)
    if later is None:
        return None
    if later.handed_in_at:
        return Refusal.REPLACED
    # Reopened and not handed in again in time: this one counts after all.
    return Refusal.BEING_REVISED if submission.reopening.until >= timezone.now() else None


def visible_markings(rules: Rules, markings: Iterable[Marking], user: User) -> list[Marking]:
    """The markings this person may see: own ones, and finished ones once nobody is blind any more."""
    markings = current(markings)
    state = outcome(rules, markings).state
    blind = rules.marker_count == 2 and state in (MarkState.TO_MARK, MarkState.ONE_MORE)
    return [one for one in markings if one.marker_id == user.pk or (one.finished_at and not blind)]
