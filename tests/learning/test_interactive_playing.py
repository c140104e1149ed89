"""Playing: who may, by which token, what is handed to the frame, and that looking alone records nothing."""

import json
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from h5p.models import ContentVersion
from h5p.services.importing import import_package
from learning.interactive.playing import played
from learning.interactive.refusals import ReportRefusal, ReportRefused
from learning.interactive.services.beginning import begin_next
from learning.interactive.tokens import BEGIN, PLAY
from learning.models import Attempt, H5PAttempt
from tests.factories.accounts import make_person
from tests.factories.courses import make_course
from tests.factories.enrolments import make_edition, make_enrolment
from tests.factories.interactive import make_interactive
from tests.h5p.players import playable_package

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_store(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def content():
    return import_package(playable_package(), "custody.h5p", by=None, approve=True).content


@pytest.fixture
def activity(content):
    return make_interactive(make_course(), content=content)


@pytest.fixture
def enrolment(activity):
    return make_enrolment(make_edition(activity.course))


@pytest.fixture
def play(client, enrolment, activity):
    """Opens the frame's document as the browser of the enrolled person does: without a session."""

    def opened(language="en"):
        token = PLAY.make(enrolment.pk, activity.pk, language)
        return client.get(reverse("interactive:play", args=[token]))

    return opened


def json_in(page, name):
    found = re.search(rf'<script id="{name}" type="application/json">(.*?)</script>', page.text, re.DOTALL)
    return json.loads(found[1])


def begin(client, page):
    return client.post(json_in(page, "frame")["reports"]["begin"], {"asked_as": "x"})


def test_an_attempt_keeps_the_version_of_the_activity_that_was_live(enrolment, activity):
    live = activity.versions.create(number=1)

    played_now = begin_next(enrolment, activity, language="en")
    activity.versions.create(number=2)

    assert (
        begin_next(enrolment, activity, language="en").attempt.version == live == played_now.attempt.version
    )


def test_the_frame_is_told_what_to_play_and_nothing_of_the_person(play, enrolment, content):
    page = play()

    found = json_in(page, "integration")
    played_content = found["contents"][f"cid-{content.pk}"]
    assert played_content["library"] == "H5P.TestQuestion 1.0"
    assert "Who sealed it?" in json.loads(played_content["jsonContent"])["question"]
    assert enrolment.person.email not in page.text
    assert enrolment.person.last_name not in page.text


def test_the_frame_has_no_rights_of_the_site(play):
    policy = play().headers["Content-Security-Policy"]

    assert policy.startswith("sandbox allow-scripts allow-forms allow-popups;")
    assert "allow-same-origin" not in policy
    assert "connect-src http://testserver/h5p/;" in policy
    assert re.search(r"script-src [^;]*", policy)[0].count("unsafe") == 0
    assert "frame-ancestors 'self'" in policy


def test_every_file_of_the_document_is_there_and_is_kept_for_ever(client, play):
    page = play()

    files = re.findall(r'(?:src|href)="(/h5p/assets/[^"]+)"', page.text)
    assert [file.rsplit(".")[-1] for file in files] == ["css", "js"]
    for address in files:
        answer = client.get(address)
        assert answer.status_code == 200
        assert answer.headers["Content-Type"] == (
            "text/css" if address.endswith("css") else "text/javascript"
        )
        assert "immutable" in answer.headers["Cache-Control"]
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert not answer.cookies


def test_the_files_of_the_content_are_there(client, play, content):
    found = json_in(play(), "integration")["contents"][f"cid-{content.pk}"]

    assert client.get(f"{found['contentUrl']}/images/seal.png").headers["Content-Type"] == "image/png"
    assert client.get(f"{found['contentUrl']}/images/other.png").status_code == 404


def test_looking_begins_no_attempt_and_a_deed_does_once(client, play, content):
    page = play()
    assert not Attempt.objects.exists()

    first = begin(client, page).json()["addresses"]
    second = begin(client, page).json()["addresses"]

    assert first == second
    assert H5PAttempt.objects.get().version == content.current


def test_the_frame_can_read_that_nothing_begins(client, play, activity):
    page = play()
    activity.placements.all().delete()

    answer = begin(client, page)

    assert answer.status_code == 404
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert not Attempt.objects.exists()


def test_what_is_not_played_any_more_when_it_begins_is_not_there(client, play, monkeypatch):
    page = play()

    def refuse(*_args, **_kwargs):
        raise ReportRefused(ReportRefusal.NOTHING_TO_PLAY)

    monkeypatch.setattr("learning.interactive.views.playing.begin_next", refuse)

    assert begin(client, page).status_code == 404


def test_a_document_opened_later_reports_on_the_attempt_under_way(client, play):
    begun = begin(client, play()).json()["addresses"]

    assert json_in(play(), "frame")["reports"] | begun == json_in(play(), "frame")["reports"]


def test_what_was_saved_comes_back(client, play, content):
    begun = begin(client, play()).json()["addresses"]
    address = begun["state"].replace(":dataType", "state").replace(":subContentId", "0")
    client.post(address, {"data": '{"answer":"court"}', "preload": "1", "invalidate": "1"})

    found = json_in(play(), "integration")["contents"][f"cid-{content.pk}"]

    assert found["contentUserData"]["0"]["state"] == '{"answer":"court"}'


def test_changed_content_says_so_and_the_attempt_moves_with_the_next_deed(client, play, content):
    begun = begin(client, play()).json()["addresses"]
    address = begun["state"].replace(":dataType", "state").replace(":subContentId", "0")
    client.post(address, {"data": '{"answer":"court"}', "preload": "1", "invalidate": "1"})
    newer = import_package(
        playable_package(question="<p>Who?</p>"), "c.h5p", by=None, content=content
    ).version

    page = play()

    assert json_in(page, "frame")["was_reset"] is True
    assert "state" not in json_in(page, "frame")["reports"]
    assert H5PAttempt.objects.get().version != newer
    assert begin(client, page).status_code == 200
    assert H5PAttempt.objects.get().version == newer
    assert client.post(address, {"data": "{}"}).status_code == 404


def test_who_looks_at_content_that_has_changed_meanwhile_begins_nothing(client, play, content):
    page = play()
    import_package(playable_package(question="<p>Who?</p>"), "c.h5p", by=None, content=content)

    assert begin(client, page).status_code == 404
    assert not Attempt.objects.exists()


def withdraw(enrolment):
    enrolment.withdrawn_at = timezone.now()
    enrolment.save()


def close(enrolment):
    enrolment.closed_at = timezone.now()
    enrolment.save()


def cancel(enrolment):
    enrolment.edition.cancelled_at = timezone.now()
    enrolment.edition.save()


def lock_out(enrolment):
    enrolment.person.is_active = False
    enrolment.person.save()


@pytest.mark.parametrize("loses_the_place", [withdraw, close, cancel, lock_out])
def test_without_a_place_nothing_is_there(client, play, enrolment, loses_the_place):
    page = play()
    file = re.search(r'src="(/h5p/assets/[^"]+)"', page.text)[1]
    begun = begin(client, page).json()["addresses"]

    loses_the_place(enrolment)

    assert play().status_code == 404
    assert client.get(file).status_code == 404
    assert begin(client, page).status_code == 404
    for name in ("state", "finished", "statements", "again"):
        assert client.post(begun[name]).status_code == 404


def test_an_activity_that_is_placed_no_more_is_not_there(play, activity):
    activity.placements.update(retired_at=timezone.now())

    assert play().status_code == 404


def test_an_activity_of_another_course_is_not_there(client, enrolment, content):
    other = make_interactive(make_course(), content=content)

    token = PLAY.make(enrolment.pk, other.pk, "en")

    assert client.get(reverse("interactive:play", args=[token])).status_code == 404


@pytest.mark.parametrize("name", ["play", "begin", "state", "finished", "statements", "again"])
@pytest.mark.parametrize("token", ["1.1.en~x", "1.1.en.99999~x", "%00", "~"])
def test_forged_tokens_lead_nowhere(client, name, token):
    address = reverse(f"interactive:{name}", args=["TOKEN"]).replace("TOKEN", token)
    method = client.get if name == "play" else client.post

    assert method(address).status_code == 404


def test_a_token_for_looking_begins_nothing(client, enrolment, activity):
    token = PLAY.make(enrolment.pk, activity.pk, "en")

    assert client.post(reverse("interactive:begin", args=[token])).status_code == 404


def test_files_of_other_content_are_not_there(client, play):
    other = import_package(playable_package(title="Other"), "o.h5p", by=None).version
    file = re.search(r'src="(/h5p/assets/[^/]+)/', play().text)[1]

    assert client.get(f"{file}/content/{other.pk}/images/seal.png").status_code == 404


def test_code_in_quarantine_never_reaches_a_browser(client, play, content):
    page = play()
    ContentVersion.objects.first().libraries.first().library.__class__.objects.update(
        current_since=None, status="quarantine"
    )

    for address in re.findall(r'src="(/h5p/assets/[^"]+)"', page.text):
        assert client.get(address).status_code == 404
    assert "has not been approved" in play().text


def test_preflights_are_answered_without_a_cookie(client, play):
    answer = client.options(json_in(play(), "frame")["reports"]["begin"])

    assert answer.status_code == 204
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "X-Requested-With" in answer.headers["Access-Control-Allow-Headers"]
    assert "Access-Control-Allow-Credentials" not in answer.headers
    assert not answer.cookies


def test_the_words_of_the_core_are_in_the_language_of_the_lesson(play):
    assert json_in(play("fr"), "integration")["l10n"]["H5P"]["fullscreen"] == "Plein écran"


def test_two_enrolments_have_two_pseudonyms(activity, enrolment):
    other = make_enrolment(enrolment.edition, make_person())

    assert played(enrolment, activity, "en").person != played(other, activity, "en").person
    assert played(enrolment, activity, "en").person == played(enrolment, activity, "fr").person


def test_beginning_pins_the_version_that_was_seen(enrolment, activity, content):
    token = BEGIN.make(enrolment.pk, activity.pk, "en", content.current_id)

    assert token == played(enrolment, activity, "en").reports["begin"].split("/")[3]
