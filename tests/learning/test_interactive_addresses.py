"""What frames may send, and to whom they are answered: the token in the address alone decides."""

import json
from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone
from django.utils.translation import get_language

from enrolments.services import withdraw
from learning.interactive import rates
from learning.interactive.addresses import addresses
from learning.interactive.results import Result
from learning.interactive.tokens import attempt_token
from learning.models import Attempt, H5PState, H5PStatement
from tests.factories.courses import make_course
from tests.factories.enrolments import make_edition, make_enrolment
from tests.factories.interactive import add_version, make_interactive, make_played
from tests.h5p.statements import IRI, choice, tree

pytestmark = pytest.mark.django_db
PLACES = ["state", "finished", "statements", "again"]


@pytest.fixture
def enrolment():
    return make_enrolment(make_edition(make_course()))


@pytest.fixture
def activity(enrolment):
    return make_interactive(enrolment.edition.course)


@pytest.fixture
def played(enrolment, activity):
    return make_played(enrolment, activity)


def at(played, name, part="0"):
    return addresses(played)[name].replace(":dataType", "state").replace(":subContentId", part)


def send(client, played, name, **data):
    return client.post(at(played, name), data)


def send_statements(client, played, *sent):
    text = json.dumps({"statements": list(sent)}).replace(IRI, played.attempt.activity.specific.iri)
    return client.post(at(played, "statements"), text, content_type="text/plain")


def send_sensibly(client, played, name):
    """What a player would send there."""
    if name == "statements":
        return send_statements(client, played, tree(raw=1, maximum=1))
    bodies = {
        "state": {"data": "x"},
        "finished": {"score": 1, "maxScore": 1},
        "again": {"asked_as": str(uuid4())},
    }
    return send(client, played, name, **bodies[name])


def test_a_state_is_saved_and_read_as_the_core_expects(client, played):
    assert client.get(at(played, "state")).json() == {"success": True, "data": False}

    sent = {"data": '{"at":1}', "preload": "1", "invalidate": "1", "contentId": "7"}
    assert client.post(at(played, "state"), sent).json() == {"success": True}

    assert client.get(at(played, "state")).json() == {"success": True, "data": '{"at":1}'}
    kept = H5PState.objects.get()
    assert (kept.preload, kept.invalidate) == (True, True)


def test_a_result_by_either_road_is_answered_with_the_words_for_the_lesson(client, played):
    first = send(client, played, "finished", contentId=7, score=3, maxScore=4, opened=100, finished=130)
    second = send_statements(client, played, tree(choice(), raw=4, maximum=4))

    expected = {"finished": True, "line": "Result saved: 3 of 4.", "passed": None}
    assert first.json() == second.json() == {"success": True, "result": expected}
    assert H5PStatement.objects.count() == 1


@pytest.mark.parametrize(
    ("mark", "passed", "ending"), [("0.5", True, "enough to pass."), ("0.9", False, "pass yet.")]
)
def test_the_words_say_whether_it_is_enough(client, enrolment, mark, passed, ending):
    activity = make_interactive(enrolment.edition.course, completion_rule="passed", pass_mark=mark)

    result = send(client, make_played(enrolment, activity), "finished", score=3, maxScore=4).json()["result"]

    assert result["passed"] is passed
    assert result["line"].endswith(ending)


def test_the_words_are_in_the_language_of_the_attempt(client, activity, enrolment, monkeypatch):
    said_in = []
    monkeypatch.setattr(Result, "line", property(lambda result: said_in.append(get_language()) or "said"))
    enrolment.language = "ar"
    enrolment.save()

    answer = send(client, make_played(enrolment, activity), "finished", score=3, maxScore=4)

    assert answer.json()["result"]["line"] == "said"
    assert said_in == ["ar"]


def test_what_was_reported_on_the_way_is_answered_without_words(client, played):
    result = send_statements(client, played, choice()).json()["result"]

    assert result == {"finished": False, "line": "", "passed": None}


def test_trying_again_gives_the_addresses_of_the_next_attempt(client, played):
    send(client, played, "finished", score=1, maxScore=4)
    asked_as = str(uuid4())

    first = send(client, played, "again", asked_as=asked_as).json()
    second = send(client, played, "again", asked_as=asked_as).json()

    assert first == second
    client.post(first["addresses"]["finished"], {"score": 4, "maxScore": 4})
    assert [str(score) for score in Attempt.objects.values_list("score", flat=True)] == ["0.250", "1.000"]


@pytest.mark.parametrize("name", PLACES)
def test_no_cookie_is_needed_and_none_is_set(client, played, name):
    client.handler.enforce_csrf_checks = True

    response = send_sensibly(client, played, name)

    assert response.status_code == 200
    assert not response.cookies
    assert response["Access-Control-Allow-Origin"] == "*"
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize("name", PLACES)
def test_browsers_that_ask_first_are_answered(client, played, name):
    response = client.options(at(played, name))

    assert response.status_code == 204
    assert "X-Requested-With" in response["Access-Control-Allow-Headers"]
    assert "POST" in response["Access-Control-Allow-Methods"]


