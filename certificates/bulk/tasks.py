"""Orders worked through in the background."""

from certificates.bulk.services.issuing import work_through
from certificates.models import BulkIssue
from foundation import jobs


@jobs.task(retries=5)
def issue_in_bulk(order_id: int) -> None:
    """Issue to everybody of an order who has not been dealt with yet."""
    work_through(BulkIssue.objects.get(pk=order_id))
