"""A key that stays inside a PKCS#11 token (HSM, smart card). Brings python-pkcs11, which few sites need.

Every way in which a token can refuse has its sentence. A PIN that was refused is not tried again by the same process:
tokens lock after a few wrong ones.
"""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from django.conf import settings

from certificates.paper.sentences import Sentence, gettext_noop
from certificates.signing.keys import SigningKeyMissing, check_token_settings

if TYPE_CHECKING:
    from pyhanko.sign.pkcs11 import PKCS11Signer

PIN_WORDS = {
    "PinIncorrect": gettext_noop(
        "The token that signs awards refused its PIN. It is not tried again, because tokens lock after a few wrong "
        "ones: set SIGNING_PKCS11_PIN and restart the site."
    ),
    "PinLenRange": gettext_noop(
        "The token that signs awards refused the length of its PIN. Set SIGNING_PKCS11_PIN and restart the site."
    ),
    "PinLocked": gettext_noop(
        "The token that signs awards is locked after too many wrong PINs. Unlock it with its own program, see that "
        "SIGNING_PKCS11_PIN is right, and restart the site."
    ),
    "PinExpired": gettext_noop(
        "The PIN of the token that signs awards has expired. Give the token a new one, set SIGNING_PKCS11_PIN and "
        "restart the site."
    ),
    "UserPinNotInitialized": gettext_noop(
        "The token that signs awards has no PIN yet. Give it one, set SIGNING_PKCS11_PIN and restart the site."
    ),
}
NOT_THERE = gettext_noop(
    "No token “%(token)s” is there for the key that signs awards; the library %(module)s sees: %(seen)s. Put the token "
    "in, or set SIGNING_PKCS11_TOKEN."
)
SEVERAL = gettext_noop(
    "The library %(module)s sees several tokens (%(seen)s). Say with SIGNING_PKCS11_TOKEN which one signs awards."
)
FOUND_NONE = gettext_noop(
    "The token “%(token)s” has no private key that may sign under the label “%(label)s”. Set SIGNING_PKCS11_LABEL, or "
    "put the key there. Without SIGNING_PKCS11_PIN private keys are not seen."
)
FOUND_SEVERAL = gettext_noop(
    "The token “%(token)s” has several private keys under the label “%(label)s”. Give each a label of its own."
)
NO_CERTIFICATE = gettext_noop(
    "The token “%(token)s” holds the key “%(label)s” but no certificate of it. Write its certificate to the token."
)
DOES_NOT_FIT = gettext_noop(
    "The key “%(label)s” in the token “%(token)s” must be an EC or RSA key, and its token must be able to sign with it "
    "(ECDSA or RSA PKCS#1)."
)
FAILED = gettext_noop("The token that signs awards cannot be used: %(failure)s.")
DID_NOT_SIGN = gettext_noop(
    "The token with the key that signs awards did not sign: %(failure)s. It is asked again with a new session every "
    "five minutes; if this stays, see whether the token is there and unlocked."
)

MECHANISMS = {"ec": ("ECDSA_SHA256", "ECDSA"), "rsa": ("SHA256_RSA_PKCS", "RSA_PKCS")}
_refused_pins: dict[tuple[str, str, str], Sentence] = {}


class TokenRefused(SigningKeyMissing):
    """The token cannot be used; `str()` says why and what to do."""

    def __init__(self, words: str, **values: object):
        super().__init__(Sentence(words, **values))


def open_token() -> tuple[PKCS11Signer, tuple[x509.Certificate, ...]]:
    """A signer with a session of its own, and its certificates, the nearest first. Raises SigningKeyMissing."""
    check_token_settings()
    from pkcs11.exceptions import PKCS11Error  # noqa: PLC0415 (optional)

    try:
        session = _open_session(_find_token())
    except PKCS11Error as failure:
        raise TokenRefused(FAILED, failure=told(failure)) from failure
    try:
        return _signer(session)
    except PKCS11Error as failure:
        close(session)
        raise TokenRefused(FAILED, failure=told(failure)) from failure
    except TokenRefused:
        close(session)
        raise


def close(session: Any) -> None:
    """End a session, which may be dead: while it lives the token counts its user as logged in."""
    with suppress(Exception):
        session.close()


def told(failure: Exception) -> str:
    """What went wrong in a few words: most errors of tokens have a name and nothing else."""
    name = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", type(failure).__name__).lower()
    return f"{name}: {failure}".rstrip(".: ")


