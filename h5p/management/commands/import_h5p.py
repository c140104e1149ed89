"""manage.py import_h5p: imports .h5p files and prints what became of each as one line of JSON."""

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from accounts.models import User
from h5p.core.problems import PackageRefused
from h5p.services import reports
from h5p.services.importing import import_package
from h5p.services.libraries import LibraryRefused


class Command(BaseCommand):
    """Import packages from the server's own disk."""

    # The system checks would load every screen of the site, in time and memory that an import has no use for.
    requires_system_checks = []

    help = (
        "Imports .h5p files and prints one line of JSON for each: accepted, content_id, main_library, libraries with "
        "their status, problems. Ends with 1 if any file is refused."
    )

    def add_arguments(self, parser):
        """Files, and what to do with their libraries."""
        parser.add_argument("files", nargs="+", metavar="FILE")
        parser.add_argument(
            "--approve-libraries", action="store_true", help="let the packages' libraries run at once"
        )
        parser.add_argument(
            "--libraries-only",
            action="store_true",
            help="also take packages that hold libraries and no content",
        )
        parser.add_argument("--user", metavar="EMAIL", help="in whose name; without it, the system's")

    def handle(self, *args, **options):
        """Go through the files; one that is refused does not stop the others."""
        by = find_user(options["user"])
        all_accepted = True
        for file in options["files"]:
            outcome = self.import_file(
                Path(file), by, options["approve_libraries"], not options["libraries_only"]
            )
            self.stdout.write(json.dumps(outcome, ensure_ascii=False))
            all_accepted &= outcome["accepted"]
        if not all_accepted:
            raise SystemExit(1)

    def import_file(self, path, by, approve, needs_content):
        """One file, and what became of it."""
        try:
            with path.open("rb") as file:
                imported = import_package(
                    file, path.name, by=by, approve=approve, needs_content=needs_content
                )
        except PackageRefused as refusal:
            return reports.refused(str(path), refusal.problems)
        except LibraryRefused as refusal:
            return reports.refused_because(str(path), "approval", str(refusal))
        except OSError as error:
            return reports.refused_because(str(path), "unreadable", error.strerror or str(error))
        return reports.accepted(str(path), imported)


def find_user(email):
    """The person in whose name things are imported."""
    if not email:
        return None
    try:
        return User.objects.get_by_natural_key(email)
    except User.DoesNotExist:
        raise CommandError(f"Nobody here has the address {email}.") from None
