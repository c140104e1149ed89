"""Whether background work gets done. Facts only; what to make of them is the caller's."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max, Min
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from foundation.jobs.models import Heartbeat


@dataclass(frozen=True)
class QueueHealth:
    """The queue and its workers at one moment."""

    workers_alive: int
    last_beat_at: datetime | None
    waiting: int
    waiting_since: datetime | None
    running: int
    failed: int

    @property
    def at_work(self) -> bool:
        """Whether somebody will do what is queued."""
        return self.workers_alive > 0


def queue_health() -> QueueHealth:
    """Look at workers and queue."""
    waiting = DBTaskResult.objects.ready()
    return QueueHealth(
        workers_alive=Heartbeat.objects.alive().count(),
        last_beat_at=Heartbeat.objects.aggregate(last=Max("beat_at"))["last"],
        waiting=waiting.count(),
        waiting_since=waiting.aggregate(first=Min("enqueued_at"))["first"],
        running=DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING).count(),
        failed=DBTaskResult.objects.filter(status=TaskResultStatus.FAILED).count(),
    )


def worker_is_alive() -> bool:
    """Whether at least one worker was seen in the last minute."""
    return Heartbeat.objects.alive().exists()
