"""How a task is doing, for whoever waits for it."""

from dataclasses import dataclass

from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from foundation.jobs.models import Progress


@dataclass(frozen=True)
class TaskProgress:
    """One task's state, and how far it says it has come."""

    status: TaskResultStatus
    done: int = 0
    total: int = 0
    note: str = ""

    @property
    def finished(self) -> bool:
        """Whether nothing more will happen."""
        return self.status in {TaskResultStatus.SUCCESSFUL, TaskResultStatus.FAILED}


def progress_of(result_id) -> TaskProgress | None:
    """How the task with this result id is doing, or None when it is unknown or long forgotten."""
    row = DBTaskResult.objects.filter(pk=result_id).first()
    if row is None:
        return None
    said = Progress.objects.filter(result_id=str(row.pk)).first() or Progress()
    return TaskProgress(TaskResultStatus(row.status), said.done, said.total, said.note)
