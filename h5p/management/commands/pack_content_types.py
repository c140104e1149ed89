"""manage.py pack_content_types: writes the content types that come with the site as .h5p files for other systems."""

from pathlib import Path

from django.core.management.base import BaseCommand

from h5p.shipped import shipped_libraries, write_type


class Command(BaseCommand):
    """Pack every type with its example and everything that it needs."""

    requires_system_checks = []
    help = "Writes one .h5p file for each content type of ours, always the same bytes for the same files."

    def add_arguments(self, parser):
        """Take the folder."""
        parser.add_argument("--to", metavar="DIR", default="content-types", help="where to; made if missing")

    def handle(self, *args, to, **options):
        """Write the files and print their paths."""
        folder = Path(to)
        folder.mkdir(parents=True, exist_ok=True)
        for name, shipped in shipped_libraries().items():
            if shipped.info.runnable:
                path = folder / f"{name.folder}.{shipped.info.patch}.h5p"
                with path.open("wb") as file:
                    write_type(name, file)
                self.stdout.write(str(path))
