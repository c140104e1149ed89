"""Fills an empty database for `make bench` and writes down which requests to send. Refuses any other database."""

import json
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from accounts.models import User
from lms.bench.grades import make_grades
from lms.bench.interactive import make_interactive
from lms.bench.people import make_crowd
from lms.bench.scale import SCALES
from lms.bench.tree import make_tree
from lms.bench.visits import as_plan, make_visits


class Command(BaseCommand):
    """Makes the rows and counts the queries; scripts/bench.py measures the rest."""

    help = "Fill the benchmark's own empty database (called by `make bench`)."

    def add_arguments(self, parser):
        """Take the size and where to write the plan."""
        parser.add_argument("--scale", choices=SCALES, default="full")
        parser.add_argument("--plan", type=Path, required=True)

    def handle(self, *, scale, plan, **options):
        """Make the rows, then the plan."""
        if User.objects.exists():
            raise CommandError(
                "There are people in this database. The benchmark fills an empty one of its own."
            )
        scale = SCALES[scale]
        tree = make_tree(scale, self.say)
        crowd = make_crowd(tree, scale, self.say)
        grades = make_grades(tree, scale, self.say)
        interactive = make_interactive(tree, crowd, self.say)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        settings.ALLOWED_HOSTS = ["*"]
        plan.write_text(json.dumps(as_plan(make_visits(tree, crowd, grades, interactive))))

    def say(self, sentence):
        """Tell the person at the terminal how far it is."""
        self.stdout.write(f"  {sentence}")
        self.stdout.flush()
