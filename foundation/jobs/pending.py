"""What is queued and not finished."""

from django.db import models
from django_tasks.base import Task, TaskResultStatus
from django_tasks_db.models import DBTaskResult


def pending_runs(task: Task) -> models.QuerySet:
    """Runs of a task that wait, wait for another attempt, or are going on."""
    unfinished = [TaskResultStatus.READY, TaskResultStatus.RUNNING]
    return DBTaskResult.objects.filter(task_path=task.module_path, status__in=unfinished)


def pending_arguments(task: Task) -> list[list]:
    """The positional arguments of each such run."""
    return [call["args"] for call in pending_runs(task).values_list("args_kwargs", flat=True)]
