"""The key may stay inside a PKCS#11 token: signing with one, and every way in which it refuses."""

import io
import shutil
import subprocess
from datetime import UTC, datetime

import page
import pytest
from asn1crypto import x509 as asn1_x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding
from django.core.management import CommandError, call_command
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from certificates import readiness, services
from certificates.models import SigningCertificate
from certificates.paper.signature import dictionary
from certificates.signing import making, sealing, token
from certificates.signing.checking import Outcome, check_paper
from certificates.signing.keys import SigningKeyMissing
from certificates.signing.records import published
from certificates.storing import read, store
from tests.certificates import softhsm
from tests.keys import INSTITUTION

pytestmark = pytest.mark.django_db

SIGNS, NAMELESS, TWICE = "signs awards", "without certificate", "twice"


def made(authority, private=None):
    now = datetime.now(UTC)
    return making.new_key(authority, INSTITUTION, "Tests", now, private)


@pytest.fixture(scope="session")
def authority():
    return making.new_authority(INSTITUTION, "Tests", datetime.now(UTC))


@pytest.fixture(scope="session")
def keys(tmp_path_factory, authority):
    """A token with an EC and an RSA key, one without its certificate, and two under one label."""
    folder = tmp_path_factory.mktemp("token")
    softhsm.make_token(folder)
    held = {SIGNS: made(authority), "rsa": made(authority, rsa.generate_private_key(65537, 2048))}
    softhsm.put(held[SIGNS], SIGNS, "a1", folder)
    softhsm.put(held["rsa"], "rsa", "a2", folder, chain=False)
    softhsm.put(made(authority), NAMELESS, "a3", folder, chain=False, certificate=False)
    for identifier in ("a4", "a5"):
        softhsm.put(made(authority), TWICE, identifier, folder, chain=False)
    return held


@pytest.fixture
def use(settings, monkeypatch):
    """Sign by the token from now on, by these settings; the session ends with the test."""
    monkeypatch.setattr(token, "_refused_pins", {})

    def using(label=SIGNS, **others):
        settings.SIGNING_PKCS11_MODULE = softhsm.MODULE
        settings.SIGNING_PKCS11_TOKEN, settings.SIGNING_PKCS11_PIN = softhsm.LABEL, softhsm.PIN
        settings.SIGNING_PKCS11_LABEL = label
        for name, value in others.items():
            setattr(settings, f"SIGNING_PKCS11_{name}", value)

    sealing.forget_token()
    yield using
    sealing.forget_token()


@softhsm.needed
@pytest.mark.parametrize("label", [SIGNS, "rsa"])
def test_a_key_in_a_token_signs_what_others_find_valid_and_archival(
    label, keys, authority, use, enrolment, complete, tmp_path
):
    use(label)

    award = complete(enrolment)

    pdf = read(award)
    context = ValidationContext(
        trust_roots=[asn1_x509.Certificate.load(authority.certificate.public_bytes(Encoding.DER))]
    )
    status = validate_pdf_signature(PdfFileReader(io.BytesIO(pdf)).embedded_signatures[0], context)
    assert status.bottom_line and status.intact and status.trusted
    assert check_paper(pdf, published()).signer == keys[label].certificate
    for profile in ("pdfa-3a", "pdfua-1"):
        assert page.validate_pdf_bytes(pdf, profile=profile).is_compliant
    if shutil.which("pdfsig"):
        path = tmp_path / "award.pdf"
        path.write_bytes(pdf)
        said = subprocess.run(["pdfsig", "-nocert", path], capture_output=True, text=True).stdout
        assert "Signature is Valid" in said and "Total document signed" in said


@softhsm.needed
def test_only_what_vouches_for_the_key_goes_into_a_signature(keys, use):
    use()

    assert sealing.seal().certificates == (keys[SIGNS].certificate, *keys[SIGNS].chain)


