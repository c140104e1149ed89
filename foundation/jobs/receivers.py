"""Hears when a task has failed, whoever ran it."""

from django.dispatch import receiver
from django_tasks.base import TaskResultStatus
from django_tasks.signals import task_finished
from django_tasks_db import DatabaseBackend

from foundation.jobs import services


@receiver(task_finished)
def retry_failed_task(sender, task_result, **kwargs):
    """Queue the task again if it may be tried once more."""
    in_database = isinstance(task_result.task.get_backend(), DatabaseBackend)
    if in_database and task_result.status == TaskResultStatus.FAILED:
        services.reschedule(task_result.id)
