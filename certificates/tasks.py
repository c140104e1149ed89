"""Work on awards that runs later."""

import logging

from django.db import transaction

from certificates import emails
from certificates.models import Award
from certificates.renewal import reminders_due
from certificates.storing import AwardDamaged, read, store
from foundation import jobs

logger = logging.getLogger("certificates")


class RemindersNotSent(Exception):
    """Some holders could not be reminded; `str()` has the numbers of their awards. The log says why."""


@jobs.task(retries=5)
def store_award(award_id: int) -> None:
    """Draw and store one award."""
    store(Award.objects.get(pk=award_id))


@jobs.every(minutes=5)
def store_waiting_awards() -> None:
    """Store what a killed process or a missing font left undone."""
    for award_id in Award.objects.filter(stored_at=None, erasure_asked_at=None).values_list("pk", flat=True):
        store_award.enqueue(award_id)


@jobs.every(days=1)
def remind_of_ending_awards() -> None:
    """Write to holders 90 and 30 days before the last day, once each."""
    failed = []
    for reminder in reminders_due():
        try:
            with transaction.atomic():
                emails.send_ending(reminder.award, reminder.days)
        except Exception:  # whatever one letter fails by, the others are written
            logger.exception("The holder of %s could not be reminded.", reminder.award.number)
            failed.append(reminder.award.number)
    if failed:
        raise RemindersNotSent(", ".join(failed))


@jobs.every(days=7)
def check_stored_awards() -> None:
    """Fail, so that staff see it, when stored files are gone or are not what was issued."""
    damaged = []
    for award in Award.objects.whole().with_file().order_by("pk").iterator(chunk_size=500):
        try:
            read(award)
        except AwardDamaged as problem:
            damaged.append(str(problem))
    if damaged:
        raise AwardDamaged(", ".join(damaged))
