"""The site's settings with what tests need: no secrets, nothing left on the disk, nothing slow."""

import atexit
import os
import shutil
import tempfile

# Before the real settings read the environment: a developer's own .env must not decide what tests see.
for name in ("ALLOWED_HOSTS", "EMAIL_URL", "HOST", "PORT", "REDIS_URL", "SITE_NAME", "TRUSTED_PROXY_COUNT"):
    os.environ.pop(name, None)
SCRATCH = tempfile.mkdtemp(prefix="unicri-lms-tests-")
atexit.register(shutil.rmtree, SCRATCH, ignore_errors=True)
os.environ |= {
    "ENV_FILE": "",
    "SECRET_KEY": "only-for-tests",
    "DEBUG": "0",
    "SITE_URL": "http://localhost:8000",
    "DEMO_MAILBOX": "1",
    "STAFF_MFA_REQUIRED": "0",
    "LOG_LEVEL": "ERROR",
    "VAR_DIR": SCRATCH,
    "DATABASE_URL": os.environ.get("TEST_DATABASE_URL", f"sqlite:///{SCRATCH}/db.sqlite3"),
}

from cryptography.hazmat.primitives import serialization  # noqa: E402
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey  # noqa: E402

from lms.settings import *  # noqa: E402, F403
from lms.settings import DATABASES, SQLITE  # noqa: E402
from tests.keys import signing_key  # noqa: E402

ALLOWED_HOSTS = ["*"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
DATABASES.pop("cache", None)
DATABASE_ROUTERS = []
if SQLITE:
    # A file, so that the threads of the live server see it too; without waiting for the disk.
    DATABASES["default"]["TEST"] = {"NAME": f"{SCRATCH}/test.sqlite3"}
    DATABASES["default"]["OPTIONS"] = DATABASES["default"]["OPTIONS"] | {
        "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=OFF;PRAGMA cache_size=-20000;",
    }
else:
    # A pool would keep connections open that the test database must be rid of before it can be dropped.
    DATABASES["default"]["OPTIONS"].pop("pool")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
STATICFILES_FINDERS = [
    "tests.static_files.StylesheetInOnePiece",
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
]
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = True
# Work that would be queued is done at once.
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
SIGNING_KEY = signing_key()
BADGE_KEY = (
    Ed25519PrivateKey.generate()
    .private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    .decode()
)
# Tests sign in more often in a minute than anybody may.
ACCOUNT_RATE_LIMITS = False
