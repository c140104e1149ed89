"""What assessments do by the clock."""

from assessments import emails, services
from assessments.models import Regrade
from assessments.services.exchange import discard_waiting
from foundation import jobs
from foundation.jobs.services import report_progress
from learning.models import Attempt


@jobs.every(minutes=1)
def end_overdue_attempts() -> None:
    """Queue every attempt whose time is over, each by itself: one that fails holds up nobody else's."""
    for attempt_id in services.overdue_attempts():
        end_overdue_attempt.enqueue(attempt_id)


@jobs.task()
def end_overdue_attempt(attempt_id: int) -> None:
    """Hand in what nobody handed in before its time was over."""
    services.end_overdue_attempt(attempt_id)


@jobs.task(retries=3, takes_context=True)
def apply_regrade(context, regrade_id: int) -> None:
    """Go on with a regrade until it is applied."""
    regrade = Regrade.objects.select_related("quiz", "by").get(pk=regrade_id)
    services.apply_regrade(regrade, report=lambda done, total: report_progress(context, done, total))


@jobs.every(hours=1)
def discard_waiting_imports() -> None:
    """Remove files of questions that nobody confirmed in time."""
    discard_waiting()


@jobs.task()
def send_receipt(attempt_id: int) -> None:
    """Write to a learner that an attempt was handed in."""
    attempts = Attempt.objects.select_related("activity", "enrolment__person", "enrolment__edition__course")
    emails.send_receipt(attempts.get(pk=attempt_id))
