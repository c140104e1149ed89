"""What assessments do by the clock."""

from assessments import services
from assessments.models import Regrade
from foundation import jobs
from foundation.jobs.services import report_progress


@jobs.every(minutes=1)
def end_overdue_attempts() -> None:
    """Hand in what nobody handed in before its time was over."""
    services.end_overdue_attempts()


@jobs.task(retries=3, takes_context=True)
def apply_regrade(context, regrade_id: int) -> None:
    """Go on with a regrade until it is applied."""
    regrade = Regrade.objects.select_related("quiz", "by").get(pk=regrade_id)
    services.apply_regrade(regrade, report=lambda done, total: report_progress(context, done, total))
