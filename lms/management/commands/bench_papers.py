"""Makes the papers of awards as the worker does, and says how many of them one processor core makes in a minute."""

import json
import time

from django.core.management.base import BaseCommand

from certificates.badges.issuing import credential_for
from certificates.finishing import badge_file, finish
from certificates.models import Award

MINUTE = 60


class Command(BaseCommand):
    """Drawn, tagged, with its badge, signed and validated; only writing the file is left out. Keeps nothing."""

    help = "Measure the making of certificates (called by `make bench`)."

    def add_arguments(self, parser):
        """Take how many."""
        parser.add_argument("--papers", type=int, default=200)

    def handle(self, *, papers, **options):
        """Make the first one to load what is needed, then measure the others."""
        related = ("enrolment__edition", "design_version", "award_type")
        first, *awards = Award.objects.select_related(*related).order_by("pk")[: papers + 1]
        make(first)
        began, used = time.perf_counter(), time.process_time()
        sizes = [len(make(award)) for award in awards]
        elapsed, used = time.perf_counter() - began, time.process_time() - used
        said = {"papers": len(awards), "a_minute": round(len(awards) / used * MINUTE)}
        said |= {"seconds": round(elapsed, 2), "bytes": round(sum(sizes) / len(sizes))}
        self.stdout.write(json.dumps(said))


def make(award):
    """One finished paper."""
    return finish(award, (badge_file(credential_for(award)),)).pdf
