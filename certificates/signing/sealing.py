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
from certificates.paper.sentences import Sentence, gettext_noop
from certificates.signing import token
from certificates.signing.keys import SigningKey, check_dates, is_on_a_token, signing_key

SIGNATURE_ROOM = 1500  # attributes and the signature itself; certificates are counted
STAMP_ROOM = 12_000
STAMP_SECONDS = 15
NO_ANSWER = gettext_noop(
    "The time-stamp authority %(address)s did not answer as it should. It is asked again every five minutes."
)


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
            raise NoTimeStamp(Sentence(NO_ANSWER, address=settings.SIGNING_TSA_URL)) from failure
        except Exception as failure:
            if not is_on_a_token():
                raise
            forget_token()
            raise token.TokenRefused(token.DID_NOT_SIGN, failure=token.told(failure)) from failure


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
    return Seal(*token.open_token())


def forget_token() -> None:
    """End the session with the token, which may be dead; whoever signs next opens another."""
    if _token_seal.cache_info().currsize:
        with suppress(PaperError):
            token.close(_token_seal().signer.pkcs11_session)
    _token_seal.cache_clear()


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
