"""Check the audit log."""

from django.core.management.base import BaseCommand, CommandError

from foundation.audit.verification import verify_chain


class Command(BaseCommand):
    """Walk the chain and name the first entry that is not what it was."""

    help = "Check that no entry of the audit log was changed, removed or slipped in."

    def handle(self, *args, **options):
        """Print the head, which an auditor may keep elsewhere, or fail with the first fault."""
        found = verify_chain()
        if not found.intact:
            raise CommandError(f"Entry {found.broken_at}: {found.fault}")
        self.stdout.write(f"The audit log is intact: {found.length} entries, head {found.head}.")
