"""Work on applications by the clock."""

from foundation import jobs
from programmes.applications import services
from programmes.models import ProgrammeEdition


@jobs.every(days=1, retries=3)
def erase_files() -> None:
    """Erase files of those not admitted, an edition at a time; stopped half-way, it goes on with the next run."""
    called = ProgrammeEdition.objects.filter(calls__applications__isnull=False)
    for programme_edition in called.distinct().order_by("pk"):
        services.erase_due_files(programme_edition)


@jobs.every(days=1, retries=3)
def forget_uploads() -> int:
    """Forget files that stopped on their way."""
    return services.forget_uploads()
