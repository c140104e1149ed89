"""Orders worked through in the background, and another look at what was not earned at once."""

from certificates.bulk.services.examining import examine
from certificates.bulk.services.issuing import work_through
from certificates.earning import awaiting_award
from certificates.models import BulkIssue
from enrolments.models import Edition
from foundation import jobs
from foundation.jobs.pending import pending_arguments


@jobs.task(retries=5)
def issue_in_bulk(order_id: int) -> None:
    """Issue to everybody of an order who has not been dealt with yet."""
    work_through(BulkIssue.objects.get(pk=order_id))


@jobs.every(minutes=5)
def go_on_with_orders() -> None:
    """Take up orders that a killed process left undone."""
    waiting = {arguments[0] for arguments in pending_arguments(issue_in_bulk)}
    undone = BulkIssue.objects.filter(lines__done_at=None).exclude(pk__in=waiting).distinct()
    for order_id in undone.values_list("pk", flat=True):
        issue_in_bulk.enqueue(order_id)


@jobs.task(retries=5)
def examine_edition(edition_id: int) -> None:
    """Look again at who has earned the award of the course."""
    examine(Edition.objects.select_related("course__locale").get(pk=edition_id))


@jobs.every(hours=1)
def examine_waiting() -> None:
    """What was not earned at once is with time: results are released at a moment, an award type is ready later."""
    waiting = awaiting_award().filter(person__name_confirmed_at__isnull=False)
    for pk in waiting.order_by("edition").values_list("edition", flat=True).distinct():
        examine_edition.enqueue(pk)
