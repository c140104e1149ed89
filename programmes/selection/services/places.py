"""Offered places: accepted, declined, lapsed, withdrawn; whoever is next on the waiting list follows by itself."""

import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from foundation.audit import services as audit
from programmes.applications.services import record_outcome
from programmes.models import (
    Application,
    Call,
    Decision,
    DecisionOutcome,
    LetterOccasion,
    Mode,
    Offer,
    Outcome,
    ProgrammeEdition,
    SelectionRules,
)
from programmes.selection import emails
from programmes.selection.capacity import places_by_mode
from programmes.selection.deadlines import answer_by, is_too_late, list_moves
from programmes.selection.refusals import SelectionRefusal, SelectionRefused
from programmes.selection.sending import hand_over, keep_letters
from programmes.selection.services.holding import hold_applications, hold_edition, hold_selection
from programmes.selection.wording import Wording
from programmes.services import admit


def answer_refusal(offer: Offer, rules: SelectionRules, now: datetime.datetime) -> SelectionRefusal | None:
    """Why a place can no longer be accepted or declined, or None."""
    if offer.declined_at:
        return SelectionRefusal.ANSWERED
    if offer.ending == Offer.Ending.LAPSED or (offer.accepted_at is None and is_too_late(offer, rules, now)):
        return SelectionRefusal.TOO_LATE
    return SelectionRefusal.OFFER_ENDED if offer.ended_at else None


@transaction.atomic
def accept_place(offer: Offer, *, now: datetime.datetime | None = None) -> Offer:
    """The applicant takes the place and becomes a student, at once or when the conditions are met. Safe to repeat."""
    now = now or timezone.now()
    held, rules = hold_offer(offer)
    if refusal := answer_refusal(held, rules, now):
        raise SelectionRefused(refusal)
    if held.accepted_at:
        return held
    held.accepted_at = now
    held.save(update_fields=["accepted_at"])
    enrol_when_ready(held, rules, by=held.application.person)
    emails.send_accepted(held)
    return held


def enrol_when_ready(offer: Offer, rules: SelectionRules, *, by: User) -> None:
    """Make a student of whoever has accepted, unless conditions have to be met before."""
    ready = rules.begins_on_conditions or not offer.decision.conditions.unmet().exists()
    if offer.accepted_at is None or offer.student_id or offer.ended_at or not ready:
        return
    application = offer.application
    offer.student = admit(
        application.person,
        application.call.programme_edition,
        mode=offer.mode,
        by=by,
        reason=_("Accepted the place offered on %(day)s.") % {"day": f"{offer.offered_at:%Y-%m-%d}"},
    )
    offer.save(update_fields=["student"])


@transaction.atomic
def decline_place(offer: Offer, *, reason: str = "", now: datetime.datetime | None = None) -> Offer:
    """The applicant gives the place up; the next one is offered it. Safe to repeat."""
    now = now or timezone.now()
    held, rules = hold_offer(offer)
    if held.declined_at:
        return held
    if held.student_id:
        raise SelectionRefused(SelectionRefusal.ALREADY_STUDENT)
    if refusal := answer_refusal(held, rules, now):
        raise SelectionRefused(refusal)
    held.accepted_at, held.declined_at, held.decline_reason = None, now, reason
    held.save(update_fields=["accepted_at", "declined_at", "decline_reason"])
    emails.send_declined(held)
    move_up(held.application.call.programme_edition, now=now)
    return held


@transaction.atomic
def withdraw_offer(offer: Offer, *, by: User, reason: str) -> Offer:
    """Take back a place whose conditions were not met, or that was offered in error. Safe to repeat."""
    held, _rules = hold_offer(offer)
    if held.ended_at or held.declined_at:
        return held
    if held.student_id:
        raise SelectionRefused(SelectionRefusal.ALREADY_STUDENT)
    _hold_waiting(held.application.call.programme_edition)
    _end(held, Offer.Ending.WITHDRAWN, reason)
    audit.record(by, "programmes.withdraw_offer", held.application, reason=reason)
    emails.send_offer_withdrawn(held)
    move_up(held.application.call.programme_edition)
    return held


@transaction.atomic
def lapse_offers(programme_edition: ProgrammeEdition, *, now: datetime.datetime | None = None) -> int:
    """End the offers that nobody answered in time, grace included; how many."""
    now = now or timezone.now()
    edition = hold_edition(programme_edition)
    found = Offer.objects.select_for_update(of=["self"]).unanswered()
    found = found.filter(application__call__programme_edition=edition, answer_by__lt=now)
    lapsed = 0
    for offer in found.select_related("application__person", "application__call__selection"):
        if is_too_late(offer, hold_selection(offer.application.call), now):
            _end(offer, Offer.Ending.LAPSED, "", now)
            emails.send_lapsed(offer)
            lapsed += 1
    if lapsed:
        audit.record(None, "programmes.lapse_offers", edition, after={"offers": lapsed})
    return lapsed


