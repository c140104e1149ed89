"""Brings in a large package of interactive content and says how long it took and how much memory it wanted."""

import json
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from django.core.management.base import BaseCommand

from h5p.services.importing import import_package
from lms.bench.packages import write_large_package
from lms.management.commands import bench_import


class Command(BaseCommand):
    """Measures one import in a process of its own, so that the memory is its own too."""

    help = "Measure the import of a package (called by `make bench`)."

    def add_arguments(self, parser):
        """Take how large it is."""
        parser.add_argument("--megabytes", type=int, default=50)

    def handle(self, *, megabytes: int, **options):
        """Write the file, bring it in, print what it came to as JSON."""
        with TemporaryDirectory() as folder:
            path = Path(folder) / "large.h5p"
            write_large_package(path, megabytes)
            said = {"bytes": path.stat().st_size, **self.measured(path)}
        self.stdout.write(json.dumps(said))

    def measured(self, path):
        """Time and memory of the import alone."""
        before, began = bench_import.megabytes(), time.perf_counter()
        with path.open("rb") as file:
            imported = import_package(file, path.name, by=None, approve=True)
        seconds = round(time.perf_counter() - began, 2)
        files = imported.version.files.count()
        return {"files": files, "seconds": seconds, "before": before, "most": bench_import.megabytes()}
