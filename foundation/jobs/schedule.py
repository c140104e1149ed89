"""Queueing what runs by the clock. Knows slots, not what the jobs do."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from foundation.jobs.models import PeriodicRun
from foundation.jobs.pending import pending_runs
from foundation.jobs.registry import PeriodicJob, periodic_jobs


def queue_due(now: datetime | None = None) -> int:
    """Queue every periodic job whose slot has begun; many workers may ask at once."""
    now = now or timezone.now()
    last = dict(PeriodicRun.objects.values_list("path", "slot"))
    due = [job for job in periodic_jobs() if (done := last.get(job.path)) is None or done < job.slot(now)]
    return sum(queue_for_slot(job, job.slot(now)) for job in due)


@transaction.atomic
def queue_for_slot(job: PeriodicJob, slot: datetime) -> bool:
    """Queue the job for this slot unless somebody did, or its last run is still to come or going on."""
    if not take_slot(job, slot) or pending_runs(job.task).exists():
        return False
    job.task.enqueue()
    return True


def take_slot(job: PeriodicJob, slot: datetime) -> bool:
    """Whether this caller, of all that try, is the one that may queue the job."""
    PeriodicRun.objects.get_or_create(path=job.path)
    free = PeriodicRun.objects.filter(Q(slot=None) | Q(slot__lt=slot), path=job.path)
    return bool(free.update(slot=slot))