@transaction.atomic
def move_up(programme_edition: ProgrammeEdition, *, now: datetime.datetime | None = None) -> list[Offer]:
    """Offer every place that is free to whoever is next on the waiting list of its mode. Safe to repeat."""
    now = now or timezone.now()
    edition = hold_edition(programme_edition)
    if edition.cancelled_at:
        return []
    _hold_waiting(edition)
    made: list[Offer] = []
    for mode, places in places_by_mode(edition).items():
        waiting = [one for one in waiting_decisions(edition, mode) if _moves(one, edition, now)]
        made += [_offer(one, edition, now) for one in waiting[: places.free]]
    return made


def _hold_waiting(edition):
    waiting = Decision.objects.standing().filter(outcome=DecisionOutcome.WAITING, offer=None)
    applications = Application.objects.filter(call__programme_edition=edition, withdrawn_at=None, outcome="")
    hold_applications(applications.filter(pk__in=waiting.values("application")))


def waiting_decisions(programme_edition: ProgrammeEdition, mode: str):
    """Who waits in a mode, told so by letter and never offered a place, in order."""
    found = Decision.objects.standing().filter(
        outcome=DecisionOutcome.WAITING,
        mode=mode,
        frozen_at__isnull=False,
        offer=None,
        application__withdrawn_at=None,
        application__outcome="",
        application__call__programme_edition=programme_edition,
    )
    found = found.exclude(application__person__studentships__programme_edition=programme_edition)
    return found.select_related("application__person", "application__call__selection").order_by(
        "waiting_rank", "frozen_at", "pk"
    )


def _moves(decision, edition, now):
    return list_moves(decision.application.call.selection, edition, now)


def _offer(decision, edition, now):
    rules = decision.application.call.selection
    offer = Offer.objects.create(
        application=decision.application,
        decision=decision,
        mode=decision.mode,
        answer_by=answer_by(rules, edition, now),
    )
    worded = Wording(decision.application.call).letter(
        decision, answer_by=offer.answer_by, occasion=LetterOccasion.MOVED_UP, conditions=[]
    )
    (letter,) = keep_letters([worded])
    record_outcome(decision.application, Outcome.ADMITTED, by=None, told_at=now)
    audit.record(
        None,
        "programmes.move_up",
        decision.application,
        after={"mode": str(Mode(decision.mode)), "rank": decision.waiting_rank},
    )
    hand_over(letter)
    return offer


@transaction.atomic
def close_waiting_list(call: Call, *, now: datetime.datetime | None = None) -> int:
    """Tell those who still wait that the list has ended, once its last day is over; how many."""
    now = now or timezone.now()
    edition = hold_edition(call.programme_edition)
    rules = hold_selection(call)
    if list_moves(rules, edition, now):
        return 0
    waiting = [
        one for mode in Mode.values for one in waiting_decisions(edition, mode).filter(application__call=call)
    ]
    wording = Wording(call)
    letters = keep_letters(
        [
            wording.letter(one, answer_by=None, occasion=LetterOccasion.NOT_ADMITTED, conditions=[])
            for one in waiting
        ]
    )
    for one in waiting:
        record_outcome(one.application, Outcome.NOT_ADMITTED, by=None, told_at=now)
    for letter in letters:
        hand_over(letter)
    if waiting:
        audit.record(None, "programmes.close_waiting_list", call, after={"people": len(waiting)})
    return len(waiting)


def remind(offer: Offer, *, now: datetime.datetime) -> None:
    """Remind somebody once that the place waits for an answer."""
    with transaction.atomic():
        if Offer.objects.unanswered().filter(pk=offer.pk, reminded_at=None).update(reminded_at=now):
            emails.send_reminder(offer)


def hold_offer(offer: Offer) -> tuple[Offer, SelectionRules]:
    """Hold an offer with its edition and rules, in the order everybody takes them."""
    call = offer.application.call
    hold_edition(call.programme_edition)
    rules = hold_selection(call)
    held = (
        Offer.objects.select_for_update(of=["self"])
        .select_related("application__person", "application__call__programme_edition", "decision")
        .get(pk=offer.pk)
    )
    return held, rules


def _end(offer, ending, reason, now=None):
    offer.ended_at = now or timezone.now()
    offer.ending = ending
    offer.end_reason = reason
    offer.save(update_fields=["ended_at", "ending", "end_reason"])
