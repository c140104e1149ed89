"""Papers carry the institution's signature: others find it valid, and a changed byte is seen by everybody."""

import io
import shutil
import stat
import subprocess
from datetime import UTC, datetime, timedelta
from functools import cache
from types import SimpleNamespace

import page
import pytest
from asn1crypto import x509 as asn1_x509
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding
from cryptography.hazmat.primitives.serialization.pkcs12 import serialize_key_and_certificates
from django.core.management import CommandError, call_command
from django.utils import translation
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import MDPPerm
from pyhanko.sign.timestamps.dummy_client import DummyTimeStamper
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from certificates import readiness, services, tasks
from certificates.models import Award, SigningCertificate
from certificates.paper import signature
from certificates.signing import making, sealing
from certificates.signing.checking import Outcome, check_paper
from certificates.signing.keys import SigningKeyMissing, certificates_in, signing_key
from certificates.signing.records import published, published_pem
from certificates.storing import read, store
from foundation.outbox.models import Message
from tests.keys import INSTITUTION
from tests.keys import signing_key as another_key

pytestmark = pytest.mark.django_db

without_pdfsig = pytest.mark.skipif(not shutil.which("pdfsig"), reason="Needs pdfsig of poppler-utils.")


@pytest.fixture
def pdf(award):
    return read(award)


def flipped(pdf, place):
    """The file with one bit of one byte changed."""
    changed = bytearray(pdf)
    changed[place] ^= 1
    return bytes(changed)


def seen_by_pyhanko(pdf):
    """What pyHanko's own validator says, which reads the PDF and trusts the authority alone."""
    authority = signing_key().chain[-1].public_bytes(Encoding.DER)
    context = ValidationContext(trust_roots=[asn1_x509.Certificate.load(authority)])
    embedded = PdfFileReader(io.BytesIO(pdf)).embedded_signatures[0]
    return embedded, validate_pdf_signature(embedded, context)


def test_a_reader_finds_a_certifying_signature_over_all_of_it_that_allows_no_change(pdf):
    embedded, status = seen_by_pyhanko(pdf)

    assert status.bottom_line and status.intact and status.trusted
    assert embedded.docmdp_level is MDPPerm.NO_CHANGES
    assert status.coverage.name == "ENTIRE_FILE"
    assert embedded.sig_object["/SubFilter"] == "/ETSI.CAdES.detached"


def test_a_reader_finds_it_broken_after_one_changed_byte(pdf):
    _embedded, status = seen_by_pyhanko(flipped(pdf, pdf.index(b"<dc:title>") + 60))

    assert not status.intact and not status.bottom_line


@without_pdfsig
def test_poppler_calls_it_valid_and_notices_a_changed_byte(pdf, tmp_path):
    def said(content):
        path = tmp_path / "award.pdf"
        path.write_bytes(content)
        return subprocess.run(["pdfsig", "-nocert", path], capture_output=True, text=True).stdout

    assert "Signature is Valid" in said(pdf)
    assert "Total document signed" in said(pdf)
    assert "Signature is Valid" not in said(flipped(pdf, pdf.index(b"<dc:title>") + 60))


def test_our_own_check_sees_a_change_of_any_byte_even_of_those_no_signature_covers(pdf):
    start = pdf.index(b"/ByteRange")
    places = [*range(0, len(pdf), 499), *range(start, start + 6000, 13)]

    outcomes = {place: check_paper(flipped(pdf, place), published()).outcome for place in places}

    assert check_paper(pdf, published()).outcome is Outcome.WHOLE
    assert [place for place, outcome in outcomes.items() if outcome is Outcome.WHOLE] == []


@pytest.mark.parametrize("change", [lambda pdf: pdf + b"%", lambda pdf: pdf[:-20], lambda pdf: pdf + pdf])
def test_what_was_added_to_or_cut_off_is_changed(pdf, change):
    assert check_paper(change(pdf), published()).outcome is Outcome.CHANGED


