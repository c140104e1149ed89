"""The process that does what is queued, keeps the schedule and outlives a database that is away."""

import contextlib
import logging
import os
import signal
import socket
import threading
import time

from django.db import DatabaseError, InterfaceError, close_old_connections, connections
from django.utils import timezone
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker as QueueWorker

from foundation.jobs import schedule, services
from foundation.jobs.models import Heartbeat

logger = logging.getLogger("foundation.jobs")

BEAT_SECONDS = 10
CHORES_SECONDS = 10
# In looks at the queue: how long a worker waits between questions to a database that is away.
LONGEST_PAUSE = 30


class Worker(QueueWorker):
    """django-tasks' worker runs one task; this one decides which and when."""

    def __init__(self, interval: float = 1, worker_id: str = ""):
        super().__init__(
            queue_names=["*"],
            excluded_queue_names=[],
            interval=interval,
            batch=False,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=worker_id or f"{socket.gethostname()[:40]}-{os.getpid()}-{get_random_string(8)}",
        )
        self.chores_at = 0.0
        self.failures = 0

    def shutdown(self, signum, frame):
        """Finish the task at hand and stop; asked a second time, stop at once."""
        if not self.running:
            super().shutdown(signum, frame)
        logger.info("Received %s: stopping after the task at hand.", signal.Signals(signum).name)
        self.running = False

    def run(self) -> None:
        """Work until told to stop."""
        logger.info("Worker %s starts.", self.worker_id)
        with self.beating():
            while self.running:
                close_old_connections()
                self.turn_or_pause()
        logger.info("Worker %s stops.", self.worker_id)

    def drain(self) -> int:
        """Do everything that is ready now, without schedule or heartbeat, and say how much it was."""
        done = 0
        while row := services.claim_next(self.worker_id):
            self.run_task(row)
            done += 1
        return done

    def turn_or_pause(self) -> None:
        """Take one turn; wait a moment when there is nothing to do, longer while the database is away."""
        try:
            worked = self.turn()
            self.failures = 0
        except (DatabaseError, InterfaceError):
            self.failures += 1
            logger.exception("The database did not answer; trying again.")
            connections.close_all()
            worked = False
        if not worked:
            self.rest(self.interval * min(2 ** min(self.failures, 10), LONGEST_PAUSE))

    def turn(self) -> bool:
        """Do the chores when it is time, then one task. True when there was one."""
        if time.monotonic() >= self.chores_at:
            self.do_chores()
        row = services.claim_next(self.worker_id)
        if row is None:
            return False
        self.run_task(row)
        return True

    def do_chores(self) -> None:
        """Queue what the clock asks for and pick up what dead workers left."""
        if lost := services.reap(idle_worker=self.worker_id):
            logger.warning("%d tasks of workers that died were picked up.", lost)
        schedule.queue_due()
        self.chores_at = time.monotonic() + CHORES_SECONDS

    def rest(self, seconds: float) -> None:
        """Sleep in short steps, so that a request to stop is heard."""
        until = time.monotonic() + seconds
        while self.running and (left := until - time.monotonic()) > 0:
            time.sleep(min(left, 1))

    @contextlib.contextmanager
    def beating(self):
        """Write a heartbeat beside the work, even during a long task."""
        silence = threading.Event()
        thread = threading.Thread(target=self.beat_until, args=[silence], name="heartbeat", daemon=True)
        thread.start()
        try:
            yield
        finally:
            silence.set()
            thread.join()

    def beat_until(self, silence: threading.Event) -> None:
        """Beat, and say at the end that the worker has stopped."""
        self.beat()
        while not silence.wait(BEAT_SECONDS):
            self.beat()
        self.beat(stopped_at=timezone.now())
        connections.close_all()

    def beat(self, stopped_at=None) -> None:
        """Say that the worker is at work, or has stopped; a database that is away is not an error here."""
        seen = {"host": socket.gethostname(), "beat_at": timezone.now(), "stopped_at": stopped_at}
        try:
            Heartbeat.objects.update_or_create(worker_id=self.worker_id, defaults=seen)
        except (DatabaseError, InterfaceError):
            logger.warning("The heartbeat could not be written.")
            connections.close_all()
