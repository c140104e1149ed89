"""Checks the file of a certificate: its signature and integrity, and its status where the published list is given."""

import sys
from datetime import UTC, datetime
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from certificates.badges.keys import key_of
from certificates.offline import StatusUnknown, badge_in, keys_in, status_of
from certificates.signing.checking import Outcome, check_paper
from certificates.signing.keys import certificates_in
from certificates.signing.records import published

WHOLE, BROKEN, VOID, STATUS_UNKNOWN, UNREADABLE = range(5)
SENTENCES = {
    Outcome.CHANGED: "CHANGED. The file is not what was signed.",
    Outcome.STRANGER: "NOT OURS. The file was signed with a key that is not among those given.",
    Outcome.UNSIGNED: "NOT SIGNED. The file carries no signature.",
}


class Command(BaseCommand):
    """Needs neither network nor database when --key is given."""

    help = (
        "Check the PDF of a certificate. Ends with 0 when it is whole (and holds, if a status list is given), 1 when "
        "its integrity is broken, 2 when it was revoked, replaced or has expired, 3 when its status could not be told, "
        "4 when a file cannot be read."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser):
        """Take the file, and what was published."""
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--key",
            type=Path,
            help="the published certificates, PEM; without it those in this site's database",
        )
        parser.add_argument(
            "--status-list", type=Path, help="the published status list that the certificate names"
        )
        parser.add_argument(
            "--did",
            type=Path,
            help="the published did.json: needed with --key once the key that signs badges was changed, since the "
            "status list is signed with the newest",
        )

    def handle(self, *, file, key, status_list, did, **options):
        """Say what was checked and what came of it."""
        pdf = self.read(file)
        code = self.check_integrity(pdf, self.trusted(key))
        if code == WHOLE:
            code = self.check_status(pdf, status_list, did, [] if key else [key_of])
        else:
            self.stdout.write("Status: not checked, because the file is not whole.")
        if code != WHOLE:
            sys.exit(code)

    def check_integrity(self, pdf, trusted):
        """Whether the file is what was signed."""
        checked = check_paper(pdf, trusted)
        if checked.outcome is not Outcome.WHOLE:
            self.stdout.write(f"Integrity: {SENTENCES[checked.outcome]}")
            return BROKEN
        self.stdout.write(
            f"Integrity: WHOLE. Signed by {checked.signer.subject.rfc4514_string()} on "
            f"{checked.signed_at:%Y-%m-%d %H:%M} UTC; not one byte was changed since."
        )
        if checked.stamped_at:
            self.stdout.write(
                f"Time stamp: {checked.stamped_at:%Y-%m-%d %H:%M} UTC (its authority was not examined)."
            )
        return WHOLE

    def check_status(self, pdf, path, did, others):
        """Whether it holds, by the list, if the issuer signed that: by its did.json, or by `others`."""
        if path is None:
            self.stdout.write("Status: not checked. Give --status-list, or look at the verification page.")
            return WHOLE
        try:
            badge = badge_in(pdf)
            published_keys = [keys_in(self.read(did), badge)] if did else []
            status = status_of(badge, self.read(path), *published_keys, *others)
        except StatusUnknown as unknown:
            self.stdout.write(f"Status: UNKNOWN. {unknown}")
            return STATUS_UNKNOWN
        if status.is_void:
            self.stdout.write(f"Status: REVOKED OR REPLACED, by the list of {status.published_at}.")
            return VOID
        if status.valid_until and status.valid_until < datetime.now(UTC).date():
            self.stdout.write(f"Status: EXPIRED. It was valid until {status.valid_until}.")
            return VOID
        self.stdout.write(f"Status: VALID, by the list of {status.published_at}.")
        return WHOLE

    def trusted(self, path):
        """The certificates that are believed."""
        if path is None:
            return published()
        found = certificates_in(self.read(path))
        if not found:
            raise CommandError(f"{path} holds no certificate in PEM.", returncode=UNREADABLE)
        return found

    def read(self, path):
        """The bytes of a file."""
        try:
            return Path(path).read_bytes()
        except OSError as failure:
            raise CommandError(
                f"{path} cannot be read: {failure.strerror}.", returncode=UNREADABLE
            ) from failure
