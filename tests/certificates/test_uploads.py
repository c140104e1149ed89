"""A stranger shows a file: exactly what was issued, changed, or nothing of ours; then whether it holds."""

import json
import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse

from certificates import guessing, services
from certificates.badges.issuing import signed_status_list
from certificates.badges.keys import did_document, new_key_pem
from certificates.codes import new_code, printed
from certificates.models import Award
from certificates.signing.records import published_pem
from certificates.storing import read
from certificates.verification import in_state
from tests.factories.accounts import make_person

pytestmark = pytest.mark.django_db


def show(client, content, language="en", name="award.pdf"):
    """Upload a file as anybody can."""
    return client.post(f"/{language}/verify/file/", {"file": SimpleUploadedFile(name, content)})


def word(response):
    """The one big word of the page."""
    found = re.search(r'verdict__word">(?:<svg.*?</svg>)?([^<]+)<', response.content.decode(), re.DOTALL)
    return found[1].strip()


@pytest.fixture
def pdf(award):
    return read(award)


def changed(pdf):
    place = pdf.index(b"<dc:title>") + 60
    return pdf[:place] + bytes([pdf[place] ^ 1]) + pdf[place + 1 :]


def test_the_file_as_it_was_issued_is_valid_with_the_six_facts(client, pdf):
    response = show(client, pdf)

    page = response.content.decode()
    assert response.status_code == 200
    assert word(response) == "Valid"
    assert "not one byte was changed" in page
    assert "Amina Diallo" in page and "Tracing assets" in page


def test_a_changed_byte_is_seen_and_what_was_issued_is_one_click_away(client, award, pdf):
    response = show(client, changed(pdf))

    page = response.content.decode()
    assert word(response) == "Changed"
    assert f"/en/verify/{printed(award.code)}/" in page
    assert "Amina Diallo" not in page


@pytest.mark.parametrize("spoil", [lambda pdf: pdf + b"%%EOF\n", lambda pdf: pdf[:-30]])
def test_a_file_that_grew_or_shrank_is_changed(client, pdf, spoil):
    assert word(show(client, spoil(pdf))) == "Changed"


def test_the_files_of_a_revoked_and_a_replaced_award_say_so(client, award, pdf, registrar, committed):
    with committed():
        newer = services.replace(award, by=registrar, reason="Misspelt")
    newer.refresh_from_db()
    services.revoke(newer, by=registrar, reason="Fraud")

    assert word(show(client, pdf)) == "Replaced"
    assert word(show(client, read(newer))) == "Revoked"
    assert "Fraud" not in show(client, read(newer)).content.decode()


def test_a_certificate_is_valid_on_its_last_day_and_expired_after_it(client, award, pdf):
    from django.utils import timezone

    today = timezone.localdate()
    Award.objects.update(valid_until=today)
    assert word(show(client, pdf)) == "Valid"

    Award.objects.update(valid_until=today - timedelta(days=1))
    response = client.get(f"/en/verify/{printed(award.code)}/")
    assert word(response) == word(show(client, pdf)) == "Expired"
    assert list(in_state(Award.objects.all(), "expired")) == [award]
    assert not in_state(Award.objects.all(), "valid").exists()
    assert "It was valid until" in response.content.decode()


def test_a_pdf_of_somebody_else_is_unknown(client, award):
    response = show(client, b"%PDF-1.7\n1 0 obj <<>> endobj\n%%EOF")

    assert word(response) == "Unknown"
    assert "not a certificate that we issued" in response.content.decode()


def test_a_paper_that_we_signed_but_that_no_register_knows_is_unknown(client, award, pdf):
    Award.objects.update(sha256="0" * 64, code=new_code())

    response = show(client, pdf)

    assert word(response) == "Unknown"
    assert "there is no such certificate in the register" in response.content.decode()


def test_the_badge_leads_to_the_same_answer(client, award, registrar):
    badge = award.badge.encode()

    assert word(show(client, badge, name="badge.json")) == "Valid"
    assert word(show(client, badge.replace(b"Amina", b"Amira"), name="badge.json")) == "Changed"
    services.revoke(award, by=registrar, reason="Fraud")
    assert word(show(client, badge, name="badge.json")) == "Revoked"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"\xff\xd8\xff\xe0 a photo", "A photo or a scan cannot be checked"),
        (b"PK\x03\x04 a spreadsheet", "Choose the PDF of a certificate"),
        (b"", "This file is empty"),
    ],
)
def test_what_cannot_be_checked_is_refused_in_a_sentence(client, content, sentence):
    response = show(client, content)

    assert response.status_code == 422
    assert sentence in response.content.decode()


