"""A site moves to another database with everything it has."""

import os
import subprocess
import sys

import pytest
from django.conf import settings

from tests import migrated

MAKE_A_PERSON = (
    "from accounts.models import User; User.objects.create_user('amara@example.org', 'x', first_name='Amara')"
)
COUNT = (
    "from accounts.models import User; from portfolio.models import Country; "
    "User.objects.create_user('new@example.org', 'x'); "
    "print(list(User.objects.order_by('pk').values_list('pk', 'email')), Country.objects.count())"
)


def manage(database, *arguments):
    """Run a command on a database; answers with what it printed, or with why it failed."""
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "lms.settings",
        "DATABASE_URL": f"sqlite:///{database}",
        "LOG_LEVEL": "CRITICAL",
    }
    command = [sys.executable, "-W", "ignore", "manage.py", *arguments]
    done = subprocess.run(command, cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True)
    return done.stdout + done.stderr


@pytest.fixture
def databases(tmp_path, db):
    """An old database with somebody in it, and a new one as the migrations leave it."""
    old, new = tmp_path / "old.sqlite3", tmp_path / "new.sqlite3"
    if not (migrated.restore(old) and migrated.restore(new)):
        pytest.skip("No migrated SQLite database is kept yet: the tests on SQLite make one.")
    manage(old, "shell", "-c", MAKE_A_PERSON)
    return old, new


def test_everything_is_there_afterwards_and_new_rows_get_new_numbers(databases):
    old, new = databases

    assert "tables copied" in manage(new, "copy_database", f"sqlite:///{old}")
    assert "(1, 'amara@example.org'), (2, 'new@example.org')" in manage(new, "shell", "-c", COUNT)


def test_a_database_with_people_is_left_alone(databases):
    old, _new = databases

    assert "There are people in this database" in manage(old, "copy_database", f"sqlite:///{old}")
