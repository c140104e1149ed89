"""Brings an installation up to date: tables, cache, static files, content types, address, and the demo where asked."""

import hashlib
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from wagtail.models import Site

from certificates.signing.keys import SigningKeyMissing, is_on_a_token, signing_key
from certificates.signing.records import publish


class Command(BaseCommand):
    """Safe to run before every start: each step looks first whether there is anything to do."""

    help = "Create or update tables, cache table and static files; with --demo fill an empty database."

    def add_arguments(self, parser):
        """Take --demo."""
        parser.add_argument(
            "--demo", action="store_true", help="load the demo when nobody is in the database yet"
        )

    def handle(self, *, demo, **options):
        """Do what is needed, in order."""
        self.update_tables()
        self.make_keys()
        self.collect_static_files()
        self.install_content_types()
        if demo:
            self.load_demo()
        self.name_the_site()

    def say(self, sentence):
        """Tell the person at the terminal."""
        self.stdout.write(sentence)
        self.stdout.flush()

    def update_tables(self):
        """Apply the migrations that are missing, and make the cache's table."""
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            self.say("Updating the database …")
            call_command("migrate", interactive=False, verbosity=0)
        for database in settings.DATABASES:
            call_command("createcachetable", database=database, verbosity=0)

    def make_keys(self):
        """Make the keys of awards and badges where none were given; publish the certificate of the one in use."""
        try:
            if settings.SIGNING_KEY_IS_OURS and not settings.SIGNING_KEY_FILE.exists():
                call_command("make_signing_key", stdout=self.stdout)
            elif not is_on_a_token():
                publish(signing_key())
        except (CommandError, SigningKeyMissing) as problem:
            self.say(f"{problem} Until then awards wait to be signed.")
        if not settings.BADGE_KEY and not settings.BADGE_KEY_FILE.exists():
            call_command("make_badge_key", stdout=self.stdout)

    def collect_static_files(self):
        """Collect and compress static files when one of them is new or has changed."""
        stamp = settings.STATIC_ROOT.with_suffix(".stamp")
        digest = static_digest()
        if stamp.exists() and stamp.read_text() == digest:
            return
        self.say("Collecting static files …")
        call_command("collectstatic", interactive=False, verbosity=0, clear=True)
        stamp.write_text(digest)

    def install_content_types(self):
        """Let authors make interactive content with the types that come with the site."""
        call_command("install_content_types", stdout=self.stdout)

    def load_demo(self):
        """Fill an empty database; go on where an earlier attempt was interrupted."""
        unfinished = settings.VAR_DIR / "demo.unfinished"
        if unfinished.exists() or not get_user_model().objects.exists():
            self.say("Loading the demo …")
            unfinished.touch()
            call_command("demo", build_only=True)
            unfinished.unlink()

    def name_the_site(self):
        """Let the CMS know the address that SITE_URL gives the site, so that full links are right."""
        address = urlsplit(settings.SITE_URL)
        port = address.port or (443 if settings.HTTPS else 80)
        Site.objects.filter(is_default_site=True).exclude(hostname=address.hostname, port=port).update(
            hostname=address.hostname, port=port
        )
        Site.clear_site_root_paths_cache()


def static_digest():
    """Sum up every static file by path, size and time."""
    digest = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list([]):
            size, modified = storage.size(path), storage.get_modified_time(path).timestamp()
            digest.update(f"{path} {size} {modified}\n".encode())
    return digest.hexdigest()