@pytest.mark.parametrize("name", PLACES)
def test_a_forged_token_leads_nowhere(client, played, enrolment, name):
    client.force_login(enrolment.person)
    token = attempt_token(played)
    pk, rest = token.split(".", 1)

    for forged in (f"{int(pk) + 1}.{rest}", token[:-1] + ("A" if token[-1] != "A" else "B"), "x", "0"):
        response = client.post(
            at(played, name).replace(token, forged), {"data": "x", "score": 1, "maxScore": 1}
        )
        assert response.status_code == 404
        assert response["Access-Control-Allow-Origin"] == "*"
        assert response.json()["success"] is False
    assert not H5PState.objects.exists()
    assert Attempt.objects.get().finished_at is None


@pytest.mark.parametrize("name", PLACES)
def test_an_expired_token_leads_nowhere(client, played, name, monkeypatch):
    later = timezone.now() + timedelta(days=15)
    address = at(played, name)
    monkeypatch.setattr(timezone, "now", lambda: later)

    assert client.post(address, {"data": "x", "score": 1, "maxScore": 1}).status_code == 404


@pytest.mark.parametrize("name", PLACES)
def test_whoever_has_withdrawn_plays_no_more(client, played, enrolment, name):
    withdraw(enrolment, by=enrolment.person, reason="")

    assert send_sensibly(client, played, name).status_code == 404


@pytest.mark.parametrize("name", PLACES)
def test_a_token_for_content_that_was_changed_reports_no_more(client, played, enrolment, activity, name):
    add_version(activity.words.get().content)
    make_played(enrolment, activity)

    assert send_sensibly(client, played, name).status_code == 404


def test_a_result_replayed_at_another_attempt_changes_nothing_there(client, played, enrolment, activity):
    other = make_played(make_enrolment(enrolment.edition), make_interactive(enrolment.edition.course))
    foreign = json.dumps(tree(raw=4, maximum=4)).replace(IRI, activity.iri)

    response = client.post(at(other, "statements"), foreign, content_type="text/plain")

    assert response.status_code == 422
    assert "another activity" in response.json()["message"]
    assert not H5PStatement.objects.exists()
    assert not Attempt.objects.finished().exists()


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("finished", {"score": "many", "maxScore": 4}),
        ("finished", {"score": 4}),
        ("finished", {"score": "1e9", "maxScore": 4}),
        ("finished", {"score": 1, "maxScore": 4, "opened": "9" * 40}),
        ("state", {"preload": "1"}),
        ("state", {"data": "x", "preload": "yes"}),
        ("again", {"asked_as": "1"}),
        ("again", {}),
    ],
)
def test_what_has_no_shape_is_refused_for_good(client, played, name, body):
    response = client.post(at(played, name), body)

    assert response.status_code == 422
    assert Attempt.objects.get().finished_at is None


@pytest.mark.parametrize("body", ["", "{", "[]", "null", '{"statements": []}', '{"statements": {"a": NaN}}'])
def test_what_is_no_statement_is_refused_for_good(client, played, body):
    assert client.post(at(played, "statements"), body, content_type="text/plain").status_code == 422


def test_a_part_that_is_not_named_as_parts_are_is_refused(client, played):
    assert client.post(at(played, "state", part="../../1"), {"data": "x"}).status_code == 422


@pytest.mark.parametrize("size", [300 * 1024, 4 * 1024 * 1024])
def test_what_is_too_large_is_refused_before_it_is_kept(client, played, size):
    assert send(client, played, "state", data="x" * size).status_code == 413
    assert client.post(at(played, "statements"), "[" * size * 4, content_type="text/plain").status_code == 413
    assert not H5PState.objects.exists()


def test_who_sends_too_often_is_asked_to_send_it_later(client, played, monkeypatch):
    monkeypatch.setattr(rates, "MOST_IN_A_WINDOW", 3)
    monkeypatch.setattr(rates, "WINDOW", 10**9)

    answers = [send(client, played, "state", data="x").status_code for _go in range(5)]

    assert answers == [200, 200, 200, 429, 429]


def test_how_often_is_counted_for_an_enrolment_whatever_it_begins(client, played, enrolment, monkeypatch):
    monkeypatch.setattr(rates, "MOST_IN_A_WINDOW", 2)
    monkeypatch.setattr(rates, "WINDOW", 10**9)
    second = make_played(enrolment, make_interactive(enrolment.edition.course))
    elsewhere = make_played(make_enrolment(enrolment.edition), played.attempt.activity.specific)

    answers = [
        send(client, one, "state", data="x").status_code for one in (played, second, second, elsewhere)
    ]

    assert answers == [200, 200, 429, 200]


@pytest.mark.parametrize(("name", "method"), [("finished", "get"), ("again", "get"), ("state", "put")])
def test_other_methods_are_not_taken(client, played, name, method):
    assert getattr(client, method)(at(played, name)).status_code == 405


def test_saving_a_state_costs_eight_queries_with_all_that_is_looked_up(
    client, played, django_assert_max_num_queries
):
    with django_assert_max_num_queries(8):
        send(client, played, "state", data="x")
