"""Reminders of interviews."""

import datetime

from django.utils import timezone

from foundation import jobs
from programmes.interviews.services import remind
from programmes.models import InterviewBooking

BEFORE = datetime.timedelta(days=1)


@jobs.every(minutes=15)
def remind_of_interviews() -> None:
    """Remind everybody whose interview is within a day, once; nobody whose decision has been sent."""
    now = timezone.now()
    due = InterviewBooking.objects.standing().filter(
        application__outcome="",
        reminded_at=None,
        outcome="",
        slot__starts_at__gt=now,
        slot__starts_at__lte=now + BEFORE,
    )
    for booking in due.select_related("slot", "application__person", "application__call"):
        remind(booking, now=now)