def _find_token():
    import pkcs11  # noqa: PLC0415 (optional)

    library = pkcs11.lib(settings.SIGNING_PKCS11_MODULE)
    tokens = [slot.get_token() for slot in library.get_slots(token_present=True)]
    ready = [token for token in tokens if token.flags & pkcs11.TokenFlag.TOKEN_INITIALIZED]
    wanted = settings.SIGNING_PKCS11_TOKEN
    fitting = [token for token in ready if wanted in ("", token.label)]
    seen = ", ".join(token.label for token in ready) or "–"
    if not fitting:
        raise TokenRefused(NOT_THERE, token=wanted, module=settings.SIGNING_PKCS11_MODULE, seen=seen)
    if len(fitting) > 1:
        raise TokenRefused(SEVERAL, module=settings.SIGNING_PKCS11_MODULE, seen=seen)
    return fitting[0]


def _open_session(token):
    from pkcs11.exceptions import PKCS11Error  # noqa: PLC0415 (optional)

    tried = (settings.SIGNING_PKCS11_MODULE, token.label, settings.SIGNING_PKCS11_PIN)
    if refused := _refused_pins.get(tried):
        raise TokenRefused(refused.template)
    try:
        return token.open(user_pin=settings.SIGNING_PKCS11_PIN or None)
    except PKCS11Error as failure:
        words = PIN_WORDS.get(type(failure).__name__)
        if words is None:
            raise
        _refused_pins[tried] = Sentence(words)
        raise TokenRefused(words) from failure


def _signer(session):
    from pkcs11 import Attribute, ObjectClass  # noqa: PLC0415 (optional)
    from pyhanko.sign.pkcs11 import PKCS11Signer  # noqa: PLC0415 (optional)

    label = settings.SIGNING_PKCS11_LABEL
    named = {"token": session.token.label, "label": label}
    keys = list(
        session.get_objects(
            {Attribute.CLASS: ObjectClass.PRIVATE_KEY, Attribute.LABEL: label, Attribute.SIGN: True}
        )
    )
    if len(keys) != 1:
        raise TokenRefused(FOUND_SEVERAL if keys else FOUND_NONE, **named)
    chain = _chain(keys[0], _held(session))
    if not chain:
        raise TokenRefused(NO_CERTIFICATE, **named)
    certificate, *above = (_asn1(one) for one in chain)
    mechanisms = {getattr(one, "name", "") for one in session.token.slot.get_mechanisms()}
    hashing, raw = MECHANISMS.get(certificate.public_key.algorithm, ("", ""))
    if not mechanisms & {hashing, raw}:
        raise TokenRefused(DOES_NOT_FIT, **named)
    signer = PKCS11Signer(
        session,
        signing_cert=certificate,
        ca_chain=above,
        key_label=label,
        use_raw_mechanism=hashing not in mechanisms,
    )
    return signer, chain


def _held(session):
    """Every certificate on the token with its object there."""
    from pkcs11 import Attribute, ObjectClass  # noqa: PLC0415 (optional)

    found = session.get_objects({Attribute.CLASS: ObjectClass.CERTIFICATE})
    return [(one, x509.load_der_x509_certificate(one[Attribute.VALUE])) for one in found]


def _chain(key, held):
    """The key's certificate and those that vouch for it: nothing else that lies on the token."""
    from pkcs11 import Attribute  # noqa: PLC0415 (optional)

    own = [
        (bool(key.id) and one[Attribute.ID] == key.id, certificate.not_valid_before_utc, certificate)
        for one, certificate in held
        if one[Attribute.LABEL] == key.label or (key.id and one[Attribute.ID] == key.id)
    ]
    # After a renewal several may lie there: that with the key's own ID, then the newest.
    chain = [certificate for *_rank, certificate in sorted(own, key=lambda one: one[:2])[-1:]]
    while chain:
        above = next((one for _object, one in held if one not in chain and _issued(one, chain[-1])), None)
        if above is None:
            break
        chain.append(above)
    return tuple(chain)


def _issued(authority, certificate):
    try:
        certificate.verify_directly_issued_by(authority)
    except (ValueError, TypeError, InvalidSignature):
        return False
    return True


def _asn1(certificate):
    from asn1crypto import x509 as asn1_x509  # noqa: PLC0415 (comes with pyHanko)
    from cryptography.hazmat.primitives.serialization import Encoding  # noqa: PLC0415

    return asn1_x509.Certificate.load(certificate.public_bytes(Encoding.DER))
