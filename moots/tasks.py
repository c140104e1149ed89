"""What happens in moot courts by the clock."""

from foundation import jobs
from moots import services
from moots.announcing import announce_released


@jobs.every(minutes=1, retries=2)
def exchange_memorials() -> None:
    """Exchange the memorials of every pairing whose deadlines have passed."""
    services.exchange_due()


@jobs.every(minutes=5)
def announce_case_files() -> None:
    """Tell participants what has been released of a case file meanwhile."""
    announce_released()
