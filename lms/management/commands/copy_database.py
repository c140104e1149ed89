"""Brings everything from another database into this one: how a site moves from SQLite to PostgreSQL."""

from itertools import islice

import environ
from django.apps import apps
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.core.management.color import no_style
from django.core.management.sql import sql_flush
from django.db import connection, connections, transaction

from accounts.models import User

SOURCE = "copied_from"
BATCH = 1_000
# Made anew afterwards: each database keeps its own kind of index.
MADE_ANEW = {"wagtailsearch"}


class Command(BaseCommand):
    """Copies row by row, all or nothing. The source is only read."""

    help = "Copy another database, such as sqlite:////srv/lms/var/db.sqlite3, into this one, which has no people yet."

    def add_arguments(self, parser):
        """Take the address of the source."""
        parser.add_argument("source", help="the DATABASE_URL of the database to copy from")

    def handle(self, *, source, **options):
        """Refuse a database in use; else copy and index."""
        if User.objects.exists():
            raise CommandError(
                "There are people in this database. Copy into a new one, after `manage.py migrate`."
            )
        open_source(source)
        models = [model for model in apps.get_models(include_auto_created=True) if is_copied(model)]
        with transaction.atomic():
            for statement in sql_flush(no_style(), connection, allow_cascade=True):
                with connection.cursor() as cursor:
                    cursor.execute(statement)
            rows = sum(copy(model) for model in models)
            with connection.cursor() as cursor:
                for statement in connection.ops.sequence_reset_sql(no_style(), models):
                    cursor.execute(statement)
        self.stdout.write(f"{rows} rows of {len(models)} tables copied. Indexing …")
        call_command("update_index", verbosity=0)


def open_source(address):
    """Make the source known as a database beside ours."""
    known = connections.settings["default"] | environ.Env.db_url_config(address) | {"OPTIONS": {}}
    connections.settings[SOURCE] = known
    with connections[SOURCE].cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM django_migrations")


def is_copied(model):
    """Whether its rows live in a table of their own that is not made anew."""
    meta = model._meta
    return meta.managed and not meta.proxy and not meta.swapped and meta.app_label not in MADE_ANEW


def copy(model):
    """Copy the table of one model as it is: nothing is set, sent or counted on the way."""
    fields = model._meta.local_concrete_fields
    names = [field.attname for field in fields]
    values = model._base_manager.using(SOURCE).order_by("pk").values_list(*names).iterator(BATCH)
    copied = 0
    while batch := list(islice(values, BATCH)):
        rows = [model.from_db("default", names, row) for row in batch]
        model._base_manager.using("default")._insert(rows, fields=fields, raw=True, using="default")
        copied += len(rows)
    return copied
