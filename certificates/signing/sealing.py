"""Signs papers: PAdES B-B always, B-T when a time-stamp authority is set. Brings pyHanko."""

from __future__ import annotations

import asyncio
import hashlib
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from asn1crypto import keys, x509
from cryptography import x509 as cryptography_x509
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from django.conf import settings
from pyhanko.sign.signers import Signer, SimpleSigner
from pyhanko.sign.timestamps.common_utils import TimestampRequestError
from pyhanko.sign.timestamps.requests_client import RequestsHTTPTimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore

from certificates.paper import signature
from certificates.paper.errors import PaperError
from certificates.signing.keys import SigningKey, SigningKeyMissing, check_dates, is_on_a_token, signing_key

SIGNATURE_ROOM = 1500  # attributes and the signature itself; certificates are counted
STAMP_ROOM = 12_000
STAMP_SECONDS = 15


class NoTimeStamp(PaperError):
    """The time-stamp authority did not answer as it should; nothing was signed."""


@dataclass(frozen=True)
class Seal:
    """Something that signs, and the certificates that go into every signature; the signer's own comes first."""

    signer: Signer
    certificates: tuple[cryptography_x509.Certificate, ...]

    @property
    def room(self) -> int:
        """How many bytes of a paper to keep free for the signature."""
        size = SIGNATURE_ROOM + sum(len(_der(certificate)) for certificate in self.certificates)
        return size + (STAMP_ROOM if settings.SIGNING_TSA_URL else 0)

    def sign(self, pdf: bytes, moment: datetime) -> bytes:
        """The paper with its signature. Raises SigningKeyMissing and NoTimeStamp."""
        check_dates(self.certificates[0], moment)
        return signature.fill(pdf, moment, self._signature)

    def _signature(self, covered: bytes) -> bytes:
        signing = self.signer.async_sign(
            hashlib.sha256(covered).digest(),
            "sha256",
            use_pades=True,
            timestamper=_time_stamper(settings.SIGNING_TSA_URL),
        )
        try:
            return _finish(signing).dump()
        except (TimestampRequestError, OSError) as failure:
            raise NoTimeStamp(
                f"The time-stamp authority {settings.SIGNING_TSA_URL} did not answer as it should. "
                "It is asked again every five minutes."
            ) from failure
        except Exception as failure:
            if not is_on_a_token():
                raise
            _forget_token(self.signer)
            raise SigningKeyMissing(
                f"The token with the key that signs awards did not sign: {failure!r}. It is asked again with a new "
                "session every five minutes; if this stays, see whether the token is there and unlocked."
            ) from failure


def seal() -> Seal:
    """What signs now, by the settings. Raises SigningKeyMissing."""
    if is_on_a_token():
        return _token_seal()
    return _seal_of(signing_key())


@cache
def _seal_of(key: SigningKey) -> Seal:
    certificates = (key.certificate, *key.chain)
    private = key.private.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    registry = SimpleCertificateStore()
    registry.register_multiple([_asn1(certificate) for certificate in key.chain])
    signer = SimpleSigner(_asn1(key.certificate), keys.PrivateKeyInfo.load(private), registry)
    return Seal(signer, certificates)


@cache
def _token_seal() -> Seal:
    """The key inside a token, asked for once in a process."""
    try:
        from pyhanko.sign.pkcs11 import PKCS11Signer, open_pkcs11_session  # noqa: PLC0415 (optional)
    except ImportError as missing:
        raise SigningKeyMissing(
            "SIGNING_PKCS11_MODULE is set, but the package python-pkcs11 is not installed. "
            "Run “pip install python-pkcs11”."
        ) from missing
    label = settings.SIGNING_PKCS11_LABEL
    try:
        session = open_pkcs11_session(
            settings.SIGNING_PKCS11_MODULE,
            token_label=settings.SIGNING_PKCS11_TOKEN or None,
            user_pin=settings.SIGNING_PKCS11_PIN or None,
        )
        signer = PKCS11Signer(session, cert_label=label, key_label=label, other_certs_to_pull=None)
        held = [signer.signing_cert, *(one for one in signer.cert_registry if one != signer.signing_cert)]
    except Exception as failure:
        raise SigningKeyMissing(
            f"The token with the key that signs awards cannot be used: {failure}. See SIGNING_PKCS11_MODULE."
        ) from failure
    return Seal(signer, tuple(cryptography_x509.load_der_x509_certificate(one.dump()) for one in held))


def _forget_token(signer: Signer) -> None:
    """Open another session next time: this one may be dead, and while it lives the token counts its user logged in."""
    _token_seal.cache_clear()
    with suppress(Exception):
        signer.pkcs11_session.close()


@cache
def _time_stamper(url: str) -> RequestsHTTPTimeStamper | None:
    return RequestsHTTPTimeStamper(url, timeout=STAMP_SECONDS) if url else None


def _finish(coroutine):
    """Run it in a thread of its own: the caller's may have an event loop already."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, coroutine).result()


def _der(certificate):
    return certificate.public_bytes(Encoding.DER)


def _asn1(certificate):
    return x509.Certificate.load(_der(certificate))
