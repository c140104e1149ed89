"""Whether a paper still holds, from nothing but itself and a published status list: no network, no database.

The paper must have been found whole before: then the badge inside it is the institution's word for where its status is
published and who signs it. The key that signed the badge is believed; others of the same issuer are where the document
of its keys (did.json) or this site says that they are its own.
"""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader

from certificates.badges.credential import is_set
from certificates.badges.keys import from_multibase
from certificates.badges.proof import ProofBroken, check

KeyOf = Callable[[str], Ed25519PublicKey | None]


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


def keys_in(did_document: bytes, badge: dict) -> KeyOf:
    """The keys that the issuer of this badge publishes in its did.json, by their addresses. Raises StatusUnknown."""
    try:
        document = json.loads(did_document)
        named = document["id"]
        keys = {
            method["id"]: from_multibase(method["publicKeyMultibase"])
            for method in document["verificationMethod"]
            if method["id"] in document["assertionMethod"]
        }
    except (ValueError, KeyError, TypeError) as broken:
        raise StatusUnknown("The file given as did.json is no document of keys.") from broken
    if named != _issuer(badge):
        raise StatusUnknown(
            f"The did.json given is of {named}, but the badge was issued by {_issuer(badge)}."
        )
    return keys.get


def _issuer(badge):
    issuer = badge["issuer"]
    return issuer["id"] if isinstance(issuer, dict) else issuer


def status_of(badge: dict, status_list: bytes, *others: KeyOf) -> Status:
    """What a published status list says about the paper with this badge. Raises StatusUnknown.

    `others` give keys of the same issuer besides the one that signed the badge.
    """
    entry = badge["credentialStatus"]
    try:
        document = json.loads(status_list)
        subject = document["credentialSubject"]
        check(document, lambda method: _key(method, badge, others))
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


def _key(method, badge, others):
    """The key of a method, if it is the one that signed the badge inside the paper or another of its issuer."""
    if method == badge["proof"]["verificationMethod"]:
        return from_multibase(method.partition("#")[2])
    return next((key for key_of in others if (key := key_of(method))), None)
