"""Checks a paper's signature against published certificates, without network and without the site. Brings pyHanko.

A paper of ours is signed once, over every byte. So nothing of the PDF itself is interpreted: its bytes are hashed, and
the signature must be one of a certificate that the caller trusts. That the certificate has run out since does not
matter; it must have held when the paper was signed.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum

from asn1crypto import algos, cms, core, tsp
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.sign.validation.generic_cms import validate_sig_integrity

from certificates.paper import signature

MOMENT = re.compile(rb"/M \(D:(\d{14})Z\)")
SHA256 = algos.DigestAlgorithm({"algorithm": "sha256", "parameters": core.Null()})
MOST_SIGNATURE_BYTES = 100_000


class Outcome(Enum):
    """What the signature of a file says."""

    WHOLE = "whole"  # signed by a trusted key, and every byte is as it was
    CHANGED = "changed"  # signed by a trusted key, and something is different now
    STRANGER = "stranger"  # signed, but not by a trusted key
    UNSIGNED = "unsigned"


@dataclass(frozen=True)
class Checked:
    """The outcome, and, where a trusted key signed, which one and when."""

    outcome: Outcome
    signer: x509.Certificate | None = None
    signed_at: datetime | None = None
    stamped_at: datetime | None = None  # by a time-stamp authority, whose own trust is not examined


def check_paper(pdf: bytes, trusted: tuple[x509.Certificate, ...]) -> Checked:
    """What the signature of this file says. Any bytes may be handed in."""
    found = signature.find(pdf)
    if found is None:
        return _without_whole_signature(pdf, trusted)
    try:
        return _check(found, trusted)
    except Exception:  # noqa: BLE001 (damaged structures make parsers fail in every way there is)
        return Checked(Outcome.CHANGED)


def _without_whole_signature(pdf, trusted):
    """Cut off, added to, or never signed: whether a signature of ours is still in it."""
    if not signature.has_signature(pdf):
        return Checked(Outcome.UNSIGNED)
    ours = any(_der(certificate).hex().encode() in pdf.lower() for certificate in trusted)
    return Checked(Outcome.CHANGED if ours else Outcome.STRANGER)


def _check(found, trusted):
    if len(found.signature) > MOST_SIGNATURE_BYTES:
        return Checked(Outcome.STRANGER)
    content = cms.ContentInfo.load(found.signature)
    signed_data: cms.SignedData = content["content"]
    if content["content_type"].native != "signed_data" or len(signed_data["signer_infos"]) != 1:
        return Checked(Outcome.STRANGER)
    signer_info = signed_data["signer_infos"][0]
    held = tuple(x509.load_der_x509_certificate(one.dump()) for one in signed_data["certificates"])
    signer = _trusted_signer(signer_info, held, trusted)
    if signer is None:
        return Checked(Outcome.STRANGER)
    signed_at = _signed_at(found.covered)
    whole = (
        _is_exact(found.signature, signed_data, signer_info)
        and all(_is_whole(certificate, held, trusted) for certificate in held)
        and _covers(signer_info, signer, found.covered)
        and signer.not_valid_before_utc <= signed_at <= signer.not_valid_after_utc
    )
    return Checked(Outcome.WHOLE if whole else Outcome.CHANGED, signer, signed_at, _stamped_at(signer_info))


def _covers(signer_info, signer, covered):
    digest = hashlib.sha256(covered).digest()
    return all(validate_sig_integrity(signer_info, asn1_x509.Certificate.load(_der(signer)), "data", digest))


def _is_exact(written, signed_data, signer_info):
    """Whether the signature is written the one way we write it: what no key covers must not have changed either."""
    fixed = {"version": "v1", "digest_algorithm": SHA256}
    names = ("sid", "signed_attrs", "signature_algorithm", "signature", "unsigned_attrs")
    given = {name: signer_info[name] for name in names if not isinstance(signer_info[name], core.Void)}
    expected = cms.ContentInfo(
        {
            "content_type": "signed_data",
            "content": cms.SignedData(
                {
                    "version": "v1",
                    "digest_algorithms": [SHA256],
                    "encap_content_info": {"content_type": "data"},
                    "certificates": signed_data["certificates"],
                    "signer_infos": [cms.SignerInfo(fixed | given)],
                }
            ),
        }
    ).dump()
    return written.startswith(expected) and not written[len(expected) :].strip(b"\0")


def _trusted_signer(signer_info, held, trusted):
    """The certificate that signed: one of the trusted, or one directly certified by a trusted one."""
    identifier = signer_info["sid"].chosen
    named = (identifier["serial_number"].native, identifier["issuer"].dump())
    signers = [one for one in (*trusted, *held) if (one.serial_number, one.issuer.public_bytes()) == named]
    return next((signer for signer in signers if _is_whole(signer, (), trusted)), None)


def _is_whole(certificate, held, trusted):
    """Whether a certificate is a trusted one, or vouched for by a trusted one or one beside it."""
    if certificate in trusted:
        return True
    written = asn1_x509.Certificate.load(_der(certificate))
    if written["signature_value"].contents[:1] != b"\0":  # bits that no signature needs, and none covers
        return False
    return any(_vouches(authority, certificate) for authority in (*trusted, *held))


def _vouches(authority, certificate):
    try:
        may = authority.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
        certificate.verify_directly_issued_by(authority)
    except (x509.ExtensionNotFound, ValueError, TypeError, InvalidSignature):
        return False
    return may


def _signed_at(covered):
    found = MOMENT.findall(covered)
    if len(found) != 1:
        return None
    return datetime.strptime(found[0].decode("ascii"), "%Y%m%d%H%M%S").replace(tzinfo=UTC)


def _stamped_at(signer_info):
    """When a time-stamp authority saw the signature, if a stamp over this very signature is there and is whole."""
    for attribute in signer_info["unsigned_attrs"] or ():
        if attribute["type"].native != "signature_time_stamp_token":
            continue
        stamp: cms.SignedData = attribute["values"][0]["content"]
        content = stamp["encap_content_info"]["content"].parsed
        if not isinstance(content, tsp.TSTInfo) or not _stamps(
            stamp, content, signer_info["signature"].native
        ):
            return None
        return content["gen_time"].native
    return None


def _stamps(stamp, content, signed):
    imprint = content["message_imprint"]
    algorithm = imprint["hash_algorithm"]["algorithm"].native
    if hashlib.new(algorithm, signed).digest() != imprint["hashed_message"].native:
        return False
    info = stamp["signer_infos"][0]
    serial = info["sid"].chosen["serial_number"].native
    signer = next(one.chosen for one in stamp["certificates"] if one.chosen.serial_number == serial)
    digest = hashlib.new(
        info["digest_algorithm"]["algorithm"].native, bytes(stamp["encap_content_info"]["content"])
    )
    return all(validate_sig_integrity(info, signer, "tst_info", digest.digest()))


def _der(certificate):
    return certificate.public_bytes(Encoding.DER)
