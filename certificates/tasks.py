"""Work on awards that runs later."""

from certificates.models import Award
from certificates.storing import store
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
