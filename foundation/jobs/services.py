"""Moving tasks through their lives: claim, put back, retry, prune.

Every step is one conditional UPDATE, so that several workers can try it at once on any database.
"""

from datetime import datetime, timedelta

from django.db import models
from django.utils import timezone
from django_tasks.base import TaskContext, TaskResultStatus
from django_tasks_db.models import DBTaskResult

from foundation import audit
from foundation.jobs.models import Heartbeat, Progress
from foundation.jobs.registry import periodic_jobs, policy_of

# A task whose worker never wrote a heartbeat is given this long before it is taken for lost.
UNKNOWN_WORKER_GRACE = timedelta(hours=1)
WORKER_LOST = "foundation.jobs.WorkerLost"

KEEP_PERIODIC = timedelta(days=1)
KEEP_SUCCESSFUL = timedelta(days=7)
KEEP_FAILED = timedelta(days=60)


def claim_next(worker_id: str) -> DBTaskResult | None:
    """Take the first task that is ready for this worker alone, or None when nothing waits."""
    while row := DBTaskResult.objects.ready().first():
        claimed = DBTaskResult.objects.filter(pk=row.pk, status=TaskResultStatus.READY).update(
            status=TaskResultStatus.RUNNING,
            started_at=timezone.now(),
            worker_ids=[*row.worker_ids, worker_id],
        )
        if claimed:
            row.refresh_from_db()
            return row
    return None


def reschedule(result_id) -> bool:
    """Queue a task that has just failed again, if its policy allows one more attempt."""
    row = DBTaskResult.objects.filter(pk=result_id, status=TaskResultStatus.FAILED).first()
    return row is not None and try_again(row)


def try_again(row: DBTaskResult) -> bool:
    """Put the task back with a delay, unless it had all its attempts."""
    attempts = len(row.worker_ids)
    policy = policy_of(row.task_path)
    if attempts > policy.retries:
        return False
    return put_back(row, timezone.now() + policy.delay(attempts))


def put_back(row: DBTaskResult, run_after: datetime, **changes) -> bool:
    """Make the task ready again, unless somebody else has moved it since the row was read."""
    unmoved = DBTaskResult.objects.filter(pk=row.pk, status=row.status, started_at=row.started_at)
    changes |= {
        "status": TaskResultStatus.READY,
        "run_after": run_after,
        "started_at": None,
        "finished_at": None,
    }
    return bool(unmoved.update(**changes))


def reap(idle_worker: str = "") -> int:
    """Put back, or give up, tasks that workers left running when they died.

    `idle_worker` is the caller's own id: it runs nothing now, whatever is written.
    """
    alive = set(Heartbeat.objects.alive().values_list("worker_id", flat=True)) - {idle_worker}
    known = set(Heartbeat.objects.values_list("worker_id", flat=True))
    unknown_limit = timezone.now() - UNKNOWN_WORKER_GRACE
    lost = 0
    for row in DBTaskResult.objects.running():
        worker = row.worker_ids[-1] if row.worker_ids else ""
        if worker in alive or (worker not in known and row.started_at > unknown_limit):
            continue
        lost += try_again(row) or give_up(row)
    return lost


def give_up(row: DBTaskResult) -> bool:
    """Mark a lost task that had all its attempts as failed, so that staff see it."""
    return bool(
        DBTaskResult.objects.filter(pk=row.pk, status=row.status, started_at=row.started_at).update(
            status=TaskResultStatus.FAILED,
            finished_at=timezone.now(),
            exception_class_path=WORKER_LOST,
            traceback="The worker stopped while it ran this task, in every attempt.",
        )
    )


def retry(actor, row: DBTaskResult) -> bool:
    """Queue a failed task again at once with all its attempts, because a member of staff asked for it."""
    if row.status != TaskResultStatus.FAILED or not put_back(row, timezone.now(), worker_ids=[]):
        return False
    audit.record(actor, "jobs.retry", row, after={"task": row.task_path})
    return True


def report_progress(context: TaskContext, done: int, total: int, note: str = "") -> None:
    """Say how far a task that `takes_context` has come. Others see it when the transaction ends."""
    Progress.objects.update_or_create(
        result_id=str(context.task_result.id), defaults={"done": done, "total": total, "note": note[:255]}
    )


def prune() -> int:
    """Forget finished tasks that nobody will ask about, their progress, and workers long gone."""
    now = timezone.now()
    periodic = [job.path for job in periodic_jobs()]
    done = models.Q(status=TaskResultStatus.SUCCESSFUL)
    old = DBTaskResult.objects.filter(
        (done & models.Q(finished_at__lt=now - KEEP_SUCCESSFUL))
        | (done & models.Q(finished_at__lt=now - KEEP_PERIODIC, task_path__in=periodic))
        | models.Q(status=TaskResultStatus.FAILED, finished_at__lt=now - KEEP_FAILED)
    )
    pruned, _by_model = old.delete()
    Progress.objects.filter(updated_at__lt=now - KEEP_FAILED).delete()
    Heartbeat.objects.filter(beat_at__lt=now - KEEP_SUCCESSFUL).delete()
    return pruned
