"""The committee's decisions. Two members at once: the second is told what the first decided, nothing is overwritten."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from accounts.models import User
from foundation.audit import services as audit
from programmes.models import Application, Call, Condition, Decision, DecisionOutcome
from programmes.selection.refusals import SelectionRefusal, SelectionRefused
from programmes.selection.services.holding import hold_applications, hold_edition, hold_selection


@dataclass(frozen=True)
class WantedCondition:
    """A condition as the committee words it."""

    text: str
    due_on: datetime.date


@dataclass(frozen=True)
class Choice:
    """What is to be decided, for one application or for many."""

    outcome: str
    reason: str
    mode: str = ""
    conditions: tuple[WantedCondition, ...] = ()


@dataclass(frozen=True)
class Refused:
    """An application of a set that was not decided, and why."""

    application: Application
    sentence: str


class DecidedMeanwhile(SelectionRefused):
    """Somebody else was first; carries what stands now."""

    def __init__(self, standing: Decision | None):
        self.standing = standing
        sentence = str(SelectionRefusal.DECIDED_MEANWHILE.label)
        if standing:
            said = _("%(person)s has decided meanwhile: %(outcome)s (“%(reason)s”). Nothing was overwritten.")
            sentence = said % {
                "person": standing.decided_by,
                "outcome": standing.get_outcome_display(),
                "reason": standing.reason,
            }
        super().__init__(SelectionRefusal.DECIDED_MEANWHILE, sentence)


def standing_decision(application: Application) -> Decision | None:
    """What holds for an application now."""
    return application.decisions.standing().select_related("decided_by").first()


@transaction.atomic
def decide(application: Application, choice: Choice, *, by: User, seen: int | None) -> Decision:
    """Decide, or raise. `seen` is the number of the decision that stood on the screen, None for none."""
    hold_edition(application.call.programme_edition)
    hold_selection(application.call)
    application = Application.objects.select_related("call__programme_edition").get(pk=application.pk)
    standing = standing_decision(application)
    if (standing.pk if standing else None) != seen:
        if standing and standing.replaces_id == seen and _says_the_same(standing, choice, by):
            return standing
        raise DecidedMeanwhile(standing)
    refusal = decision_refusal(application, standing, choice)
    if by.pk == application.person_id:
        refusal = SelectionRefusal.OWN
    if refusal:
        raise SelectionRefused(refusal)
    made = Decision.objects.create(
        application=application,
        replaces=standing,
        outcome=choice.outcome,
        mode=_mode(application, choice),
        waiting_rank=_rank(application, standing, choice),
        reason=choice.reason,
        decided_by=by,
    )
    Condition.objects.bulk_create(
        Condition(decision=made, text=one.text, due_on=one.due_on)
        for one in choice.conditions
        if choice.outcome == DecisionOutcome.CONDITIONAL
    )
    audit.record(
        by,
        "programmes.decide_application",
        application,
        reason=choice.reason,
        before={"outcome": standing.outcome} if standing else None,
        after={"outcome": made.outcome, "mode": made.mode, "rank": made.waiting_rank},
    )
    return made


def decision_refusal(
    application: Application, standing: Decision | None, choice: Choice
) -> SelectionRefusal | None:
    """Why this cannot be decided, or None."""
    if application.submitted_at is None or application.withdrawn_at:
        return SelectionRefusal.NOT_SUBMITTED
    if standing and standing.frozen_at:
        return SelectionRefusal.FROZEN
    if choice.outcome == DecisionOutcome.CONDITIONAL and not choice.conditions:
        return SelectionRefusal.NO_CONDITIONS
    offered = set(application.call.programme_edition.modes.values_list("mode", flat=True))
    if offered and _mode(application, choice) not in offered:
        return SelectionRefusal.NO_MODE
    return None


@transaction.atomic
def decide_many(
    seen: Sequence[tuple[Application, int | None]], choice: Choice, *, by: User
) -> tuple[list[Decision], list[Refused]]:
    """Decide a selected set alike, in the order given; each that cannot be is left alone and named."""
    made, refused = [], []
    _hold([application for application, _standing in seen])
    for application, standing in seen:
        try:
            made.append(decide(application, choice, by=by, seen=standing))
        except SelectionRefused as refusal:
            refused.append(Refused(application, str(refusal)))
    return made, refused


def _hold(applications):
    calls = Call.objects.filter(pk__in={one.call_id for one in applications})
    for call in calls.select_related("programme_edition").order_by("programme_edition", "pk"):
        hold_edition(call.programme_edition)
        hold_selection(call)
    hold_applications(Application.objects.filter(pk__in=[one.pk for one in applications]))


@transaction.atomic
def reorder_waiting(call: Call, order: Sequence[int], *, by: User, reason: str) -> None:
    """Rank the open decisions of the waiting list as given, by their numbers; others may not have changed meanwhile."""
    hold_edition(call.programme_edition)
    hold_selection(call)
    open_ones = Decision.objects.open().filter(application__call=call, outcome=DecisionOutcome.WAITING)
    by_pk = {one.pk: one for one in open_ones.select_related("application__person")}
    if set(by_pk) != set(order):
        raise SelectionRefused(SelectionRefusal.LETTERS_CHANGED)
    ranks = sorted(one.waiting_rank for one in by_pk.values())
    for rank, pk in zip(ranks, order, strict=True):
        earlier = by_pk[pk]
        if earlier.waiting_rank != rank:
            Decision.objects.create(
                application=earlier.application,
                replaces=earlier,
                outcome=earlier.outcome,
                mode=earlier.mode,
                waiting_rank=rank,
                reason=reason,
                decided_by=by,
            )
    audit.record(by, "programmes.reorder_waiting_list", call, reason=reason)


def _says_the_same(standing, choice, by):
    """Whether this is the same person sending the same form again."""
    return standing.decided_by_id == by.pk and (standing.outcome, standing.reason) == (
        choice.outcome,
        choice.reason,
    )


def _mode(application, choice):
    if choice.mode or application.mode:
        return choice.mode or application.mode
    first = application.call.programme_edition.modes.first()
    return first.mode if first else "in_person"


def _rank(application, standing, choice):
    """The place on the waiting list: the one it has, else behind everybody who follows in the same mode."""
    if choice.outcome != DecisionOutcome.WAITING:
        return None
    mode = _mode(application, choice)
    if standing and standing.outcome == DecisionOutcome.WAITING and standing.mode == mode:
        return standing.waiting_rank
    others = Decision.objects.standing().filter(
        application__call__programme_edition=application.call.programme_edition,
        outcome=DecisionOutcome.WAITING,
        mode=mode,
    )
    return (others.aggregate(last=Max("waiting_rank"))["last"] or 0) + 1
