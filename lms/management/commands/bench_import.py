"""Brings a large file of questions into an empty bank and says how long it took and how much memory it wanted."""

import json
import resource
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from django.core.management.base import BaseCommand

from assessments.models import ExchangeFormat, QuestionBank
from assessments.services.exchange import import_file
from lms.bench.imports import write_moodle_file

KB_A_MB = 1024


class Command(BaseCommand):
    """Measures one import in a process of its own, so that the memory is its own too."""

    help = "Measure the import of questions (called by `make bench`)."

    def add_arguments(self, parser):
        """Take how many questions."""
        parser.add_argument("--questions", type=int, default=5_000)

    def handle(self, *, questions, **options):
        """Write the file, bring it in, print what it came to as JSON."""
        before = megabytes()
        with TemporaryDirectory() as folder:
            path = Path(folder) / "questions.xml"
            write_moodle_file(path, questions)
            size = path.stat().st_size
            began = time.perf_counter()
            with path.open("rb") as file:
                _lines, outcome = import_file(
                    QuestionBank(name="Imported"),
                    file,
                    form=ExchangeFormat.MOODLE_XML,
                    language="en",
                    name=path.name,
                )
            seconds = time.perf_counter() - began
        said = {"questions": len(outcome.created), "bytes": size, "seconds": round(seconds, 2)}
        self.stdout.write(json.dumps(said | {"before": before, "most": megabytes()}))


def megabytes():
    """The most memory the process has had so far."""
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KB_A_MB)
