"""A PKCS#11 token made of software (SoftHSM), where it is installed with its Python package."""

import os
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

MODULES = [
    "/usr/lib/softhsm/libsofthsm2.so",
    "/usr/lib64/pkcs11/libsofthsm2.so",
    "/usr/lib/pkcs11/libsofthsm2.so",
]
MODULE = next((path for path in MODULES if Path(path).exists()), "")
LABEL, PIN = "Tests", "0042-4200"

needed = pytest.mark.skipif(
    not (MODULE and shutil.which("softhsm2-util") and find_spec("pkcs11")),
    reason="Needs softhsm2 and python-pkcs11.",
)


def make_token(folder):
    """An empty token; this process asks no other from now on, since the library reads its settings once."""
    (folder / "tokens").mkdir()
    settings = folder / "softhsm2.conf"
    settings.write_text(f"directories.tokendir = {folder / 'tokens'}\nlog.level = ERROR\n")
    os.environ["SOFTHSM2_CONF"] = str(settings)
    made = ["--init-token", "--free", "--label", LABEL, "--pin", PIN, "--so-pin", "8765-4321"]
    subprocess.run(["softhsm2-util", *made], check=True, capture_output=True)


def put(key, label, identifier, folder, *, chain=True, certificate=True):
    """Put a key with its certificates on the token, as an institution would with its token's own program."""
    path = folder / f"{identifier}.pem"
    path.write_bytes(key.private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    named = ["--token", LABEL, "--pin", PIN, "--label", label, "--id", identifier]
    subprocess.run(["softhsm2-util", "--import", path, *named], check=True, capture_output=True)
    if certificate:
        put_certificate(key.certificate, label, identifier)
    for number, above in enumerate(key.chain if chain else ()):
        put_certificate(above, f"authority {number} of {label}", "")


def put_certificate(certificate, label, identifier):
    """Put one certificate on the token."""
    import pkcs11
    from pkcs11 import Attribute

    with pkcs11.lib(MODULE).get_token(token_label=LABEL).open(rw=True, user_pin=PIN) as session:
        session.create_object(
            {
                Attribute.CLASS: pkcs11.ObjectClass.CERTIFICATE,
                Attribute.CERTIFICATE_TYPE: pkcs11.CertificateType.X_509,
                Attribute.TOKEN: True,
                Attribute.LABEL: label,
                Attribute.ID: bytes.fromhex(identifier),
                Attribute.SUBJECT: certificate.subject.public_bytes(),
                Attribute.VALUE: certificate.public_bytes(Encoding.DER),
            }
        )
