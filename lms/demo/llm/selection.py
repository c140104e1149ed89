"""Three assessors score, a committee decides, letters go out, 46 take their places."""

import random
import uuid
from datetime import timedelta
from decimal import Decimal

from accounts.models import User
from lms.demo.clock import at
from programmes.models import (
    AssessorAssignment,
    Call,
    Criterion,
    DecisionOutcome,
    Mode,
    Offer,
    SelectionRules,
)
from programmes.selection.committee import committee
from programmes.selection.services import (
    Choice,
    WantedCondition,
    accept_place,
    assign_evenly,
    decide_many,
    declare_no_conflict,
    decline_place,
    hand_in,
    meet_condition,
    save_scores,
    send_letters,
)
from programmes.selection.services.letters import letters_to_send
from programmes.selection.services.scoring import Typed
from programmes.selection.wording import digest_of

PLACES = {Mode.IN_PERSON: 40, Mode.ONLINE: 6}
WAITING = {Mode.IN_PERSON: 12, Mode.ONLINE: 3}
DECLINE = 3


def make_criteria(call: Call, words: dict) -> None:
    """How applications are scored, with guidance."""
    SelectionRules.objects.get_or_create(call=call, defaults={"assessors_per_application": 2})
    for position, (name, points, weight, guidance) in enumerate(words["criteria"]):
        Criterion.objects.create(
            call=call, name=name, points=points, weight=Decimal(weight), guidance=guidance, position=position
        )


def make_selection(call: Call, people: dict[str, User], words: dict) -> None:
    """From scores to students."""
    make_criteria(call, words)
    coordinator = people["coordinator"]
    with at(call.closes_at + timedelta(days=2)):
        assign_evenly(call, by=coordinator, seed=46)
    with at(call.closes_at + timedelta(days=20)):
        for assignment in AssessorAssignment.objects.filter(application__call=call).select_related(
            "application__person", "application__call", "assessor"
        ):
            score(assignment, words)
    with at(call.closes_at + timedelta(days=30)):
        _decide(call, coordinator)
    with at(call.closes_at + timedelta(days=33)):
        send_letters(
            call,
            by=coordinator,
            reason="The committee met and agreed",
            looked_at=digest_of(letters_to_send(call)),
            form_key=uuid.uuid4(),
        )
    with at(call.closes_at + timedelta(days=40)):
        _answer(call, coordinator)


def score(assignment: AssessorAssignment, words: dict, *, ends: bool = True) -> None:
    """What one assessor makes of one application: two assessors see alike, and not the same."""
    merit = random.Random(assignment.application.person.email).uniform(0.35, 0.98)
    chance = random.Random(f"{assignment.application.person.email}/{assignment.assessor.email}")
    declare_no_conflict(assignment)
    typed = {
        criterion.pk: Typed(_points(criterion.points, merit, chance), "")
        for criterion in assignment.application.call.criteria.in_force()
    }
    said = chance.choice(words["comments"])
    save_scores(assignment, typed, seen=assignment.sequence, comment=said)
    if ends:
        hand_in(assignment)


def _points(most, merit, chance):
    return Decimal(round(min(max(merit + chance.uniform(-0.15, 0.15), 0), 1) * most))


def _decide(call, coordinator):
    """The best in each mode are admitted, two on conditions; those behind them wait; nobody else is admitted."""
    rows = [row for row in committee(call, coordinator).rows if row.application.submitted_at]
    taken, set_of = dict.fromkeys(PLACES, 0), {outcome: [] for outcome in DecisionOutcome}
    for row in rows:
        mode = Mode(row.application.mode)
        place = taken[mode] = taken[mode] + 1
        if place <= PLACES[mode]:
            conditional = mode == Mode.IN_PERSON and place in (7, 19)
            outcome = DecisionOutcome.CONDITIONAL if conditional else DecisionOutcome.ADMIT
        else:
            waits = place <= PLACES[mode] + WAITING[mode]
            outcome = DecisionOutcome.WAITING if waits else DecisionOutcome.NOT_ADMITTED
        set_of[outcome].append((row.application, None))
    due_on = (call.closes_at + timedelta(days=60)).date()
    conditions = (WantedCondition("The certified copy of the diploma", due_on),)
    for outcome, chosen in set_of.items():
        wanted = conditions if outcome == DecisionOutcome.CONDITIONAL else ()
        reason = "By the ranking, after discussion"
        decide_many(chosen, Choice(outcome=outcome, reason=reason, conditions=wanted), by=coordinator)


def _answer(call, coordinator):
    """Nearly all accept; where somebody declines, the next one is offered the place and takes it."""
    offers = list(Offer.objects.filter(application__call=call).order_by("pk"))
    for number, offer in enumerate(offers):
        if number in (4, 17, 31)[:DECLINE]:
            decline_place(offer, reason="Another post")
        else:
            accept_place(offer)
    for offer in Offer.objects.unanswered().filter(application__call=call):
        accept_place(offer)
    for offer in Offer.objects.filter(application__call=call, decision__outcome=DecisionOutcome.CONDITIONAL):
        for condition in offer.decision.conditions.all():
            meet_condition(condition, by=coordinator, reason="Seen by the registrar")
