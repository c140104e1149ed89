"""What is done about lists of nominations later."""

from foundation import jobs
from programmes.nominations.services import forget_unconfirmed


@jobs.every(days=1)
def forget_unconfirmed_nominations() -> None:
    """Lists that were read and never confirmed name people: they are not kept."""
    forget_unconfirmed()
