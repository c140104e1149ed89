"""Reading a badge file that somebody shows: is it ours, is it whole, which award is it?"""

import json
from dataclasses import dataclass

from django.utils.translation import gettext as _

from certificates.badges.keys import key_of
from certificates.badges.proof import ProofBroken, check
from certificates.codes import parse_code

# A badge of ours has about 3 kB.
MOST_BYTES = 200_000
DEPTH = 20


class NoBadge(Exception):
    """The file is no badge of ours, or was changed; `str()` says which."""


@dataclass(frozen=True)
class BadgeRead:
    """A badge whose signature holds. What it says is to be read from the award with this code."""

    code: str


def read_badge(content: bytes) -> BadgeRead:
    """The badge in a file. Raises NoBadge with a sentence."""
    document = _parse(content)
    try:
        check(document, key_of)
    except ProofBroken as broken:
        raise NoBadge(str(broken)) from broken
    code = parse_code(str(document.get("id", "")).rstrip("/").rpartition("/")[2])
    if code is None:
        raise NoBadge(_("This badge names no verification code."))
    return BadgeRead(code)


def _parse(content):
    if len(content) > MOST_BYTES:
        raise NoBadge(_("This file is larger than any badge of ours."))
    try:
        document = json.loads(content)
    except (ValueError, RecursionError) as broken:
        raise NoBadge(_("This file is no badge: it is not JSON.")) from broken
    if not isinstance(document, dict) or _deeper(document, DEPTH):
        raise NoBadge(_("This file is no badge."))
    return document


def _deeper(value, left):
    if not isinstance(value, dict | list):
        return False
    inner = value.values() if isinstance(value, dict) else value
    return left == 0 or any(_deeper(each, left - 1) for each in inner)
