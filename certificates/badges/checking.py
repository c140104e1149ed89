"""Reading a badge file that somebody shows: which award it names, and whether it is the badge that was signed for it.

The register keeps every badge as it was signed, so a file is compared with that. Its signature is never worked out
anew: putting statements by strangers into their canonical form can take hours.
"""

import json
from dataclasses import dataclass

from django.utils.translation import gettext as _

from certificates.codes import parse_code
from certificates.models import Award

# A badge of ours has about 3 kB.
MOST_BYTES = 200_000


class NoBadge(Exception):
    """The file is no badge; `str()` says why."""


@dataclass(frozen=True)
class BadgeRead:
    """What a file says, and the code of the award that it names."""

    document: dict
    code: str

    def is_of(self, award: Award) -> bool:
        """Whether this is the badge that was signed for the award, value for value."""
        return bool(award.badge) and json.loads(award.badge) == self.document


def read_badge(content: bytes) -> BadgeRead:
    """The badge in a file. Raises NoBadge with a sentence."""
    if len(content) > MOST_BYTES:
        raise NoBadge(_("This file is larger than any badge of ours."))
    try:
        document = json.loads(content)
    except (ValueError, RecursionError) as broken:
        raise NoBadge(_("This file is no badge: it is not JSON.")) from broken
    if not isinstance(document, dict):
        raise NoBadge(_("This file is no badge."))
    code = parse_code(str(document.get("id", ""))[:300].rstrip("/").rpartition("/")[2])
    if code is None:
        raise NoBadge(_("This badge names no verification code."))
    return BadgeRead(document, code)
