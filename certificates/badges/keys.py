"""The key that signs badges, and the address under which everybody finds it.

On a public address the issuer is did:web (https://w3c-ccg.github.io/did-method-web/), whose document lists every key
ever used; elsewhere, as in the demo, did:key, which needs no address at all.
"""

import re
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from django.conf import settings
from django.utils import timezone

from certificates.badges.proof import from_multibase, multibase
from certificates.models import BadgeKey

PUBLIC_KEY = re.compile(r"z[1-9A-HJ-NP-Za-km-z]{40,59}")


class BadgeKeyMissing(Exception):
    """There is no key to sign badges with; `str()` says what to do."""


def new_key_pem() -> bytes:
    """A new private key, as a PEM file holds it."""
    return Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def private_key() -> Ed25519PrivateKey:
    """The key in use, from BADGE_KEY or the file BADGE_KEY_FILE. Raises BadgeKeyMissing."""
    pem = settings.BADGE_KEY.encode() or _read(settings.BADGE_KEY_FILE)
    return _parse(pem)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as missing:
        message = f"There is no key to sign badges with at {path}. Run “manage.py make_badge_key”."
        raise BadgeKeyMissing(message) from missing


@cache
def _parse(pem: bytes) -> Ed25519PrivateKey:
    try:
        key = load_pem_private_key(pem, password=None)
    except ValueError as broken:
        raise BadgeKeyMissing("The key to sign badges with is no private key in PEM.") from broken
    if not isinstance(key, Ed25519PrivateKey):
        raise BadgeKeyMissing("The key to sign badges with is not an Ed25519 key.")
    return key


def is_public_address() -> bool:
    """Whether others can reach the site, so that its address can stand for the institution."""
    return settings.HTTPS


def web_did() -> str:
    """The did:web of the site's address."""
    return "did:web:" + urlsplit(settings.SITE_URL).netloc.replace(":", "%3A")


def issuer_of(key: str) -> str:
    """The identifier that signs with this public key (in multibase)."""
    return web_did() if is_public_address() else f"did:key:{key}"


def method_of(key: str) -> str:
    """The address of this public key (in multibase)."""
    return f"{issuer_of(key)}#{key}"


def publish(key: Ed25519PublicKey) -> str:
    """Remember the public key for ever, so that what it signed stays verifiable; its multibase. Safe to repeat."""
    text = multibase(key)
    BadgeKey.objects.get_or_create(public=text, defaults={"used_since": timezone.now()})
    return text


def key_of(method: str) -> Ed25519PublicKey | None:
    """The public key at an address that is ours, whether by did:web or did:key; None for anybody else's."""
    issuer, _hash, text = method.partition("#")
    if issuer not in (web_did(), f"did:key:{text}") or not PUBLIC_KEY.fullmatch(text):
        return None
    return from_multibase(text) if BadgeKey.objects.filter(public=text).exists() else None


def did_document() -> dict:
    """What did:web publishes: every key that ever signed, by https://www.w3.org/TR/did-core/ as its format."""
    methods = [
        {
            "id": f"{web_did()}#{text}",
            "type": "Multikey",
            "controller": web_did(),
            "publicKeyMultibase": text,
        }
        for text in BadgeKey.objects.values_list("public", flat=True)
    ]
    return {
        "@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"],
        "id": web_did(),
        "verificationMethod": methods,
        "assertionMethod": [method["id"] for method in methods],
    }
