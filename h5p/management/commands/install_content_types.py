"""manage.py install_content_types: lets authors use the content types that come with the site."""

from django.core.management.base import BaseCommand

from h5p.services.shipping import install_content_types


class Command(BaseCommand):
    """Runs before every start, with `prepare`."""

    requires_system_checks = []
    help = (
        "Installs and approves the content types in h5p/content_types. Safe to repeat. What a library manager has "
        "retired stays retired; where a library from elsewhere runs under the same name, ours waits in quarantine."
    )

    def handle(self, *args, **options):
        """Install, and say what is new."""
        installed = install_content_types()
        if installed.approved:
            self.stdout.write(f"Installed content types: {', '.join(map(str, installed.approved))}.")
        if installed.offered:
            names = ", ".join(map(str, installed.offered))
            self.stdout.write(f"Waiting in quarantine, since others of the same name run here: {names}.")
