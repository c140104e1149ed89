"""Writes a .env with fresh secrets for a machine of one's own. Never touches one that exists."""

import os
import secrets
import sys
from pathlib import Path

ENV_FILE = Path(__file__).resolve().parent.parent / ".env"

TEMPLATE = """\
# Written by scripts/make_env.py. docs/configuration.md explains every variable.
SECRET_KEY={secret_key}
SITE_URL=http://localhost:{port}
# Shows every e-mail at /mailbox/ instead of sending it.
DEMO_MAILBOX=1
# The demo's staff sign in without a second factor. Remove this line on a real site.
STAFF_MFA_REQUIRED=0
"""


def main():
    """Write the file unless there is one."""
    if ENV_FILE.exists():
        return
    text = TEMPLATE.format(secret_key=secrets.token_urlsafe(50), port=os.environ.get("PORT", "8000"))
    descriptor = os.open(ENV_FILE, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
    print(
        "Wrote .env with fresh secrets. Staff need no second factor here: STAFF_MFA_REQUIRED=0.",
        file=sys.stderr,
    )


if __name__ == "__main__":
    main()
