"""Which functions are tasks, how each is retried and which run by the clock. Touches no database.

A task takes ids, loads the rows, calls one service, and may run twice without harm.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django_tasks import task as django_task
from django_tasks.base import Task

LONGEST_DELAY = timedelta(hours=1)
# What runs by the clock goes ahead of what waits: a thousand e-mails must not hold up publishing.
PERIODIC_PRIORITY = 10


@dataclass(frozen=True)
class RetryPolicy:
    """How often a task that failed is tried again, and after how long."""

    retries: int = 3
    backoff: timedelta = timedelta(seconds=30)

    def delay(self, attempts: int) -> timedelta:
        """How long to wait after that many attempts: twice as long each time, an hour at most."""
        return min(self.backoff * 2 ** min(attempts - 1, 20), LONGEST_DELAY)


@dataclass(frozen=True)
class PeriodicJob:
    """A task that runs once in every slot of its period."""

    task: Task
    period: timedelta

    @property
    def path(self) -> str:
        """The task's dotted path, which names it in the database."""
        return self.task.module_path

    def slot(self, now: datetime) -> datetime:
        """The beginning of the slot that `now` is in; slots are counted from 1970 in UTC."""
        seconds = int(self.period.total_seconds())
        return datetime.fromtimestamp(int(now.timestamp()) // seconds * seconds, tz=UTC)


_policies: dict[str, RetryPolicy] = {}
_periodic: dict[str, PeriodicJob] = {}


def task(*, retries: int = 3, backoff: int = 30, **options) -> Callable[[Callable], Task]:
    """Make a function a task: `@jobs.task(retries=3)`; then `function.enqueue(id)` queues it.

    When it raises, it runs again up to `retries` times, after `backoff` seconds, then twice that, and so on.
    Further options (`priority`, `takes_context`) are django-tasks' own.
    """

    def register(function: Callable) -> Task:
        made = django_task(**options)(function)
        _policies[made.module_path] = RetryPolicy(retries, timedelta(seconds=backoff))
        return made

    return register


def every(*, minutes: int = 0, hours: int = 0, days: int = 0, retries: int = 0) -> Callable[[Callable], Task]:
    """Make a function without arguments a task that the worker queues once in every period.

    However many workers run, and however long none did, it is queued once per slot and never twice at a time.
    """
    period = timedelta(minutes=minutes, hours=hours, days=days)
    if period < timedelta(minutes=1):
        raise ValueError("A periodic job needs a period of at least one minute.")

    def register(function: Callable) -> Task:
        made = task(retries=retries, priority=PERIODIC_PRIORITY)(function)
        _periodic[made.module_path] = PeriodicJob(made, period)
        return made

    return register


def policy_of(path: str) -> RetryPolicy:
    """How a task is retried; tasks that are not ours (Wagtail's) get the usual policy."""
    return _policies.get(path, RetryPolicy())


def periodic_jobs() -> list[PeriodicJob]:
    """Everything that runs by the clock."""
    return [_periodic[path] for path in sorted(_periodic)]
