"""What is done about past awards later."""

from certificates.past.services import forget_unconfirmed
from foundation import jobs


@jobs.every(days=1)
def forget_unconfirmed_imports() -> None:
    """Files that were read and never confirmed name people: they are not kept."""
    forget_unconfirmed()
