"""An award as an Open Badge: other people's software reads it, verifies it, and sees that it was revoked."""

import base64
import gzip
import json
import shutil
import subprocess
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from certificates import services
from certificates.badges.checking import NoBadge, read_badge
from certificates.badges.contexts import ContextMissing, context
from certificates.badges.credential import LIST_LENGTH, bitstring, is_set
from certificates.badges.issuing import credential_for
from certificates.badges.keys import did_document, key_of, new_key_pem
from certificates.badges.proof import check
from certificates.codes import printed
from certificates.models import Award, BadgeKey
from certificates.uploads import Found, look_at
from tests.factories.accounts import make_person

VERIFIERS = Path(__file__).with_name("verify_badge.mjs")
needs_verifiers = pytest.mark.skipif(
    not shutil.which("node")
    or not (settings.NODE_MODULES / "@digitalcredentials" / "verifier-core").exists(),
    reason="The verifiers are JavaScript: needs node and “make setup-dev”.",
)


def opinions(badge, client):
    """What two verifiers by others say of a badge, given the list that the site publishes now."""
    cache.clear()
    listed = client.get("/credentials/status/0/").json()
    question = {"badge": badge, "list": listed}
    # Node looks for packages beside the script.
    folder = settings.NODE_MODULES.parent
    answer = subprocess.run(
        ["node", "--input-type=module", "-e", VERIFIERS.read_text()],
        input=json.dumps(question),
        capture_output=True,
        text=True,
        cwd=folder,
        timeout=60,
    )
    assert answer.returncode == 0, answer.stderr
    return json.loads(answer.stdout.splitlines()[-1])


@needs_verifiers
@pytest.mark.django_db
def test_two_verifiers_by_others_accept_the_badge_and_see_its_revocation(client, award, registrar):
    badge = json.loads(award.badge)
    changed = json.loads(award.badge)
    changed["credentialSubject"]["identifier"][0]["identityHash"] = "Somebody Else"

    before = opinions(badge, client)
    forged = opinions(changed, client)
    services.revoke(award, by=registrar, reason="Issued by mistake.")
    after = opinions(badge, client)

    assert before["first"] == {"verified": True, "revoked": [False]}, before
    assert before["second"]["valid_signature"] is True
    assert before["second"]["revocation_status"] is True
    assert forged["first"]["verified"] is False
    assert after["first"] == {"verified": True, "revoked": [True]}
    assert after["second"]["revocation_status"] is False


@pytest.mark.django_db
def test_the_badge_says_what_the_award_says_and_nothing_else(award, learner):
    badge = json.loads(award.badge)

    assert badge["credentialSubject"]["identifier"][0]["identityHash"] == "Amina Diallo"
    assert badge["credentialSubject"]["achievement"]["name"] == "Tracing assets"
    assert printed(award.code) in badge["id"]
    assert learner.email not in award.badge


@pytest.mark.django_db
def test_the_same_award_gives_the_same_badge_again(award):
    assert credential_for(award).decode() == award.badge


@pytest.mark.django_db
def test_a_badge_shown_leads_to_its_award(award):
    assert read_badge(award.badge.encode()).code == award.code


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (lambda text: "[1]", "no badge"),
        (lambda text: "{", "JSON"),
        (lambda text: "[" * 50_000, "JSON"),
        (lambda text: text + " " * 300_000, "larger"),
        (lambda text: json.dumps(json.loads(text) | {"id": "https://example.org/x"}), "code"),
    ],
)
def test_what_is_no_badge_of_ours_is_said_in_a_sentence(award, spoil, says):
    with pytest.raises(NoBadge, match=says):
        read_badge(spoil(award.badge).encode())


@pytest.mark.django_db
@pytest.mark.parametrize(
    "change",
    [
        lambda badge: badge["credentialSubject"]["identifier"][0].update(identityHash="Somebody Else"),
        lambda badge: badge.update({"@context": ["https://example.org/x"]}),
        lambda badge: badge["proof"].update(proofValue="z1"),
        lambda badge: badge.update(
            proof={"cryptosuite": "eddsa-rdfc-2022", "verificationMethod": "\ud800#\ud800"}
        ),
    ],
)
def test_a_changed_badge_is_told_from_a_whole_one_without_working_out_what_strangers_wrote(award, change):
    badge = json.loads(award.badge)
    assert read_badge(award.badge.encode()).is_of(award)

    change(badge)

    assert not read_badge(json.dumps(badge).encode()).is_of(award)
    assert look_at(json.dumps(badge).encode()).found == Found.CHANGED