@softhsm.needed
def test_from_a_file_to_a_token_old_and_new_awards_both_verify(
    keys, use, enrolment, complete, registrar, committed
):
    old = complete(enrolment)

    use()
    with committed():
        new = services.replace(old, by=registrar, reason="Misspelt")

    new.refresh_from_db()
    assert new.signed_with != old.signed_with
    assert check_paper(read(new), published()).signer == keys[SIGNS].certificate
    assert check_paper(read(old), published()).outcome is Outcome.WHOLE


@softhsm.needed
@pytest.mark.parametrize(
    ("label", "others", "sentence"),
    [
        ("nothing here", {}, "has no private key that may sign under the label “nothing here”"),
        (SIGNS, {"PIN": ""}, "Without SIGNING_PKCS11_PIN private keys are not seen"),
        (NAMELESS, {}, "holds the key “without certificate” but no certificate of it"),
        (TWICE, {}, "has several private keys under the label “twice”"),
        (SIGNS, {"TOKEN": "Elsewhere"}, "No token “Elsewhere” is there .* sees: Tests"),
        (SIGNS, {"PIN": "1234"}, "refused its PIN.* SIGNING_PKCS11_PIN and restart"),
        (SIGNS, {"MODULE": "/etc/hostname"}, "cannot be used: .*/etc/hostname"),
    ],
)
def test_a_token_that_cannot_sign_says_why_and_the_award_waits(
    label, others, sentence, keys, use, enrolment, complete
):
    use(label, **others)

    with pytest.raises(SigningKeyMissing, match=sentence):
        sealing.seal()
    award = complete(enrolment)
    assert award.stored_at is None and award.drawing_problem

    use()
    assert store(award).stored_at


@softhsm.needed
def test_a_refused_pin_is_not_tried_again_because_tokens_lock(keys, use, monkeypatch):
    import pkcs11

    use(PIN="1234")
    with pytest.raises(SigningKeyMissing):
        sealing.seal()

    monkeypatch.setattr(pkcs11, "lib", _lib_that_must_not_be_opened(pkcs11.lib))
    with pytest.raises(SigningKeyMissing, match="refused its PIN"):
        sealing.seal()


def _lib_that_must_not_be_opened(lib):
    class Token:
        def __init__(self, real):
            self.label, self.flags = real.label, real.flags

        def open(self, **_options):
            raise AssertionError("The token was asked again.")

    class Slot:
        def __init__(self, real):
            self.real = real

        def get_token(self):
            return Token(self.real.get_token())

    class Library:
        def __init__(self, module):
            self.real = lib(module)

        def get_slots(self, **options):
            return [Slot(slot) for slot in self.real.get_slots(**options)]

    return Library


@softhsm.needed
def test_a_token_that_was_pulled_out_delays_and_signs_again_when_it_is_back(keys, use):
    use()
    sealed = sealing.seal()
    place = b"%PDF-1.7\n" + dictionary(sealed.room)
    sealed.signer.pkcs11_session.close()

    with pytest.raises(SigningKeyMissing, match=r"did not sign: .*asked again with a new session"):
        sealed.sign(place, datetime.now(UTC))

    assert (
        check_paper(sealing.seal().sign(place, datetime.now(UTC)), sealed.certificates[:1]).outcome
        is Outcome.WHOLE
    )


@softhsm.needed
def test_the_key_is_tried_before_anything_waits_for_it(keys, use, capsys):
    use()
    call_command("check_signing_key")
    assert SigningCertificate.objects.get().fingerprint in capsys.readouterr().out

    use(TOKEN="Elsewhere")
    sealing.forget_token()
    with pytest.raises(CommandError, match="No token “Elsewhere” is there"):
        call_command("check_signing_key")


def test_settings_that_cannot_work_are_told_before_the_token_is_asked(course, use, monkeypatch):
    use(MODULE="/usr/lib/nothing.so")
    monkeypatch.setattr("certificates.signing.keys.find_spec", lambda name: name)
    problems = " ".join(readiness.course_award_problems(course))
    assert "There is no PKCS#11 library at /usr/lib/nothing.so" in problems

    monkeypatch.setattr("certificates.signing.keys.find_spec", lambda name: None)
    problems = " ".join(readiness.course_award_problems(course))
    assert "Run “pip install python-pkcs11”" in problems
