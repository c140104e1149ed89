"""Data Integrity proofs with the cryptosuite eddsa-rdfc-2022: https://www.w3.org/TR/vc-di-eddsa/#eddsa-rdfc-2022."""

import hashlib
from collections.abc import Callable, Mapping

import base58
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.utils.translation import gettext as _

from certificates.badges.contexts import load

CRYPTOSUITE = "eddsa-rdfc-2022"
# The multicodec prefix of an Ed25519 public key.
ED25519 = b"\xed\x01"


class ProofBroken(Exception):
    """A document has no proof of ours, or is not what was signed; `str()` says which."""


def multibase(key: Ed25519PublicKey) -> str:
    """A public key as documents carry it: base 58 after its multicodec prefix."""
    raw = key.public_bytes(Encoding.Raw, PublicFormat.Raw)
    return "z" + base58.b58encode(ED25519 + raw).decode()


def from_multibase(text: str) -> Ed25519PublicKey:
    """The public key of such a text. Raises ValueError."""
    raw = base58.b58decode(text[1:]) if text.startswith("z") else b""
    if not raw.startswith(ED25519):
        raise ValueError(text)
    return Ed25519PublicKey.from_public_bytes(raw.removeprefix(ED25519))


def canonical_hash(document: Mapping) -> bytes:
    """SHA-256 of the document's canonical statements: the same whatever the order of its keys. Raises ValueError."""
    from pyld import jsonld  # noqa: PLC0415 (8 MB that most processes never need)

    options = {"algorithm": "URDNA2015", "format": "application/n-quads", "documentLoader": load}
    try:
        statements = jsonld.normalize(dict(document), options)
    except jsonld.JsonLdError as broken:
        raise ValueError("The document has no canonical form.") from broken
    return hashlib.sha256(statements.encode()).digest()


def _signed_bytes(document, options):
    return canonical_hash(options) + canonical_hash(document)


def sign(document: Mapping, key: Ed25519PrivateKey, *, method: str, created: str) -> dict:
    """The document with its proof. The same input always gives the same bytes.

    `method` is the address of the public key; `created` an XML date and time in UTC.
    """
    options = {
        "@context": document["@context"],
        "type": "DataIntegrityProof",
        "cryptosuite": CRYPTOSUITE,
        "created": created,
        "verificationMethod": method,
        "proofPurpose": "assertionMethod",
    }
    signature = key.sign(_signed_bytes(document, options))
    del options["@context"]
    return {**document, "proof": {**options, "proofValue": "z" + base58.b58encode(signature).decode()}}


def check(document: Mapping, key_of: Callable[[str], Ed25519PublicKey | None]) -> None:
    """Raise ProofBroken unless a key of ours signed exactly this. `key_of` gives the key of a method, or None."""
    proof = document.get("proof")
    if not isinstance(proof, dict) or proof.get("cryptosuite") != CRYPTOSUITE:
        raise ProofBroken(_("This badge carries no signature of the kind that we make."))
    key = key_of(str(proof.get("verificationMethod", "")))
    if key is None:
        raise ProofBroken(_("This badge was signed with a key that is not ours."))
    unsigned = {name: value for name, value in document.items() if name != "proof"}
    options = {name: value for name, value in proof.items() if name != "proofValue"}
    try:
        signature = base58.b58decode(str(proof.get("proofValue", ""))[1:])
        signed = _signed_bytes(unsigned, {"@context": document.get("@context"), **options})
        key.verify(signature, signed)
    except (InvalidSignature, ValueError) as broken:
        raise ProofBroken(_("This badge was changed after it was signed.")) from broken
