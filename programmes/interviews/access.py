"""Whose interview. Applicants reach their own, interviewers the slots they sit in; not yours is not there: 404."""

import datetime

from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone

from accounts.models import User
from programmes.access import can_coordinate, roles_by_programme
from programmes.models import Application, Call, InterviewBooking, InterviewSlot

# Whoever has the address of a calendar file reads it without signing in, so it ends some time after the interview.
FILE_DAYS = 30


def free_slots(application: Application, now):
    """Slots to come of the application's call, each with how many have booked it."""
    slots = application.call.interview_slots.standing().filter(starts_at__gt=now)
    return slots.prefetch_related("bookings").order_by("starts_at", "pk")


def get_slot_or_404(application: Application, pk: int) -> InterviewSlot:
    """A slot of the application's call."""
    return get_object_or_404(application.call.interview_slots, pk=pk)


def get_call_slot_or_404(call: Call, pk: int) -> InterviewSlot:
    """A slot of a call."""
    return get_object_or_404(call.interview_slots, pk=pk)


def get_booking_by_uid_or_404(uid) -> InterviewBooking:
    """The newest booking of a calendar entry, for whoever has its link, while the entry is of use."""
    bookings = InterviewBooking.objects.filter(uid=uid).select_related("slot", "application__call")
    found = get_object_or_404(bookings.order_by("-sequence", "-pk")[:1])
    ended_at = found.slot.starts_at + datetime.timedelta(minutes=found.slot.minutes)
    is_old = ended_at < timezone.now() - datetime.timedelta(days=FILE_DAYS)
    if is_old or found.application.withdrawn_at:
        raise Http404
    return found


def heard_bookings(user: User):
    """The interviews in slots the person sits in, on editions where they hold a role today; never the own one.

    One that was not held before the decision was sent is not held any more.
    """
    bookings = InterviewBooking.objects.standing().filter(slot__interviewers=user, slot__cancelled_at=None)
    bookings = bookings.filter(application__call__programme_edition__in=roles_by_programme(user))
    bookings = bookings.exclude(application__person=user).filter(Q(application__outcome="") | ~Q(outcome=""))
    return bookings.select_related("slot", "application__person", "application__call__programme_edition")


def get_booking_or_404(user: User, pk: int) -> InterviewBooking:
    """An interview the person hears, or of a call on which they decide; never the own one."""
    bookings = InterviewBooking.objects.exclude(application__person=user)
    bookings = bookings.select_related("slot", "application__call__programme_edition")
    found = get_object_or_404(bookings, pk=pk)
    if can_coordinate(user, found.application.call.programme_edition):
        return found
    return get_object_or_404(heard_bookings(user), pk=pk)