def test_a_file_larger_than_any_certificate_is_refused_before_it_is_read(client):
    response = show(client, b"%PDF-1.7" + b" " * (5 * 1024 * 1024 + 20_000))

    assert response.status_code == 413
    assert "larger than 5 MB" in response.content.decode()


def test_no_file_is_refused_and_asking_leads_to_the_form(client):
    assert client.post("/en/verify/file/").status_code == 422
    assert client.get("/ar/verify/file/").headers["Location"] == "/ar/verify/"


def test_a_signed_in_stranger_sees_the_same(client, pdf):
    client.force_login(make_person())

    assert word(show(client, pdf)) == "Valid"


def test_it_costs_at_most_four_queries(client, pdf, django_assert_max_num_queries):
    for content in (pdf, changed(pdf), b"%PDF-1.7 of somebody else /ByteRange [0 1 2 3]"):
        with django_assert_max_num_queries(4):
            show(client, content)


def test_files_cannot_be_tried_by_the_thousand(client, pdf, monkeypatch):
    monkeypatch.setattr(guessing, "FILES_AT_MOST", 2)

    assert [show(client, pdf).status_code for _each in range(3)] == [200, 200, 429]


def test_codes_cannot_be_guessed_by_files_that_name_them(client):
    for _each in range(guessing.AT_MOST):
        address = f"https://x/verify/{printed(new_code())}/".encode()
        show(client, b"%PDF-1.7 <dc:identifier>" + address + b"</dc:identifier>")

    assert client.get(f"/en/verify/{printed(new_code())}/").status_code == 429


def test_it_speaks_arabic(client, pdf):
    page = show(client, pdf, language="ar").content.decode()

    assert 'dir="rtl"' in page and "not one byte" not in page


def test_machines_read_the_same_facts(client, award):
    response = client.get(f"/verify/{printed(award.code)}.json")

    facts = response.json()
    assert facts["standing"] == "valid"
    assert facts["name"] == "Amina Diallo"
    assert facts["sha256"] == award.sha256
    assert set(facts) == {
        *("standing", "name", "award", "course", "hours", "completed_on", "valid_until", "issuer"),
        *("revoked_on", "code", "replaced_by", "sha256", "from_earlier_register"),
    }
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert response.headers["X-Robots-Tag"] == "noindex"


def test_machines_are_told_when_there_is_none_and_may_not_guess(client):
    assert client.get("/verify/7K3M9-QXR2T-4VW8U.json").status_code == 404
    for _each in range(guessing.AT_MOST):
        assert client.get(f"/verify/{printed(new_code())}.json").status_code == 404

    assert client.get(f"/verify/{printed(new_code())}.json").status_code == 429


def test_the_keys_are_published(client, award):
    page = client.get("/en/verify/keys/").content.decode()
    response = client.get(reverse("signing_certificates"))

    assert award.signed_with.fingerprint in page
    assert response.content.decode() == published_pem()
    assert b"PRIVATE" not in response.content


def test_before_the_first_award_the_page_of_keys_says_so(client):
    assert "No certificate has been signed yet" in client.get("/en/verify/keys/").content.decode()


@pytest.fixture
def files(tmp_path, award, pdf, client):
    """What somebody holds who checks without the site: the file, the keys, the status list."""

    def written(name, content):
        path = tmp_path / name
        path.write_bytes(content)
        return str(path)

    def status_list():
        from django.core.cache import cache

        cache.clear()
        path = json.loads(award.badge)["credentialStatus"]["statusListCredential"].removeprefix(
            "http://localhost:8000"
        )
        return written("status.json", client.get(path).content)

    written.pdf = written("award.pdf", pdf)
    written.keys = written("keys.pem", client.get(reverse("signing_certificates")).content)
    written.status_list = status_list
    return written


