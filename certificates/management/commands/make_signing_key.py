"""Makes the key that signs awards, for sites without one from elsewhere."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from certificates.signing.keys import SigningKeyMissing, is_on_a_token, load_key, signing_key
from certificates.signing.making import new_authority, new_key, pem_of, write_secret
from certificates.signing.records import publish


class Command(BaseCommand):
    """Safe to repeat: an existing key stays unless another is asked for. Certificates of earlier keys stay too."""

    help = "Make the key that signs awards, readable by the owner alone; --rotate to sign with a new one from now on."

    def add_arguments(self, parser):
        """Take --rotate."""
        parser.add_argument(
            "--rotate",
            action="store_true",
            help="replace the key; the old private key is destroyed, its certificate stays published",
        )

    def handle(self, *, rotate, **options):
        """Write the files, publish the certificate, and say which it is."""
        if settings.SIGNING_KEY or is_on_a_token():
            raise CommandError("The key comes from SIGNING_KEY or from a token. Change it there.")
        path = settings.SIGNING_KEY_FILE
        try:
            if path.exists():
                self.publish_earlier(path, rotate)
            if rotate or not path.exists():
                write_secret(path, pem_of(self.new_key()), over=rotate)
            record = publish(signing_key())
        except SigningKeyMissing as problem:
            raise CommandError(str(problem)) from problem
        self.stdout.write(f"Awards are signed with {record.fingerprint}, kept in {path}.")

    def publish_earlier(self, path, rotate):
        """Whatever happens next, what it signed stays verifiable, even where its certificate has run out."""
        try:
            publish(load_key(path, settings.SIGNING_KEY_PASSPHRASE))
        except SigningKeyMissing as unreadable:
            if not rotate:
                raise
            self.stderr.write(
                f"{unreadable} It is replaced all the same. Its certificate is published only if it was before."
            )

    def new_key(self):
        """A key certified by the site's own authority, which is made first where there is none."""
        names = settings.INSTITUTION_NAMES["en"], settings.SITE_NAME
        authority = settings.SIGNING_KEY_FILE.with_name("authority.pem")
        if not authority.exists():
            write_secret(authority, pem_of(new_authority(*names, timezone.now())))
        return new_key(load_key(authority), *names, timezone.now())
