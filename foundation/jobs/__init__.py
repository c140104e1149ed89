"""What runs later? Tasks with retries, a schedule, progress; all in our own database.

`@jobs.task(retries=3)` and `@jobs.every(minutes=5)` in an app's tasks.py; `manage.py worker` does the work.
"""

from foundation.jobs.registry import every, task

__all__ = ["every", "task"]
