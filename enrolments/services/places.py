"""Giving places and taking them back. Every caller meets the same rules here."""

import datetime
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from accounts.models import User
from enrolments import emails
from enrolments.models import Edition, Enrolment, EnrolmentEvent, WayIn
from enrolments.refusals import EnrolmentRefused, Refusal
from enrolments.services.holding import lock, lock_edition
from enrolments.signals import enrolled, withdrawn
from foundation.audit import services as audit


def today_in(edition: Edition) -> datetime.date:
    """The date where the edition is: "until" days end there."""
    return timezone.now().astimezone(ZoneInfo(edition.time_zone)).date()


def places_left(edition: Edition) -> int | None:
    """How many places are free, or None when there is no limit."""
    if edition.capacity is None:
        return None
    # Lists count for all their editions at once (`with_places_taken`); a locked edition is always counted afresh.
    taken = getattr(edition, "places_taken", None)
    return max(edition.capacity - (edition.enrolments.active().count() if taken is None else taken), 0)


def _window_refusal(edition: Edition) -> Refusal | None:
    today = today_in(edition)
    if edition.enrolment_opens_on and today < edition.enrolment_opens_on:
        return Refusal.NOT_YET
    if edition.enrolment_closes_on and today > edition.enrolment_closes_on:
        return Refusal.CLOSED
    return None


def _standing_refusal(edition: Edition) -> Refusal | None:
    if edition.cancelled_at:
        return Refusal.CANCELLED
    if edition.ends_on and today_in(edition) > edition.ends_on:
        return Refusal.ENDED
    return None


def enrolment_refusal(edition: Edition, person: User | None = None) -> Refusal | None:
    """Why this person cannot join this edition now, or None if they can (perhaps with a key)."""
    refusal = _standing_refusal(edition) or _window_refusal(edition)
    if refusal is None and edition.way_in == WayIn.STAFF:
        refusal = Refusal.STAFF_ONLY
    if refusal is None and places_left(edition) == 0:
        refusal = Refusal.FULL
    return refusal


@transaction.atomic
def enrol(person: User, edition: Edition, *, key: str = "", language: str = "") -> Enrolment:
    """Give the person a place, or raise EnrolmentRefused. Safe to repeat: a person in it keeps the same enrolment."""
    edition = lock_edition(edition)
    existing = edition.enrolments.open().of(person).first()
    if existing and existing.is_active:
        return existing
    refusal = enrolment_refusal(edition, person)
    key_is_wrong = edition.way_in == WayIn.KEY and not constant_time_compare(
        key.strip(), edition.enrolment_key
    )
    if refusal is None and key_is_wrong and existing is None:
        refusal = Refusal.WRONG_KEY
    if refusal:
        raise EnrolmentRefused(refusal)
    return _place(person, edition, existing, by=person, language=language)


@transaction.atomic
def enrol_by_staff(
    person: User, edition: Edition, *, by: User | None, reason: str, tell: bool = True
) -> Enrolment:
    """Give a place outside window and key; capacity and cancellation still hold. Raises EnrolmentRefused.

    `by` is None where a rule that staff set gives the place; who tells the person otherwise says `tell=False`.
    """
    edition = lock_edition(edition)
    existing = edition.enrolments.open().of(person).first()
    if existing and existing.is_active:
        return existing
    refusal = _standing_refusal(edition)
    if refusal is None and places_left(edition) == 0:
        refusal = Refusal.FULL
    if refusal:
        raise EnrolmentRefused(refusal)
    enrolment = _place(person, edition, existing, by=by, reason=reason, tell=tell)
    audit.record(
        by,
        "enrolments.enrol",
        enrolment,
        reason=reason,
        after={"person": person.email, "edition": edition.code},
    )
    return enrolment


def _place(person, edition, existing, *, by, reason="", language="", tell=True):
    if existing:
        existing.withdrawn_at = None
        existing.save(update_fields=["withdrawn_at"])
        enrolment, kind = existing, EnrolmentEvent.Kind.RETURNED
    else:
        enrolment = Enrolment.objects.create(
            edition=edition,
            person=person,
            language=language or person.language,
            country=person.country,
            gender=person.gender,
            profession=person.profession,
            institution=person.institution,
            seniority=person.seniority,
        )
        kind = EnrolmentEvent.Kind.ENROLLED
    event = enrolment.events.create(kind=kind, by=by, reason=reason)
    enrolled.send(sender=Enrolment, enrolment=enrolment)
    if tell:
        emails.send_enrolled(enrolment, event)
    return enrolment


@transaction.atomic
def withdraw(enrolment: Enrolment, *, by: User, reason: str, tell: bool = True) -> None:
    """Give the place back, with a reason. What was done is kept; repeating changes nothing.

    Who tells the person otherwise says `tell=False`.
    """
    lock_edition(enrolment.edition)
    enrolment = lock(enrolment)
    if not enrolment.is_active:
        return
    enrolment.withdrawn_at = timezone.now()
    enrolment.save(update_fields=["withdrawn_at"])
    event = enrolment.events.create(kind=EnrolmentEvent.Kind.WITHDRAWN, by=by, reason=reason)
    if by != enrolment.person:
        audit.record(
            by,
            "enrolments.withdraw",
            enrolment,
            reason=reason,
            before={"active": True},
            after={"active": False},
        )
    withdrawn.send(sender=Enrolment, enrolment=enrolment)
    if tell:
        emails.send_withdrawn(enrolment, event)


@transaction.atomic
def begin_anew(enrolment: Enrolment, *, by: User) -> Enrolment:
    """Close this occasion and open a new one in the same edition: a refresher. Raises EnrolmentRefused."""
    edition = lock_edition(enrolment.edition)
    enrolment = lock(enrolment)
    if enrolment.closed_at:
        return edition.enrolments.open().of(enrolment.person).get()
    refusal = _standing_refusal(edition) or _window_refusal(edition)
    if refusal:
        raise EnrolmentRefused(refusal)
    enrolment.closed_at = timezone.now()
    enrolment.save(update_fields=["closed_at"])
    enrolment.events.create(kind=EnrolmentEvent.Kind.CLOSED, by=by)
    return _place(enrolment.person, edition, None, by=by, language=enrolment.language)
