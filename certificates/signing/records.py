"""The certificates of every key that ever signed: written down before the first signature, published for ever."""

from __future__ import annotations

from cryptography import x509
from django.conf import settings

from certificates.models import SigningCertificate
from certificates.signing.keys import SigningKey, as_pem, certificates_in, fingerprint


def remember(certificates: tuple[x509.Certificate, ...]) -> SigningCertificate:
    """The record of a key's certificate, the first of these, made where there is none. Safe to repeat and to race."""
    own = certificates[0]
    record, _created = SigningCertificate.objects.get_or_create(
        fingerprint=fingerprint(own),
        defaults={
            "subject": own.subject.rfc4514_string()[:500],
            "valid_from": own.not_valid_before_utc,
            "valid_until": own.not_valid_after_utc,
            "pem": as_pem(certificates),
        },
    )
    return record


def publish(key: SigningKey) -> SigningCertificate:
    """The record of a key in use. Safe to repeat."""
    return remember((key.certificate, *key.chain))


def published() -> tuple[x509.Certificate, ...]:
    """Every certificate that papers of ours may be signed with, without those that only vouch for others."""
    return tuple(
        certificates_in(pem.encode())[0] for pem in SigningCertificate.objects.values_list("pem", flat=True)
    )


def published_pem() -> str:
    """Everything somebody needs to check a paper of any year, offline: each certificate once, with a line before it."""
    seen: dict[str, str] = {}
    for pem in SigningCertificate.objects.values_list("pem", flat=True):
        for certificate in certificates_in(pem.encode()):
            about = f"# {certificate.subject.rfc4514_string()}\n"
            seen.setdefault(fingerprint(certificate), about + as_pem((certificate,)))
    return f"# {settings.SITE_URL}: certificates of the keys that sign awards\n" + "".join(seen.values())
