"""Gets the installation ready and hands over to the supervisor, which needs no Django and little memory."""

import os
import sys

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    """What `make run` and a service manager start."""

    help = "Prepare the installation, then run the web server and the worker until told to stop."

    def add_arguments(self, parser):
        """Take --demo."""
        parser.add_argument("--demo", action="store_true", help="fill an empty database with the demo")

    def handle(self, *, demo, **options):
        """Prepare, then become the supervisor."""
        call_command("prepare", demo=demo)
        command = [
            sys.executable,
            "-m",
            "lms.supervisor",
            "--host",
            settings.HOST,
            "--port",
            str(settings.PORT),
        ]
        if demo:
            command.append("--personas")
        sys.stdout.flush()
        os.chdir(settings.BASE_DIR)
        os.execv(sys.executable, command)  # noqa: S606 (our own interpreter)
