"""Conditions of admissions: met with a reason or a document, given more time; all met makes the admission full."""

import datetime

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from foundation.audit import services as audit
from programmes.models import Condition, DocumentVersion, Offer
from programmes.selection import emails
from programmes.selection.refusals import SelectionRefusal, SelectionRefused
from programmes.selection.services.places import enrol_when_ready, hold_offer


@transaction.atomic
def meet_condition(
    condition: Condition, *, by: User, reason: str, document: DocumentVersion | None = None
) -> Condition:
    """Say that it is met, and how; the last one makes a student of whoever has accepted. Safe to repeat."""
    offer, rules = _hold(condition)
    held = Condition.objects.select_for_update().get(pk=condition.pk)
    if held.met_at:
        return held
    if document and document.document.application_id != offer.application_id:
        raise SelectionRefused(SelectionRefusal.NOT_SUBMITTED)
    held.met_at, held.met_by, held.met_reason, held.document = timezone.now(), by, reason, document
    held.save(update_fields=["met_at", "met_by", "met_reason", "document"])
    audit.record(
        by,
        "programmes.meet_condition",
        offer.application,
        reason=reason,
        after={"condition": held.text, "document": document.name if document else ""},
    )
    if not offer.decision.conditions.unmet().exists():
        enrol_when_ready(offer, rules, by=by)
        emails.send_admission_full(offer)
    return held


@transaction.atomic
def move_condition(condition: Condition, *, due_on: datetime.date, by: User, reason: str) -> Condition:
    """Give more time, or less, with a reason."""
    offer, _rules = _hold(condition)
    held = Condition.objects.select_for_update().get(pk=condition.pk)
    if held.met_at or held.due_on == due_on:
        return held
    before = {"condition": held.text, "due_on": held.due_on}
    held.due_on = due_on
    held.save(update_fields=["due_on"])
    entry = audit.record(
        by,
        "programmes.move_condition",
        offer.application,
        reason=reason,
        before=before,
        after={"condition": held.text, "due_on": due_on},
    )
    emails.send_condition_moved(offer, held, f"{held.pk}:{entry.number}")
    return held


def _hold(condition):
    """The offer of a condition, held. Conditions are tracked from the letter on."""
    offer = Offer.objects.filter(decision=condition.decision_id).select_related("application__call").first()
    if offer is None:
        raise SelectionRefused(SelectionRefusal.NO_LETTERS)
    held, rules = hold_offer(offer)
    if held.declined_at or held.ended_at:
        raise SelectionRefused(SelectionRefusal.OFFER_ENDED)
    return held, rules
