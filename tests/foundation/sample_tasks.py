"""Tasks for the tests of the queue."""

from foundation import jobs
from foundation.jobs import services

ran = []
failures_to_come = []


@jobs.task(retries=2, backoff=30)
def flaky(name):
    """Fail as often as the test says."""
    ran.append(name)
    if failures_to_come:
        raise ConnectionError(failures_to_come.pop())


@jobs.task(retries=0, takes_context=True)
def counting(context, total):
    """Say how far it has come."""
    services.report_progress(context, done=total - 1, total=total, note="Rows written")


@jobs.every(minutes=5)
def tick():
    """Leave a trace."""
    ran.append("tick")