def test_a_signature_of_somebody_else_is_a_strangers(pdf):
    others = certificates_in(another_key().encode())

    assert check_paper(pdf, others).outcome is Outcome.STRANGER
    assert check_paper(b"%PDF-1.7 no signature", published()).outcome is Outcome.UNSIGNED


def test_the_authority_alone_is_enough_to_check_a_paper(pdf):
    authority = signing_key().chain

    assert check_paper(pdf, authority).outcome is Outcome.WHOLE


@pytest.mark.parametrize("profile", ["pdfa-3a", "pdfua-1"])
def test_what_is_stored_is_archival_and_accessible(pdf, profile):
    assert page.validate_pdf_bytes(pdf, profile=profile).is_compliant


def test_an_award_says_which_key_signed_it(award):
    assert award.signed_with.fingerprint == SigningCertificate.objects.get().fingerprint
    assert award.signed_with.subject.startswith("CN=Tests: signature of awards")


def test_a_time_stamp_is_added_where_an_authority_is_set(enrolment, complete, settings, monkeypatch):
    settings.SIGNING_TSA_URL = "http://stamps.example.org"
    monkeypatch.setattr(sealing, "_time_stamper", lambda url: rsa_stamper())

    pdf = read(complete(enrolment))

    found = check_paper(pdf, published())
    assert found.outcome is Outcome.WHOLE
    assert abs(found.stamped_at - datetime.now(UTC)) < timedelta(minutes=1)
    assert all(
        page.validate_pdf_bytes(pdf, profile=profile).is_compliant for profile in ("pdfa-3a", "pdfua-1")
    )
    _embedded, status = seen_by_pyhanko(pdf)
    assert status.intact and status.timestamp_validity.intact


