"""Deleting files of awards whose names were erased."""

from certificates.erasure.finishing import finish
from certificates.models import Award
from foundation import jobs


@jobs.task(retries=5)
def finish_erasure(award_id: int) -> None:
    """Delete the file of one award."""
    finish(Award.objects.get(pk=award_id))


@jobs.every(minutes=5)
def finish_erasures() -> None:
    """Go on with what a killed process or a storage that did not answer left undone."""
    for award_id in Award.objects.half_erased().values_list("pk", flat=True):
        finish_erasure.enqueue(award_id)
