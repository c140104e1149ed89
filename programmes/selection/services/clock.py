"""What runs by itself: reminders, lapsing, the waiting list."""

import datetime

from django.utils import timezone

from foundation import jobs
from programmes.models import Call, Offer, ProgrammeEdition
from programmes.selection.services.places import close_waiting_list, lapse_offers, move_up, remind


@jobs.every(minutes=15)
def look_after_places() -> None:
    """Remind, end what was not answered, and offer what is free to whoever is next."""
    now = timezone.now()
    remind_of_places(now)
    editions = ProgrammeEdition.objects.standing().filter(calls__selection__isnull=False).distinct()
    for edition in editions.order_by("pk"):
        lapse_offers(edition, now=now)
        move_up(edition, now=now)


@jobs.every(days=1)
def close_waiting_lists() -> None:
    """Tell those who still wait once the list has ended."""
    calls = Call.objects.filter(
        applications__decisions__outcome="waiting",
        applications__decisions__frozen_at__isnull=False,
        applications__decisions__offer=None,
        applications__outcome="",
    )
    for call in calls.select_related("programme_edition").distinct().order_by("pk"):
        close_waiting_list(call)


def remind_of_places(now: datetime.datetime) -> int:
    """Remind whoever has not answered in the last days before the deadline; how many were written to."""
    waiting = Offer.objects.unanswered().filter(reminded_at=None, answer_by__gt=now)
    waiting = waiting.select_related("application__person", "application__call__selection")
    due = [
        offer
        for offer in waiting.select_related("application__call__programme_edition")
        if offer.answer_by - now
        <= datetime.timedelta(days=offer.application.call.selection.days_before_reminder)
    ]
    for offer in due:
        remind(offer, now=now)
    return len(due)
