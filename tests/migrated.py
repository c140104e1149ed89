"""Keeps the database as the migrations leave it, so that they run once and not for every test run.

SQLite only. The kept file is named after a digest of every migration and of what they bring: change one and a new file
is made.
"""

import hashlib
import inspect
import shutil
import sqlite3
from importlib import metadata
from pathlib import Path

from django.conf import settings
from django.db.migrations.loader import MigrationLoader

KEPT = Path(settings.BASE_DIR) / "var" / "tests"
SHIPPED = Path(settings.BASE_DIR) / "certificates" / "paper" / "shipped"
AT_MOST = 3


def kept_file():
    """Where the database for today's migrations is kept."""
    digest = hashlib.sha256()
    for (app, name), migration in sorted(MigrationLoader(None).disk_migrations.items()):
        digest.update(f"{app}.{name}".encode())
        digest.update(Path(inspect.getfile(type(migration))).read_bytes())
    for design in sorted(SHIPPED.glob("*.json")):  # which migrating brings
        digest.update(design.read_bytes())
    digest.update(metadata.version("Django").encode())
    return KEPT / f"migrated-{digest.hexdigest()[:16]}.sqlite3"


def restore(target):
    """Copy the kept database to where the tests expect it; False when there is none."""
    kept = kept_file()
    if not kept.exists():
        return False
    shutil.copyfile(kept, target)
    kept.touch()
    return True


def keep(source):
    """Keep this freshly migrated database, and forget the oldest ones."""
    kept = kept_file()
    KEPT.mkdir(parents=True, exist_ok=True)
    unfinished = kept.with_suffix(f".{Path(source).parent.name}")
    connection = sqlite3.connect(source)
    connection.execute("VACUUM INTO ?", [str(unfinished)])
    connection.close()
    unfinished.replace(kept)
    for old in sorted(KEPT.glob("migrated-*.sqlite3"), key=lambda path: path.stat().st_mtime)[:-AT_MOST]:
        old.unlink(missing_ok=True)