@pytest.mark.django_db
def test_what_an_older_key_signed_stays_verifiable(award, settings):
    settings.BADGE_KEY = new_key_pem().decode()
    newer = credential_for(award)

    check(json.loads(award.badge), key_of)
    check(json.loads(newer), key_of)
    assert len(did_document()["verificationMethod"]) == 2


@pytest.mark.django_db
def test_without_a_key_nothing_is_half_issued_and_staff_are_told(enrolment, complete, settings, tmp_path):
    settings.BADGE_KEY, settings.BADGE_KEY_FILE = "", tmp_path / "none.pem"

    award = complete(enrolment)

    award.refresh_from_db()
    assert award.stored_at is None
    assert "make_badge_key" in award.drawing_problem


def test_vocabularies_come_from_no_network_and_are_the_pinned_ones():
    with pytest.raises(ContextMissing):
        context("https://example.org/context.json")


@given(st.sets(st.integers(0, LIST_LENGTH - 1), max_size=20))
def test_a_status_list_says_of_every_award_whether_it_was_revoked(indexes):
    encoded = bitstring(sorted(indexes))

    bits = gzip.decompress(base64.urlsafe_b64decode(encoded[1:] + "=="))
    assert sum(byte.bit_count() for byte in bits) == len(indexes)
    assert all(is_set(encoded, index) for index in indexes)


@pytest.mark.django_db
def test_the_keys_are_published_where_the_address_can_stand_for_the_institution(client, settings, award):
    assert client.get("/.well-known/did.json").status_code == 404

    settings.HTTPS, settings.SITE_URL = True, "https://learn.example.org"
    credential_for(award)
    document = client.get("/.well-known/did.json").json()

    assert document["id"] == "did:web:learn.example.org"
    assert document["verificationMethod"][0]["id"].startswith("did:web:learn.example.org#z6Mk")


@pytest.mark.django_db
def test_a_badge_is_downloaded_by_its_owner_alone(client, award, learner):
    url = reverse("certificates:badge", args=[printed(award.code)])

    assert client.get(url).status_code == 302
    client.force_login(make_person("other@example.org"))
    assert client.get(url).status_code == 404
    client.force_login(learner)
    assert client.get(url).content.decode() == Award.objects.get().badge


@pytest.mark.django_db
def test_a_list_that_no_award_is_in_is_not_there(client, award):
    assert client.get("/credentials/status/7/", follow=True).status_code == 404


@pytest.mark.django_db
def test_the_command_makes_a_key_once_and_keeps_the_old_one_when_asked_for_another(settings, tmp_path):
    settings.BADGE_KEY, settings.BADGE_KEY_FILE = "", tmp_path / "keys" / "badge.pem"
    call_command("make_badge_key")
    first = settings.BADGE_KEY_FILE.read_bytes()
    call_command("make_badge_key")
    assert settings.BADGE_KEY_FILE.read_bytes() == first
    assert settings.BADGE_KEY_FILE.stat().st_mode & 0o077 == 0

    call_command("make_badge_key", new=True)

    assert settings.BADGE_KEY_FILE.read_bytes() != first
    assert BadgeKey.objects.count() == 2
    assert first in [path.read_bytes() for path in settings.BADGE_KEY_FILE.parent.iterdir()]


def test_the_command_refuses_where_the_key_comes_from_the_environment():
    with pytest.raises(CommandError, match="BADGE_KEY"):
        call_command("make_badge_key")


@pytest.mark.django_db
def test_without_the_key_the_status_list_is_away_for_a_while_and_nobody_keeps_that(
    client, award, settings, tmp_path
):
    cache.clear()
    kept = settings.BADGE_KEY
    settings.BADGE_KEY, settings.BADGE_KEY_FILE = "", tmp_path / "none.pem"

    response = client.get("/credentials/status/0/")

    assert response.status_code == 503
    assert response["Cache-Control"] == "no-store" and response["Access-Control-Allow-Origin"] == "*"
    assert "cannot be signed at the moment" in response.content.decode()
    assert str(tmp_path) not in response.content.decode()
    settings.BADGE_KEY = kept
    response = client.get("/credentials/status/0/")
    assert response.status_code == 200 and response["Cache-Control"] == "public, max-age=300"


def test_whoever_asks_about_the_command_learns_that_without_an_address_another_key_is_another_issuer(capsys):
    with pytest.raises(SystemExit):
        call_command("make_badge_key", "--help")

    assert "another key is another issuer" in " ".join(capsys.readouterr().out.split())
