"""Whether a paper still holds, from nothing but itself and a published status list: no network, no database.

The paper must have been found whole before: then the badge inside it is the institution's word for where its status is
published and which key signs it.
"""

from __future__ import annotations

import io
import json
from dataclasses import dataclass
from datetime import date

from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader

from certificates.badges.credential import is_set
from certificates.badges.keys import from_multibase
from certificates.badges.proof import ProofBroken, check


class StatusUnknown(Exception):
    """The status cannot be told from what was given; `str()` says why."""


@dataclass(frozen=True)
class Status:
    """What a status list says about a paper."""

    is_void: bool
    published_at: str
    valid_until: date | None


def badge_in(pdf: bytes) -> dict:
    """The badge inside a whole paper. Raises StatusUnknown."""
    try:
        names = PdfFileReader(io.BytesIO(pdf)).root["/Names"]["/EmbeddedFiles"]["/Names"]
        for index in range(1, len(names), 2):  # names and files in turn
            specification = names[index]
            if str(specification["/UF"]).endswith(".json"):
                return json.loads(specification["/EF"]["/F"].data)
    except (PdfError, KeyError, IndexError, ValueError) as missing:
        raise StatusUnknown("This paper holds no badge, so no status list names it.") from missing
    raise StatusUnknown("This paper holds no badge, so no status list names it.")


def status_of(badge: dict, status_list: bytes) -> Status:
    """What a published status list says about the paper with this badge. Raises StatusUnknown."""
    entry = badge["credentialStatus"]
    try:
        document = json.loads(status_list)
        subject = document["credentialSubject"]
        check(document, lambda method: _key(method, badge))
        if document["id"] != entry["statusListCredential"] or subject["statusPurpose"] != "revocation":
            raise StatusUnknown(
                f"This list is not the one that the paper names: {entry['statusListCredential']}"
            )
        void = is_set(subject["encodedList"], int(entry["statusListIndex"]))
        until = badge.get("validUntil")
        return Status(void, str(document["validFrom"]), date.fromisoformat(until[:10]) if until else None)
    except ProofBroken as broken:
        raise StatusUnknown(f"The status list cannot be relied on: {broken}") from broken
    except (ValueError, KeyError, TypeError, IndexError) as broken:
        raise StatusUnknown("The file given as status list is none.") from broken


def _key(method, badge):
    """The key of a method, if it is the one that signed the badge inside the paper."""
    return (
        from_multibase(method.partition("#")[2]) if method == badge["proof"]["verificationMethod"] else None
    )
