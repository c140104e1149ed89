"""Slots, invitations, bookings. The slot is held first, then the application: a place in a slot is given once."""

import datetime
from collections.abc import Iterable, Sequence

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from foundation.audit import services as audit
from programmes.interviews import emails
from programmes.interviews.refusals import InterviewRefusal, InterviewRefused
from programmes.models import Application, Call, InterviewBooking, InterviewInvitation, InterviewSlot


@transaction.atomic
def offer_slots(
    call: Call,
    starts: Sequence[datetime.datetime],
    *,
    by: User,
    interviewers: Iterable[User] = (),
    **fields,
) -> list[InterviewSlot]:
    """Offer slots at these moments; one that is there already at that moment and place is not made twice."""
    made = []
    interviewers = list(interviewers)
    for starts_at in starts:
        same = {"starts_at": starts_at, "place": fields.get("place", ""), "link": fields.get("link", "")}
        if call.interview_slots.standing().filter(**same).exists():
            continue
        slot = InterviewSlot(call=call, created_by=by, starts_at=starts_at, **fields)
        slot.full_clean()
        slot.save()
        slot.interviewers.set(interviewers)
        made.append(slot)
    if made:
        audit.record(by, "programmes.offer_slots", call, after={"slots": len(made)})
    return made


@transaction.atomic
def invite(applications: Iterable[Application], *, by: User) -> int:
    """Let applicants choose a time; how many are newly invited. Safe to repeat."""
    count = 0
    for application in applications:
        if application.withdrawn_at or application.outcome or application.submitted_at is None:
            continue
        invitation, created = InterviewInvitation.objects.get_or_create(
            application=application, defaults={"invited_by": by}
        )
        if created:
            count += 1
            audit.record(by, "programmes.invite_to_interview", application)
            emails.send_invited(invitation)
    return count


@transaction.atomic
def book(
    application: Application, slot: InterviewSlot, *, by: User, now: datetime.datetime | None = None
) -> InterviewBooking:
    """Take a time, or move to it from another. Safe to repeat."""
    now = now or timezone.now()
    held = InterviewSlot.objects.select_for_update().get(pk=slot.pk)
    application = (
        Application.objects.select_for_update(of=["self"])
        .select_related("person", "call")
        .get(pk=application.pk)
    )
    standing = standing_booking(application)
    if standing and standing.slot_id == held.pk:
        return standing
    if refusal := booking_refusal(application, held, standing, now):
        raise InterviewRefused(refusal)
    made = InterviewBooking(slot=held, application=application, booked_by=by)
    if standing:
        made.uid, made.sequence = standing.uid, standing.sequence + 1
        _cancel(standing, by, "")
    made.save()
    emails.send_booked(made)
    return made


def is_invited(application: Application) -> bool:
    """Whether the applicant may choose a time."""
    return InterviewInvitation.objects.filter(application=application, withdrawn_at=None).exists()


def standing_booking(application: Application) -> InterviewBooking | None:
    """The time an applicant has; a no-show has none and may choose again."""
    bookings = application.interview_bookings.standing().exclude(outcome=InterviewBooking.Outcome.NO_SHOW)
    return bookings.select_related("slot").first()


def booking_refusal(
    application: Application,
    slot: InterviewSlot,
    standing: InterviewBooking | None,
    now: datetime.datetime,
) -> InterviewRefusal | None:
    """Why this time cannot be taken, or None. Ask it again while the slot is held."""
    if not is_invited(application) or application.withdrawn_at:
        return InterviewRefusal.NOT_INVITED
    if standing and standing.outcome:
        return InterviewRefusal.DONE
    if application.outcome:
        return InterviewRefusal.DECIDED
    if standing and standing.slot.starts_at <= now:
        return InterviewRefusal.TOO_SOON
    if slot.cancelled_at or slot.call_id != application.call_id:
        return InterviewRefusal.SLOT_GONE
    if slot.starts_at <= now:
        return InterviewRefusal.SLOT_PAST
    if slot.bookings.standing().count() >= slot.capacity:
        return InterviewRefusal.SLOT_FULL
    return None


@transaction.atomic
def cancel_booking(booking: InterviewBooking, *, by: User, now: datetime.datetime | None = None) -> None:
    """The applicant gives the time up and may choose another. Safe to repeat."""
    now = now or timezone.now()
    held = _hold(booking)
    if held.cancelled_at:
        return
    if held.outcome or held.slot.starts_at <= now:
        raise InterviewRefused(InterviewRefusal.TOO_SOON)
    _cancel(held, by, "")
    emails.send_cancelled(held, by_staff=False)


@transaction.atomic
def cancel_slot(slot: InterviewSlot, *, by: User, reason: str) -> int:
    """Take a slot off; whoever booked it is told with the reason and chooses again. How many were.

    Whoever has had the letter with the decision is not asked to choose a time any more.
    """
    held = InterviewSlot.objects.select_for_update().get(pk=slot.pk)
    if held.cancelled_at:
        return 0
    held.cancelled_at, held.cancel_reason = timezone.now(), reason
    held.save(update_fields=["cancelled_at", "cancel_reason"])
    bookings = (
        held.bookings.standing()
        .filter(outcome="")
        .select_related("application__person", "application__call", "slot")
    )
    told = 0
    for booking in bookings:
        _cancel(booking, by, reason)
        if booking.application.outcome:
            continue
        emails.send_cancelled(booking, by_staff=True)
        told += 1
    audit.record(by, "programmes.cancel_slot", held, reason=reason, after={"told": told})
    return told


@transaction.atomic
def end_interviews(application: Application, *, by: User | None, now: datetime.datetime) -> None:
    """Free the time of an application that is decided or withdrawn; calendars take it out. The caller holds it."""
    coming = application.interview_bookings.standing().filter(outcome="", slot__starts_at__gt=now)
    for booking in coming.select_for_update(of=["self"]).select_related("slot").order_by("pk"):
        booking.application = application
        _cancel(booking, by, "")
        emails.send_over(booking)


@transaction.atomic
def record_interview(
    booking: InterviewBooking,
    outcome: str,
    *,
    by: User,
    notes: str = "",
    now: datetime.datetime | None = None,
) -> InterviewBooking:
    """Keep that an interview was held, or that nobody came, with notes for the committee."""
    now = now or timezone.now()
    held = _hold(booking)
    if held.cancelled_at:
        raise InterviewRefused(InterviewRefusal.SLOT_GONE)
    if held.slot.starts_at > now:
        raise InterviewRefused(InterviewRefusal.NOT_YET)
    before = {"outcome": held.outcome, "notes": held.notes}
    held.outcome, held.outcome_at, held.outcome_by, held.notes = outcome, now, by, notes
    held.save(update_fields=["outcome", "outcome_at", "outcome_by", "notes"])
    audit.record(
        by, "programmes.record_interview", held.application, before=before, after={"outcome": outcome}
    )
    return held


def remind(booking: InterviewBooking, *, now: datetime.datetime) -> None:
    """Remind somebody once."""
    with transaction.atomic():
        if InterviewBooking.objects.filter(pk=booking.pk, reminded_at=None).update(reminded_at=now):
            emails.send_reminder(booking)


def _hold(booking):
    InterviewSlot.objects.select_for_update().get(pk=booking.slot_id)
    found = InterviewBooking.objects.select_for_update(of=["self"])
    return found.select_related("slot", "application__person", "application__call").get(pk=booking.pk)


def _cancel(booking, by, reason):
    booking.cancelled_at, booking.cancelled_by, booking.cancel_reason = timezone.now(), by, reason
    booking.save(update_fields=["cancelled_at", "cancelled_by", "cancel_reason"])
