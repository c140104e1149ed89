"""A stranger verifies a certificate: one big word, six facts, nothing else."""

import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse

from certificates import guessing, services
from certificates.codes import new_code, parse_code, printed
from certificates.models import Award
from certificates.verification import verify

pytestmark = pytest.mark.django_db


def address(award, language="en"):
    return f"/{language}/verify/{printed(award.code)}/"


def test_a_valid_certificate_shows_six_facts(client, award):
    response = client.get(address(award))

    page = response.content.decode()
    facts = dict(re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", page, re.DOTALL))
    assert response.status_code == 200
    assert re.search(r"verdict__word.*Valid", page)
    assert list(facts) == ["Name", "Award", "Course", "Workload", "Completed on", "Issued by"]
    assert "Amina Diallo" in facts["Name"]
    assert "Tracing assets" in facts["Course"]


def test_nothing_else_about_the_person_is_on_the_page(client, award, learner):
    page = client.get(address(award)).content.decode()

    assert learner.email not in page
    assert award.number not in page
    assert "assets-1" not in page


@pytest.mark.parametrize(
    "typed",
    [
        lambda code: code.lower(),
        lambda code: " ".join(code),
        lambda code: code.replace("0", "o").replace("1", "l"),
    ],
)
def test_a_code_typed_by_hand_is_understood(client, award, typed):
    Award.objects.filter(pk=award.pk).update(code="01A2B3C4D5E6F7" + _check("01A2B3C4D5E6F7"))
    award.refresh_from_db()

    response = client.get("/en/verify/", {"code": typed(printed(award.code))})

    assert response.headers["Location"] == address(award)


def _check(symbols):
    return next(sign for sign in "0123456789ABCDEFGHJKMNPQRSTVWXYZ" if parse_code(symbols + sign))


def test_the_address_typed_with_a_small_letter_leads_to_the_right_one(client, award):
    assert client.get(address(award).lower()).headers["Location"] == address(award)


@pytest.mark.parametrize(("asked", "language"), [("fr-CH, fr;q=0.9", "fr"), ("ar", "ar"), ("sw", "en")])
def test_the_qr_code_leads_to_the_readers_language(client, award, asked, language):
    response = client.get(f"/verify/{printed(award.code)}/", headers={"accept-language": asked})

    assert response.status_code == 302
    assert response.headers["Location"] == address(award, language)


def test_it_speaks_the_readers_language(client, award):
    page = client.get(address(award, "ar")).content.decode()

    assert 'dir="rtl"' in page


def test_a_revoked_certificate_says_so_and_not_why(client, award, registrar):
    services.revoke(award, by=registrar, reason="Somebody else took the quiz")

    page = client.get(address(award)).content.decode()

    assert "verdict--revoked" in page and "Revoked" in page
    assert "Somebody else" not in page


def test_a_replaced_certificate_leads_to_the_newer_one(client, award, registrar, committed):
    with committed():
        newer = services.replace(award, by=registrar, reason="Misspelt")

    page = client.get(address(award)).content.decode()

    assert "verdict--replaced" in page
    assert address(newer) in page


def test_an_award_without_its_file_cannot_be_verified_yet(client, award):
    Award.objects.update(stored_at=None)

    assert client.get(address(award)).status_code == 404


@pytest.mark.parametrize(
    ("typed", "status", "sentence"),
    [
        ("", 422, "Type the code that stands on the certificate."),
        ("7K3M9", 422, "not a complete verification code"),
        ("7K3M9-QXR2T-4VW8U", 422, "not a complete verification code"),
        ("UNI-2026-000001", 422, "This is the registry number"),
    ],
)
def test_what_cannot_be_a_code_gets_one_clear_sentence(client, typed, status, sentence):
    response = client.get("/en/verify/", {"code": typed})

    assert response.status_code == status
    assert sentence in response.content.decode()


def test_a_code_that_does_not_exist_is_kept_in_the_form(client):
    code = printed(new_code())

    response = client.get(f"/en/verify/{code}/")

    assert response.status_code == 404
    assert "There is no certificate with this code" in response.content.decode()
    assert code in response.content.decode()


def test_guessing_is_stopped_with_a_sentence(client, award):
    for _each in range(guessing.AT_MOST):
        assert client.get(f"/en/verify/{printed(new_code())}/").status_code == 404

    response = client.get(address(award))

    assert response.status_code == 429
    assert "Please wait ten minutes" in response.content.decode()


def test_mistyping_does_not_count_as_guessing(client, award):
    for _each in range(guessing.AT_MOST + 1):
        client.get("/en/verify/", {"code": "7K3M9-QXR2T-4VW8U"})

    assert client.get(address(award)).status_code == 200


def test_no_search_engine_lists_it(client, award):
    response = client.get(address(award))

    assert response.headers["X-Robots-Tag"] == "noindex"
    assert '<meta name="robots" content="noindex">' in response.content.decode()


@pytest.mark.parametrize("stands", ["valid", "replaced", "revoked"])
def test_it_takes_at_most_four_queries(client, award, registrar, django_assert_max_num_queries, stands):
    if stands == "revoked":
        services.revoke(award, by=registrar, reason="Fraud")
    if stands == "replaced":
        services.replace(award, by=registrar, reason="Misspelt")
    client.get(address(award))  # what is cached for everybody

    with django_assert_max_num_queries(4):
        client.get(address(award))


def test_it_weighs_at_most_forty_kilobytes(client, award):
    page = client.get(address(award)).content
    styles = b"".join(path.read_bytes() for path in Path(settings.BASE_DIR, "static", "css").rglob("*.css"))
    scripts = re.findall(rb'<script[^>]*src="([^"]+)"', page)
    loaded = b"".join(
        Path(settings.BASE_DIR, path.decode().lstrip("/")).read_bytes()
        for path in scripts
        if b"/static/js/" in path
    )

    assert sum(len(gzip.compress(part)) for part in (page, styles, loaded)) <= 40_000


def test_every_code_made_can_be_read_back():
    for _each in range(500):
        code = new_code()
        assert parse_code(printed(code).lower()) == code


def test_a_swapped_or_mistyped_sign_is_noticed():
    code = new_code()
    for place in range(len(code)):
        wrong = code[:place] + ("2" if code[place] != "2" else "3") + code[place + 1 :]
        assert parse_code(wrong) is None
    assert verify("nonsense", "en") is None


def test_the_printed_address_is_short():
    assert reverse("verification_link", args=["X"]) == "/verify/X/"


ENGLISH = [
    "Verify a",
    "This certificate",
    "Workload",
    "Completed",
    "Issued by",
    "Skip to",
    "Sign in",
    "Privacy",
]


@pytest.mark.parametrize("language", ["fr", "ar", "es", "ru", "zh-hans"])
def test_verification_speaks_all_six_languages_of_the_united_nations(client, award, language):
    pages = client.get(f"/{language}/verify/"), client.get(address(award, language))

    for page in pages:
        assert page.status_code == 200
        # Without attributes and addresses: what is left is what people read.
        read = re.sub(r"<[^>]*>", " ", page.content.decode().partition("<body")[2])
        assert [word for word in ENGLISH if word in read] == []


def test_every_language_of_the_site_is_offered_on_the_page(client, award):
    page = client.get(address(award)).content.decode()

    for language in ("fr", "ar", "es", "ru", "zh-hans"):
        assert f'href="{address(award, language)}"' in page
