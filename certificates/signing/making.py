"""Makes the embedded default: an authority of the site's own and a key that it certifies to sign papers.

The authority outlives the keys it certifies, so whoever chose to trust it trusts the next key too.
"""

from __future__ import annotations

import contextlib
import os
import textwrap
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from certificates.signing.keys import PrivateKey, SigningKey

AUTHORITY_HOLDS = timedelta(days=40 * 365)
KEY_HOLDS = timedelta(days=10 * 365)
DOCUMENT_SIGNING = x509.ObjectIdentifier("1.3.6.1.5.5.7.3.36")
LONGEST = 64  # what X.520 allows a name to have


def new_authority(institution: str, site: str, moment: datetime) -> SigningKey:
    """A self-signed authority."""
    private = ec.generate_private_key(ec.SECP256R1())
    name = _name(institution, f"{site}: authority for awards")
    builder = _builder(name, name, private, moment, moment + AUTHORITY_HOLDS)
    builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    builder = builder.add_extension(_usage(certify=True), critical=True)
    return SigningKey(private, builder.sign(private, SHA256()))


def new_key(
    authority: SigningKey, institution: str, site: str, moment: datetime, private: PrivateKey | None = None
) -> SigningKey:
    """A key to sign papers with, certified by the authority: a new one, or this one."""
    private = private or ec.generate_private_key(ec.SECP256R1())
    until = min(moment + KEY_HOLDS, authority.certificate.not_valid_after_utc)
    name = _name(institution, f"{site}: signature of awards")
    builder = _builder(name, authority.certificate.subject, private, moment, until)
    builder = builder.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
    builder = builder.add_extension(_usage(certify=False), critical=True)
    builder = builder.add_extension(x509.ExtendedKeyUsage([DOCUMENT_SIGNING]), critical=False)
    issuer = x509.AuthorityKeyIdentifier.from_issuer_public_key(authority.private.public_key())
    builder = builder.add_extension(issuer, critical=False)
    return SigningKey(private, builder.sign(authority.private, SHA256()), (authority.certificate,))


def _name(institution, common):
    texts = {
        NameOID.ORGANIZATION_NAME: institution,
        NameOID.COMMON_NAME: common,
    }
    return x509.Name(
        [
            x509.NameAttribute(kind, textwrap.shorten(text, LONGEST, placeholder="…"))
            for kind, text in texts.items()
        ]
    )


def _builder(subject, issuer, private, since, until):
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(private.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(since - timedelta(minutes=5))  # clocks differ
        .not_valid_after(until)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(private.public_key()), critical=False)
    )


def _usage(*, certify):
    return x509.KeyUsage(
        digital_signature=not certify,
        content_commitment=not certify,
        key_cert_sign=certify,
        crl_sign=certify,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def pem_of(key: SigningKey) -> bytes:
    """The private key and every certificate as one file."""
    private = key.private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    public = [certificate.public_bytes(Encoding.PEM) for certificate in (key.certificate, *key.chain)]
    return b"".join([private, *public])


def write_secret(path: Path, content: bytes, *, over: bool = False) -> bool:
    """Write a file that only its owner may read, whole or not at all; False if it exists and must not be replaced."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if over:
            draft.replace(path)
        else:
            path.hardlink_to(draft)
    except FileExistsError:
        return False
    finally:
        with contextlib.suppress(FileNotFoundError):
            draft.unlink()
    return True
