"""Tries the key that signs awards, in a file or in a token, before anything waits for it."""

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from certificates.paper.errors import PaperError
from certificates.paper.signature import dictionary
from certificates.signing.checking import Outcome, check_paper
from certificates.signing.records import remember


class Command(BaseCommand):
    """Signs something that is no award, and checks it. Publishes the certificate, as a first award would."""

    help = "Sign a sample with the key that signs awards, check it, and say which key it is."

    def handle(self, **options):
        """Sign, check, publish, say."""
        from certificates.signing.sealing import seal  # noqa: PLC0415 (heavy)

        try:
            sealing = seal()
            signed = sealing.sign(b"%PDF-1.7\n" + dictionary(sealing.room), timezone.now())
        except PaperError as problem:
            raise CommandError(str(problem)) from problem
        if check_paper(signed, sealing.certificates[:1]).outcome is not Outcome.WHOLE:
            raise CommandError(
                "The key signs, but its certificate is not that of the key. Put theirs together."
            )
        record = remember(sealing.certificates)
        self.stdout.write(
            f"Awards are signed with {record.fingerprint}, {record.subject}, "
            f"until {record.valid_until:%Y-%m-%d}. A sample was signed and checked."
        )
