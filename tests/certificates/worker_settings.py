"""Settings for a worker process beside a test: its files, its keys, and a folder into which e-mails are written."""

import os

from tests.foundation.worker_settings import *  # noqa: F403

MEDIA_ROOT = os.environ["TEST_MEDIA"]
SIGNING_KEY = os.environ["TEST_SIGNING_KEY"]
BADGE_KEY = os.environ["TEST_BADGE_KEY"]
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = os.environ["TEST_MAIL"]
