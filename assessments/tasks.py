"""What assessments do by the clock."""

from assessments import services
from foundation import jobs


@jobs.every(minutes=1)
def end_overdue_attempts() -> None:
    """Hand in what nobody handed in before its time was over."""
    services.end_overdue_attempts()
