"""A key that signs papers, made anew for every test run."""

from datetime import UTC, datetime

from certificates.signing.making import new_authority, new_key, pem_of

INSTITUTION = "Institute of the tests"


def signing_key():
    """A private key with its certificates, as PEM."""
    moment = datetime.now(UTC)
    authority = new_authority(INSTITUTION, "Tests", moment)
    return pem_of(new_key(authority, INSTITUTION, "Tests", moment)).decode()
