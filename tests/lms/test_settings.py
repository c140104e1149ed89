"""Every variable that the settings read is explained, and what must not be missing stops the start."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
READS = re.compile(r"""(?:env(?:\.\w+)?|required|environ\.get|getenv)\(\s*["']([A-Z][A-Z0-9_]+)["']""")
SOURCES = [ROOT / "lms" / "settings.py", ROOT / "lms" / "supervisor.py"]


def variables():
    return sorted({name for source in SOURCES for name in READS.findall(source.read_text(encoding="utf-8"))})


def start(**variables):
    environment = {"PATH": os.environ["PATH"], "ENV_FILE": "", "VAR_DIR": os.environ["VAR_DIR"]} | variables
    return subprocess.run(
        [sys.executable, "manage.py", "diffsettings", "--output=unified"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
    )


def test_the_settings_read_variables():
    assert {"SECRET_KEY", "DATABASE_URL", "WEB_WORKERS"} <= set(variables())


@pytest.mark.parametrize("name", variables())
def test_every_variable_is_documented(name):
    page = (ROOT / "docs" / "configuration.md").read_text(encoding="utf-8")

    assert f"| `{name}` |" in page


def test_a_missing_secret_stops_the_start_with_a_sentence():
    outcome = start()

    assert outcome.returncode != 0
    assert "SECRET_KEY is not set." in outcome.stderr


def test_a_production_address_switches_the_safe_settings_on():
    outcome = start(SECRET_KEY="x", SITE_URL="https://learn.example.org")

    assert "+ SESSION_COOKIE_SECURE = True" in outcome.stdout
    assert "+ SECURE_SSL_REDIRECT = True" in outcome.stdout
    assert "+ SECURE_HSTS_SECONDS = 31536000" in outcome.stdout
    assert "+ ALLOWED_HOSTS = ['learn.example.org', 'localhost', '127.0.0.1', '[::1]']" in outcome.stdout
    assert "STAFF_MFA_REQUIRED = True" in outcome.stdout
    assert "DEMO_MAILBOX = False" in outcome.stdout


def test_on_localhost_the_address_follows_the_port():
    outcome = start(SECRET_KEY="x", SITE_URL="http://localhost:8000", PORT="8123")

    assert "SITE_URL = 'http://localhost:8123'" in outcome.stdout
