"""Submitting an application, withdrawing it, letting one in late, keeping how its selection ended."""

import datetime
from collections.abc import Collection

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from foundation.audit import services as audit
from programmes.applications import emails
from programmes.applications.completeness import completeness
from programmes.applications.holding import lock, lock_call
from programmes.applications.places import given_up_at, is_over
from programmes.applications.receipts import content_of, digest
from programmes.applications.refusals import ApplicationRefused, Refusal
from programmes.applications.window import window_refusal
from programmes.interviews.services import end_interviews
from programmes.models import Application, ApplicationEvent, Call, Outcome, Receipt


@transaction.atomic
def submit(application: Application, *, declared: Collection[int], language: str) -> Receipt:
    """Submit for good, with the declarations ticked; the receipt. A second click finds the same receipt.

    The moment that counts is when it was asked for, not how long it had to wait. Raises ApplicationRefused.
    """
    at = timezone.now()
    held = lock(application)
    if held.withdrawn_at:
        raise ApplicationRefused(Refusal.WITHDRAWN)
    if held.submitted_at:
        return held.receipt
    held.call = lock_call(held.call)
    if refusal := window_refusal(held.call, held, at=at):
        raise refusal
    if missing := completeness(held).missing:
        raise ApplicationRefused(Refusal.INCOMPLETE, " ".join(one.sentence for one in missing))
    _declare(held, declared, language)
    receipt = _receipt(held, at)
    held.submitted_at, held.language = at, language
    held.save(update_fields=["submitted_at", "language"])
    event = held.events.create(kind=ApplicationEvent.Kind.SUBMITTED, by=held.person)
    emails.send_submitted(held, event, receipt)
    return receipt


def _declare(held, declared, language):
    wanted = list(held.call.declarations.all())
    if {declaration.pk for declaration in wanted} - set(declared):
        raise ApplicationRefused(Refusal.UNDECLARED)
    for declaration in wanted:
        words = declaration.name_in(language)
        held.declarations.create(declaration=declaration, words=words, language=language)


def _receipt(held: Application, at: datetime.datetime) -> Receipt:
    call: Call = held.call
    call.last_number += 1
    call.save(update_fields=["last_number"])
    content = content_of(held)
    seal = digest([call.code, call.last_number, at.isoformat(), content])
    receipt = Receipt.objects.create(
        application=held, call=call, number=call.last_number, submitted_at=at, content=content, sha256=seal
    )
    held.receipt = receipt
    return receipt


def withdraw_refusal(application: Application) -> ApplicationRefused | None:
    """Why it cannot be withdrawn now, or None. Once decided on, it can only where the place was given up."""
    is_decided = application.outcome and given_up_at(application) is None
    return ApplicationRefused(Refusal.DECIDED) if is_decided else None


@transaction.atomic
def withdraw_application(application: Application, *, by: User, reason: str = "") -> Application:
    """Take the application back; it stays on record. Safe to repeat."""
    held = lock(application)
    if held.withdrawn_at:
        return held
    if refusal := withdraw_refusal(held):
        raise refusal
    held.withdrawn_at = timezone.now()
    held.save(update_fields=["withdrawn_at"])
    end_interviews(held, by=by, now=held.withdrawn_at)
    event = held.events.create(kind=ApplicationEvent.Kind.WITHDRAWN, by=by, reason=reason)
    if by != held.person:
        audit.record(by, "programmes.withdraw_application", held, reason=reason)
    emails.tell(held, event, "application_withdrawn")
    return held


@transaction.atomic
def let_in_late(application: Application, *, until: datetime.datetime, by: User, reason: str) -> Application:
    """Let one applicant submit after closing, until a moment, with a reason that is kept."""
    if not reason.strip():
        raise ApplicationRefused(Refusal.NO_REASON)
    if until <= timezone.now():
        raise ApplicationRefused(Refusal.LATE_IN_PAST)
    held = lock(application)
    if held.submitted_at or held.withdrawn_at:
        raise ApplicationRefused(Refusal.WITHDRAWN if held.withdrawn_at else Refusal.SUBMITTED)
    if held.late_until == until:
        return held
    before, held.late_until, held.files_erased_at = held.late_until, until, None
    held.save(update_fields=["late_until", "files_erased_at"])
    event = held.events.create(kind=ApplicationEvent.Kind.LATE_ALLOWED, by=by, reason=reason)
    audit.record(
        by,
        "programmes.let_in_late",
        held,
        reason=reason,
        before={"until": before},
        after={"until": until},
    )
    emails.tell(held, event, "application_late", until=until)
    return held


@transaction.atomic
def mark_complete(application: Application, *, by: User) -> Application:
    """Say that everything wanted is there and in order. Safe to repeat."""
    held = lock(application)
    if held.withdrawn_at or held.submitted_at is None:
        raise ApplicationRefused(Refusal.WITHDRAWN if held.withdrawn_at else Refusal.NOT_SUBMITTED)
    if held.completed_at:
        return held
    if is_over(held):
        raise ApplicationRefused(Refusal.NOTHING_ASKED)
    if missing := completeness(held).missing:
        raise ApplicationRefused(Refusal.INCOMPLETE, " ".join(one.sentence for one in missing))
    held.completed_at = timezone.now()
    held.save(update_fields=["completed_at"])
    event = held.events.create(kind=ApplicationEvent.Kind.COMPLETED, by=by)
    audit.record(by, "programmes.mark_complete", held)
    emails.tell(held, event, "application_complete")
    return held


@transaction.atomic
def record_outcome(
    application: Application, outcome: Outcome, *, by: User | None, told_at: datetime.datetime | None = None
) -> Application:
    """Keep how the selection ended once the letter has gone out; from then on the files of those not admitted age.

    The letter itself is the selection's. Safe to repeat.
    """
    held = lock(application)
    if held.outcome == outcome:
        return held
    held.outcome, held.outcome_told_at = outcome, told_at or timezone.now()
    held.save(update_fields=["outcome", "outcome_told_at"])
    end_interviews(held, by=by, now=timezone.now())
    held.events.create(kind=ApplicationEvent.Kind.OUTCOME, by=by, reason=Outcome(outcome).label)
    return held
