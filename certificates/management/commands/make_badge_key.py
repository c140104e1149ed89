"""Makes the key that signs badges."""

import os

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from certificates.badges.keys import new_key_pem, private_key, publish


class Command(BaseCommand):
    """Safe to repeat: an existing key stays unless another is asked for, and is then kept beside it."""

    help = (
        "Make the Ed25519 key that signs Open Badges, readable by the owner alone; --new for another one. On a public "
        "address (https) the issuer stays the same; elsewhere the key itself is the issuer (did:key), so that another "
        "key is another issuer: whoever checks an earlier badge elsewhere sees its status list signed by a stranger."
    )

    def add_arguments(self, parser):
        """Take --new."""
        parser.add_argument("--new", action="store_true", help="sign with another key from now on")

    def handle(self, *, new, **options):
        """Write the file and publish its public half."""
        if settings.BADGE_KEY:
            raise CommandError("The key comes from BADGE_KEY. Change it there.")
        path = settings.BADGE_KEY_FILE
        if path.exists() and new:
            path.rename(path.with_suffix(f".until-{timezone.now():%Y%m%dT%H%M%S}.pem"))
        if not path.exists():
            write(path, new_key_pem())
        self.stdout.write(f"Badges are signed with {publish(private_key().public_key())}, kept in {path}.")


def write(path, content):
    """Write a file that only its owner reads; never over another."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
