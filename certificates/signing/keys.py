"""The key that signs papers: from the environment, a file (PEM or PKCS#12) or a token (PKCS#11); its certificates."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_private_key
from cryptography.hazmat.primitives.serialization.pkcs12 import load_pkcs12
from django.conf import settings

from certificates.paper.errors import PaperError
from certificates.paper.sentences import Sentence, gettext_noop

CERTIFICATE = re.compile(rb"-----BEGIN CERTIFICATE-----.+?-----END CERTIFICATE-----", re.DOTALL)
PrivateKey = EllipticCurvePrivateKey | RSAPrivateKey

NO_KEY = gettext_noop(
    "There is no key to sign awards with at %(path)s. Run “manage.py make_signing_key”, or put the institution's own "
    "key there."
)
UNREADABLE = gettext_noop("The key to sign awards with at %(path)s cannot be read: %(failure)s.")
BROKEN = gettext_noop(
    "The key to sign awards with (%(source)s) cannot be read: it must be PEM or PKCS#12, and SIGNING_KEY_PASSPHRASE "
    "must be its passphrase if it has one."
)
OF_ANOTHER_KIND = gettext_noop("The key to sign awards with (%(source)s) must be an EC or RSA key.")
WITHOUT_CERTIFICATE = gettext_noop(
    "The key to sign awards with (%(source)s) has no certificate beside it. Add the certificate to the same file."
)
DOES_NOT_HOLD = gettext_noop(
    "The certificate of the key that signs awards holds from %(since)s to %(until)s only. Put a new key into its "
    "place; docs/operating.md says how."
)
NO_PACKAGE = gettext_noop(
    "SIGNING_PKCS11_MODULE is set, but the package python-pkcs11 is not installed. Run “pip install python-pkcs11”."
)
NO_LIBRARY = gettext_noop(
    "There is no PKCS#11 library at %(module)s. Install the token's software, or set SIGNING_PKCS11_MODULE."
)
NO_LABEL = gettext_noop(
    "SIGNING_PKCS11_MODULE is set, but SIGNING_PKCS11_LABEL does not say which key of the token signs awards."
)


class SigningKeyMissing(PaperError):
    """There is no key that can sign papers now; `str()` says what to do."""


@dataclass(frozen=True)
class SigningKey:
    """A private key with its certificate and those that vouch for it, nearest first."""

    private: PrivateKey
    certificate: x509.Certificate
    chain: tuple[x509.Certificate, ...] = ()


def is_on_a_token() -> bool:
    """Whether the key stays inside a PKCS#11 token."""
    return bool(settings.SIGNING_PKCS11_MODULE)


def signing_key() -> SigningKey:
    """The key from SIGNING_KEY or SIGNING_KEY_FILE, fit to sign now. Raises SigningKeyMissing."""
    if settings.SIGNING_KEY:
        key = _parse(settings.SIGNING_KEY.encode(), settings.SIGNING_KEY_PASSPHRASE, "SIGNING_KEY")
    else:
        key = load_key(settings.SIGNING_KEY_FILE, settings.SIGNING_KEY_PASSPHRASE)
    check_dates(key.certificate)
    return key


def load_key(path: Path, passphrase: str = "") -> SigningKey:
    """The key in a file, PEM or PKCS#12. Raises SigningKeyMissing."""
    return _parse(_read(path), passphrase, str(path))


def check_dates(certificate: x509.Certificate, moment: datetime | None = None) -> None:
    """Raise SigningKeyMissing when the certificate does not hold at this moment: by default, by the machine’s clock."""
    # Not timezone.now(): the demo lives months of it in a minute, and signs at the end.
    moment = moment or datetime.now(tz=UTC)
    if not certificate.not_valid_before_utc <= moment <= certificate.not_valid_after_utc:
        raise SigningKeyMissing(
            Sentence(
                DOES_NOT_HOLD,
                since=f"{certificate.not_valid_before_utc:%Y-%m-%d}",
                until=f"{certificate.not_valid_after_utc:%Y-%m-%d}",
            )
        )


def key_problem() -> str | None:
    """Why no award can be signed at the moment, in a sentence for staff, or None. A token is not asked."""
    try:
        if is_on_a_token():
            check_token_settings()
        else:
            signing_key()
    except SigningKeyMissing as problem:
        return problem.args[0]
    return None


def check_token_settings() -> None:
    """Raise SigningKeyMissing for what the settings of a token lack, as far as can be told without asking it."""
    module = Path(settings.SIGNING_PKCS11_MODULE)
    if not find_spec("pkcs11"):
        raise SigningKeyMissing(Sentence(NO_PACKAGE))
    # A name alone is looked for where the system keeps its libraries.
    if len(module.parts) > 1 and not module.is_file():
        raise SigningKeyMissing(Sentence(NO_LIBRARY, module=module))
    if not settings.SIGNING_PKCS11_LABEL:
        raise SigningKeyMissing(Sentence(NO_LABEL))


def fingerprint(certificate: x509.Certificate) -> str:
    """The SHA-256 of a certificate, by which it is known."""
    return certificate.fingerprint(SHA256()).hex()


def certificates_in(pem: bytes) -> tuple[x509.Certificate, ...]:
    """Every certificate of a PEM file, in its order. Raises ValueError."""
    return tuple(x509.load_pem_x509_certificate(block) for block in CERTIFICATE.findall(pem))


def as_pem(certificates: tuple[x509.Certificate, ...]) -> str:
    """The certificates as one PEM file."""
    return "".join(certificate.public_bytes(Encoding.PEM).decode() for certificate in certificates)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError as missing:
        raise SigningKeyMissing(Sentence(NO_KEY, path=path)) from missing
    except OSError as unreadable:
        raise SigningKeyMissing(
            Sentence(UNREADABLE, path=path, failure=unreadable.strerror or str(unreadable))
        ) from unreadable


@lru_cache(maxsize=4)
def _parse(content: bytes, passphrase: str, source: str) -> SigningKey:
    """The key and certificates of a file; the certificate that belongs to the key comes first."""
    password = passphrase.encode() or None
    try:
        if b"-----BEGIN" in content:
            private, certificates = (
                load_pem_private_key(content, _needed(content, password)),
                certificates_in(content),
            )
        else:
            store = load_pkcs12(content, password)
            held = [store.cert, *store.additional_certs]
            private, certificates = store.key, tuple(one.certificate for one in held if one)
    except (ValueError, TypeError) as broken:
        raise SigningKeyMissing(Sentence(BROKEN, source=source)) from broken
    if not isinstance(private, PrivateKey):
        raise SigningKeyMissing(Sentence(OF_ANOTHER_KIND, source=source))
    own = [certificate for certificate in certificates if _belongs(certificate, private)]
    if not own:
        raise SigningKeyMissing(Sentence(WITHOUT_CERTIFICATE, source=source))
    return SigningKey(private, own[0], tuple(one for one in certificates if one != own[0]))


def _needed(content, password):
    """A passphrase, unless the key has none: then it must not be given."""
    return password if b"ENCRYPTED" in content else None


def _belongs(certificate, private):
    form = (Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return certificate.public_key().public_bytes(*form) == private.public_key().public_bytes(*form)
