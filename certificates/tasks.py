"""Work on awards that runs later."""

from certificates import emails
from certificates.models import Award
from certificates.renewal import reminders_due
from certificates.storing import AwardDamaged, read, store
from foundation import jobs


@jobs.task(retries=5)
def store_award(award_id: int) -> None:
    """Draw and store one award."""
    store(Award.objects.get(pk=award_id))


@jobs.every(minutes=5)
def store_waiting_awards() -> None:
    """Store what a killed process or a missing font left undone."""
    for award_id in Award.objects.filter(stored_at=None).values_list("pk", flat=True):
        store_award.enqueue(award_id)


@jobs.every(days=1)
def remind_of_ending_awards() -> None:
    """Write to holders 90 and 30 days before the last day, once each."""
    for reminder in reminders_due():
        emails.send_ending(reminder.award, reminder.days)


@jobs.every(days=7)
def check_stored_awards() -> None:
    """Fail, so that staff see it, when stored files are gone or are not what was issued."""
    damaged = []
    for award in Award.objects.whole().order_by("pk").iterator(chunk_size=500):
        try:
            read(award)
        except AwardDamaged as problem:
            damaged.append(str(problem))
    if damaged:
        raise AwardDamaged(", ".join(damaged))