def checked(capsys, *arguments, **options):
    """What the command says, and the code that it ends with."""
    code = 0
    try:
        call_command("verify_certificate", *arguments, **options)
    except SystemExit as ended:
        code = ended.code
    except CommandError as failed:
        return str(failed), failed.returncode
    return capsys.readouterr().out, code


def test_offline_the_published_keys_alone_prove_integrity(files, capsys, django_assert_num_queries):
    with django_assert_num_queries(0):
        said, code = checked(capsys, files.pdf, key=files.keys)

    assert code == 0
    assert said.startswith("Integrity: WHOLE. Signed by CN=Tests: signature of awards")
    assert "Status: not checked." in said


def test_offline_with_the_status_list_it_says_both(files, capsys, award, registrar):
    said, code = checked(capsys, files.pdf, key=files.keys, status_list=files.status_list())
    assert (code, "Status: VALID" in said) == (0, True)

    services.revoke(award, by=registrar, reason="Fraud")

    said, code = checked(capsys, files.pdf, key=files.keys, status_list=files.status_list())
    assert (code, "Integrity: WHOLE" in said, "Status: REVOKED OR REPLACED" in said) == (2, True, True)


def test_offline_a_changed_file_fails(files, capsys, pdf):
    said, code = checked(capsys, files("changed.pdf", changed(pdf)), key=files.keys)

    assert code == 1
    assert "Integrity: CHANGED" in said and "Status: not checked" in said


def test_offline_a_forged_status_list_is_not_believed(files, capsys):
    path = files.status_list()
    document = json.loads(Path(path).read_bytes())
    document["validFrom"] = "2030-01-01T00:00:00Z"

    said, code = checked(
        capsys, files.pdf, key=files.keys, status_list=files("forged.json", json.dumps(document).encode())
    )

    assert (code, "Status: UNKNOWN" in said) == (3, True)


def test_offline_what_cannot_be_read_is_said(files, capsys):
    assert checked(capsys, "/nowhere.pdf", key=files.keys)[1] == 4
    assert checked(capsys, files.pdf, key=files("empty.pem", b""))[1] == 4
    assert checked(capsys, files.pdf)[1] == 0


@pytest.fixture
def _public(settings):
    settings.HTTPS, settings.SITE_URL = True, "https://learn.example.org"


@pytest.fixture
def rotated(_public, files, settings, tmp_path):
    """What is published once the key that signs badges was changed after the award."""
    settings.BADGE_KEY = new_key_pem().decode()
    files.list = tmp_path / "new-status.json"
    files.list.write_bytes(signed_status_list(0))
    files.did = tmp_path / "did.json"
    files.did.write_text(json.dumps(did_document()))
    return files


@pytest.fixture
def _no_cache():
    cache.clear()
    yield
    cache.clear()


@pytest.mark.usefixtures("_public", "_no_cache")
def test_offline_after_the_badge_key_was_changed_did_json_says_that_the_list_is_ours(
    award, rotated, capsys, django_assert_num_queries
):
    options = {"key": rotated.keys, "status_list": rotated.list}
    said, code = checked(capsys, rotated.pdf, **options)
    assert (code, "cannot be relied on" in said) == (3, True)

    with django_assert_num_queries(0):
        said, code = checked(capsys, rotated.pdf, **options, did=rotated.did)
    assert (code, "Status: VALID" in said) == (0, True)


@pytest.mark.usefixtures("_public", "_no_cache")
def test_on_the_site_itself_a_list_of_a_newer_badge_key_is_believed(award, rotated, capsys):
    said, code = checked(capsys, rotated.pdf, status_list=rotated.list)

    assert (code, "Status: VALID" in said) == (0, True)


@pytest.mark.usefixtures("_public", "_no_cache")
@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"id": "did:web:evil.example"}, "did.json given is of did:web:evil.example"),
        ({"assertionMethod": []}, "cannot be relied on"),
        ({"verificationMethod": [{}]}, "no document of keys"),
        ({"verificationMethod": None}, "no document of keys"),
    ],
)
def test_a_did_json_of_others_or_damaged_proves_nothing(award, rotated, capsys, changes, sentence):
    rotated.did.write_text(json.dumps(did_document() | changes))

    said, code = checked(capsys, rotated.pdf, key=rotated.keys, status_list=rotated.list, did=rotated.did)

    assert (code, sentence in said) == (3, True)
