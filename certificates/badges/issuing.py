"""Signing the badge of an award and the status lists."""

import json

from django.core.cache import cache
from django.utils import timezone

from certificates.badges.credential import credential, moment, status_list
from certificates.badges.keys import issuer_of, method_of, private_key, publish
from certificates.badges.proof import sign
from certificates.models import Award

# Verifiers may keep a list as long as this; a revocation is seen by everybody after that.
SECONDS_KEPT = 300


def as_json(document: dict) -> bytes:
    """A document as a file."""
    return json.dumps(document, ensure_ascii=False, indent=1).encode()


def credential_for(award: Award) -> bytes:
    """The signed badge of an award as a file. The same award and key always give the same bytes.

    Raises BadgeKeyMissing or ContextMissing; nothing has been stored then.
    """
    key = private_key()
    public = publish(key.public_key())
    unsigned = credential(award, issuer_of(public))
    return as_json(sign(unsigned, key, method=method_of(public), created=moment(award.issued_at)))


def signed_status_list(number: int) -> bytes:
    """A status list, signed now. Kept a few minutes, so that many questions cost one signature."""
    return cache.get_or_set(f"badge-status-list:{number}", lambda: _signed_list(number), SECONDS_KEPT)


def _signed_list(number):
    key = private_key()
    public = publish(key.public_key())
    now = moment(timezone.now())
    unsigned = status_list(number, issuer_of(public), now)
    return as_json(sign(unsigned, key, method=method_of(public), created=now))
