"""The code people scan to check themselves in: signed, for one session, and soon stale. Stores nothing."""

from uuid import UUID

from django.core import signing

LIVES_SECONDS = 150
CHANGES_SECONDS = 60
_signer = signing.TimestampSigner(salt="timetable.attendance.codes")


def code_of(key: UUID) -> str:
    """A fresh code of the session with this key."""
    return _signer.sign(key.hex)


def read_code(code: str) -> UUID | None:
    """The key of the session a code is for; None when it is stale or was not made here."""
    try:
        return UUID(_signer.unsign(code, max_age=LIVES_SECONDS))
    except (signing.BadSignature, ValueError):
        return None
