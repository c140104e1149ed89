"""Run the queue and the schedule."""

from django.core.management.base import BaseCommand

from foundation.jobs.worker import Worker


class Command(BaseCommand):
    """One process that does background work until it is told to stop."""

    help = "Do background work: queued tasks and what runs by the clock. Stops cleanly on TERM."

    def add_arguments(self, parser):
        """Take how often to look, and whether to stop when nothing is left."""
        parser.add_argument(
            "--interval", type=float, default=1, help="Seconds between looks at an empty queue."
        )
        parser.add_argument("--drain", action="store_true", help="Do what is queued now, then stop.")

    def handle(self, *, interval, drain, **options):
        """Work."""
        worker = Worker(interval=interval)
        if drain:
            self.stdout.write(f"{worker.drain()} tasks done.")
            return
        worker.configure_signals()
        worker.run()