def rsa_stamper():
    """A time-stamp authority inside the test."""
    from asn1crypto import keys
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import rsa

    private = rsa.generate_private_key(65537, 2048)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Stamps")])
    now = datetime.now(UTC)
    usage = x509.ExtendedKeyUsage([x509.ExtendedKeyUsageOID.TIME_STAMPING])
    certificate = (
        x509.CertificateBuilder(
            name, name, private.public_key(), 7, now - timedelta(days=1), now + timedelta(days=1)
        )
        .add_extension(usage, critical=True)
        .sign(private, hashes.SHA256())
    )
    der = private.private_bytes(Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    return DummyTimeStamper(
        asn1_x509.Certificate.load(certificate.public_bytes(Encoding.DER)), keys.PrivateKeyInfo.load(der)
    )


def refused(enrolment, complete):
    """The award that could not be finished: nobody sees it, nothing is on the disk."""
    award = complete(enrolment)
    assert award.stored_at is None and not award.file and award.signed_with is None
    assert not Award.objects.whole().exists()
    return award


def test_without_a_key_the_award_waits_and_staff_are_told_what_to_do(
    enrolment, complete, settings, tmp_path, course
):
    key, settings.SIGNING_KEY = settings.SIGNING_KEY, ""
    settings.SIGNING_KEY_FILE = tmp_path / "signing.pem"

    award = refused(enrolment, complete)

    assert "Run “manage.py make_signing_key”" in award.drawing_problem
    with translation.override("fr"):
        assert "Lancez « manage.py make_signing_key »" in award.why_not_drawn
    assert "There is no key to sign awards with" in " ".join(readiness.course_award_problems(course))
    assert not Message.objects.exists()
    settings.SIGNING_KEY = key
    tasks.store_waiting_awards.enqueue()
    award.refresh_from_db()
    assert award.stored_at and award.drawing_problem == ""
    assert enrolment.awards.count() == 1


def test_a_time_stamp_authority_that_does_not_answer_delays_and_loses_nothing(enrolment, complete, settings):
    settings.SIGNING_TSA_URL = "http://127.0.0.1:9/"

    award = refused(enrolment, complete)

    assert "http://127.0.0.1:9/ did not answer as it should" in award.drawing_problem


def test_a_full_disk_leaves_one_sentence_and_nothing_else(enrolment, complete, monkeypatch):
    from django.core.files.storage import FileSystemStorage

    def full(*args, **kwargs):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as disk:
        disk.setattr(FileSystemStorage, "_save", full)
        award = refused(enrolment, complete)

    assert award.drawing_problem.startswith(
        f"The file of {award.number} cannot be written: No space left on device"
    )
    assert store(award).stored_at


def test_a_paper_that_is_not_archival_is_signed_once_more_and_then_refused(enrolment, complete, monkeypatch):
    from certificates.paper import validation

    seen = []
    with monkeypatch.context() as patch:
        patch.setattr(validation, "problems", lambda pdf: seen.append(pdf) or ["PDF/A-3a, 6.1.7.1: a stream"])
        award = refused(enrolment, complete)

    assert len(set(seen)) == 2
    assert "PDF/A-3a, 6.1.7.1: a stream" in award.drawing_problem


def test_a_paper_that_breaks_a_rule_by_accident_is_mended_by_signing_again(enrolment, complete, monkeypatch):
    from certificates.paper import validation

    answers = [["PDF/A-3a, 6.1.7.1: a stream"], []]
    monkeypatch.setattr(validation, "problems", lambda pdf: answers.pop(0))

    assert complete(enrolment).stored_at


def test_a_worker_killed_before_it_stored_is_made_up_for_once(enrolment, complete, monkeypatch):
    from certificates import storing

    with monkeypatch.context() as killed:
        killed.setattr(storing, "_keep", lambda *finished: (_ for _ in ()).throw(KeyboardInterrupt()))
        killed.setattr(tasks, "store_award", SimpleNamespace(enqueue=lambda pk: None))
        award = complete(enrolment)
        with pytest.raises(KeyboardInterrupt):
            store(award)
    award.refresh_from_db()
    assert award.stored_at is None

    tasks.store_waiting_awards.enqueue()
    tasks.store_waiting_awards.enqueue()

    award.refresh_from_db()
    assert award.stored_at
    assert enrolment.awards.count() == 1
    assert Message.objects.count() == 1


def test_a_key_whose_certificate_ran_out_signs_nothing(settings):
    past = datetime.now(UTC) - timedelta(days=11 * 365)
    old = making.new_key(making.new_authority("X", "Y", past), "X", "Y", past)
    settings.SIGNING_KEY = making.pem_of(old).decode()

    with pytest.raises(SigningKeyMissing, match="holds from"):
        signing_key()


def test_a_key_may_come_as_pkcs12_with_its_passphrase(settings, tmp_path):
    now = datetime.now(UTC)
    made = making.new_key(making.new_authority("X", "Y", now), "X", "Y", now)
    path = tmp_path / "institution.p12"
    secret = BestAvailableEncryption(b"open sesame")
    path.write_bytes(serialize_key_and_certificates(b"k", made.private, made.certificate, made.chain, secret))
    settings.SIGNING_KEY, settings.SIGNING_KEY_FILE = "", path

    settings.SIGNING_KEY_PASSPHRASE = "open sesame"
    assert signing_key().certificate == made.certificate
    assert signing_key().chain == made.chain
    settings.SIGNING_KEY_PASSPHRASE = "wrong"
    with pytest.raises(SigningKeyMissing, match="SIGNING_KEY_PASSPHRASE"):
        signing_key()


class Token:
    """A token whose session ended: it signs no more until somebody opens another."""

    def __init__(self):
        self.pkcs11_session, self.closed = self, False

    async def async_sign(self, *args, **kwargs):
        raise RuntimeError("SessionHandleInvalid")

    def close(self):
        self.closed = True


def test_a_token_that_lost_its_session_is_asked_for_another_next_time(settings, monkeypatch):
    settings.SIGNING_PKCS11_MODULE, settings.SIGNING_TSA_URL = "/usr/lib/token.so", ""
    opened = []

    @cache
    def session():
        opened.append(sealing.Seal(Token(), certificates_in(another_key().encode())[:1]))
        return opened[-1]

    monkeypatch.setattr(sealing, "_token_seal", session)
    place = b"%PDF-1.7 " + signature.EMPTY_RANGE + signature.EMPTY_MOMENT + b" /Contents <0000>"

    assert sealing.seal() is sealing.seal()
    with pytest.raises(SigningKeyMissing, match=r"did not sign: .*SessionHandleInvalid"):
        sealing.seal().sign(place, datetime.now(UTC))

    assert sealing.seal() is opened[1]
    assert opened[0].signer.closed and not opened[1].signer.closed


@pytest.fixture
def _own_key(settings, tmp_path):
    settings.SIGNING_KEY, settings.SIGNING_KEY_IS_OURS = "", True
    settings.SIGNING_KEY_FILE = tmp_path / "keys" / "signing.pem"
    settings.INSTITUTION_NAMES = {"en": INSTITUTION}


@pytest.mark.usefixtures("_own_key")
def test_a_key_is_made_once_for_its_owner_alone(settings, capsys):
    call_command("make_signing_key")
    first = settings.SIGNING_KEY_FILE.read_bytes()
    call_command("make_signing_key")

    assert settings.SIGNING_KEY_FILE.read_bytes() == first
    assert stat.S_IMODE(settings.SIGNING_KEY_FILE.stat().st_mode) == 0o600
    assert stat.S_IMODE(settings.SIGNING_KEY_FILE.parent.stat().st_mode) == 0o700
    names = sorted(path.name for path in settings.SIGNING_KEY_FILE.parent.iterdir())
    assert names == ["authority.pem", "signing.pem"]
    assert SigningCertificate.objects.get().fingerprint in capsys.readouterr().out


@pytest.mark.usefixtures("_own_key")
def test_after_a_rotation_old_and_new_awards_both_verify(enrolment, complete, registrar, committed):
    call_command("make_signing_key")
    old = complete(enrolment)

    call_command("make_signing_key", rotate=True)
    with committed():
        new = services.replace(old, by=registrar, reason="Misspelt")

    new.refresh_from_db()
    assert new.signed_with != old.signed_with
    assert check_paper(read(old), published()).outcome is Outcome.WHOLE
    assert check_paper(read(new), published()).outcome is Outcome.WHOLE
    # One authority for both: whoever trusts it need not trust again.
    assert len(certificates_in(published_pem().encode())) == 3


@pytest.mark.usefixtures("_own_key")
def test_a_key_whose_certificate_ran_out_is_rotated_and_stays_published(settings):
    past = datetime.now(UTC) - timedelta(days=11 * 365)
    old = making.new_key(making.new_authority("X", "Y", past), "X", "Y", past)
    making.write_secret(settings.SIGNING_KEY_FILE, making.pem_of(old))

    with pytest.raises(CommandError, match="holds from"):
        call_command("make_signing_key")
    call_command("make_signing_key", rotate=True)

    assert signing_key().certificate != old.certificate
    assert {old.certificate, signing_key().certificate} <= set(certificates_in(published_pem().encode()))


@pytest.mark.usefixtures("_own_key")
def test_a_key_that_cannot_be_read_is_only_rotated_when_asked_and_that_is_said(settings, capsys):
    making.write_secret(settings.SIGNING_KEY_FILE, b"-----BEGIN NOTHING-----")

    with pytest.raises(CommandError, match="cannot be read"):
        call_command("make_signing_key")
    assert settings.SIGNING_KEY_FILE.read_bytes() == b"-----BEGIN NOTHING-----"
    call_command("make_signing_key", rotate=True)

    assert "cannot be read" in (said := capsys.readouterr().err) and "replaced all the same" in said
    assert signing_key().certificate


def test_a_key_from_elsewhere_is_never_replaced(settings):
    with pytest.raises(CommandError, match="Change it there"):
        call_command("make_signing_key", rotate=True)


def test_a_signature_needs_room():
    with pytest.raises(signature.NoSignaturePlace):
        signature.fill(b"%PDF-1.7", datetime.now(UTC), lambda covered: b"")
