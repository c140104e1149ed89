"""The coordinator’s screens: a court from its first title to released results; nobody else gets in."""

import datetime
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from accounts.models import Role
from foundation.audit.models import Entry
from moots import services
from moots.models import BenchSeat, Moot, MootActivity, Side
from tests.factories.accounts import make_person, make_staff
from tests.factories.enrolments import make_cohort, make_edition, make_enrolment
from tests.factories.moots import (
    exchange,
    hand_in,
    make_document,
    make_exchanged,
    make_hearing,
    make_moot,
    make_pairing,
    make_round,
    make_team,
    member_of,
    score,
    seat,
    side,
)

pytestmark = pytest.mark.django_db


def url(name, *args):
    return reverse(f"moot_courts:{name}", args=args)


@pytest.fixture
def coordinator(client):
    person = make_staff(Role.COORDINATOR)
    client.force_login(person)
    return person


def clock(moment):
    return timezone.localtime(moment).strftime("%Y-%m-%d %H:%M")


def test_a_court_is_set_up_paired_and_benched_on_the_screens(client, coordinator):
    edition = make_edition(time_zone="UTC")
    people = [make_enrolment(edition) for _person in range(4)]
    make_cohort(edition, *people[:2], name="Nairobi")
    judge = make_person(email="judge@example.org")

    client.post(url("new"), {"edition": edition.pk, "title": "The Prosecutor v. Doe", "code": "doe"})
    moot = Moot.objects.get(code="doe")
    client.post(
        url("new_document", moot.pk),
        {
            "title": "Agreed facts",
            "text": "On 4 May …",
            "side": "",
            "round": "",
            "released_at": "2026-01-05 10:00",
            "files": SimpleUploadedFile("facts.txt", b"On 4 May"),
        },
    )
    client.post(url("teams", moot.pk), {"take": "1", "take-cohorts": [moot.edition.cohorts.get().pk]})
    members = [one.pk for one in people[2:]]
    client.post(url("teams", moot.pk), {"make": "1", "make-name": "Turin", "make-members": members})
    due = timezone.now() + datetime.timedelta(days=2)
    rules = {"weight": 1, "speakers_per_side": 2, "minutes_per_speaker": 15, "rebuttal_minutes": 5}
    client.post(
        url("new_round", moot.pk),
        {"name": "Memorials", "kind": "written", "memorials_due_at": due.strftime("%Y-%m-%d %H:%M"), **rules},
    )
    moot_round = moot.rounds.get()
    client.post(url("pair", moot.pk, moot_round.pk), {"draw": "1", "draw-sides": ["prosecution", "defence"]})
    pairing = moot_round.pairings.get()
    client.post(url("pairing", moot.pk, pairing.pk), {"seat": "1", "seat-person": judge.email})
    client.post(url("open", moot.pk))

    moot.refresh_from_db()
    assert moot.opened_at
    assert {team.name: team.members.count() for team in moot.teams.all()} == {"Nairobi": 2, "Turin": 2}
    assert moot_round.memorials_due_at == due.replace(second=0, microsecond=0)
    assert [file.name for file in moot.documents.get().files.all()] == ["facts.txt"]
    assert BenchSeat.objects.get().person == judge
    assert Entry.objects.filter(action__startswith="moots.").count() >= 8


SCREENS = [
    "moot",
    "rules",
    "case_file",
    "new_document",
    "teams",
    "rounds",
    "new_round",
    "results",
    "archive",
    "copy",
]


@pytest.mark.parametrize("name", SCREENS)
def test_each_screen_is_for_those_who_manage_the_edition(client, name):
    moot = make_moot(graded=True)
    pairing = make_exchanged(moot)
    score(seat(pairing))
    make_document(moot)
    address = url(name, moot.pk)

    assert client.get(address).status_code == 302
    client.force_login(make_staff(Role.AUTHOR))
    assert client.get(address, follow=True).status_code == 404
    client.force_login(make_staff(Role.COORDINATOR))
    assert client.get(address).status_code == 200


def test_the_screens_of_one_team_round_pairing_seat_and_activity_are_there(client, coordinator):
    moot = make_moot(graded=True)
    pairing, hearing = make_exchanged(moot), make_hearing(moot)
    judge = seat(pairing)
    score(judge)
    waiting = seat(hearing)
    team = side(pairing).team
    addresses = [
        url("index"),
        url("new"),
        url("team", moot.pk, team.pk),
        url("dissolve_team", moot.pk, team.pk),
        url("leave_team", moot.pk, member_of(team).pk),
        url("edit_round", moot.pk, pairing.round_id),
        url("pair", moot.pk, pairing.round_id),
        url("pairing", moot.pk, pairing.pk),
        url("pairing", moot.pk, hearing.pk),
        url("open_scores", moot.pk, pairing.pk),
        url("extend", moot.pk, side(pairing).pk),
        url("reopen_scores", moot.pk, judge.pk),
        url("relieve_judge", moot.pk, waiting.pk),
        url("activity", moot.activity_id),
        url("memorial", moot.pk, side(pairing).memorials.last().pk),
        url("export_results", moot.pk),
    ]

    assert {address: client.get(address).status_code for address in addresses} == dict.fromkeys(
        addresses, 200
    )


def test_a_later_deadline_is_given_with_a_reason_and_refused_without(client, coordinator):
    appearance = side(make_pairing(make_round(make_moot(make_edition(time_zone="UTC")))))
    address = url("extend", appearance.round.moot_id, appearance.pk)
    until = (timezone.now() + datetime.timedelta(days=1)).strftime("%Y-%m-%d %H:%M")

    refused = client.post(address, {"until": until, "reason": ""})
    accepted = client.post(address, {"until": until, "reason": "Power cut."})

    assert (refused.status_code, accepted.status_code) == (422, 302)
    assert appearance.extensions.get().reason == "Power cut."


def test_rules_that_count_are_fixed_once_scores_are_handed_in(client, coordinator):
    moot = make_moot()
    score(seat(make_exchanged(moot)))
    typed = {
        "title": "Another title",
        "written_rubric": moot.written_rubric.rubric_id,
        "oral_rubric": moot.oral_rubric.rubric_id,
        "written_weight": "0.5",
        "bench_rule": "mean",
        "tie_rule": "oral",
        "final_decides": "on",
        "is_anonymous": "on",
        "speaker_weight": "0",
    }

    refused = client.post(url("rules", moot.pk), typed | {"written_weight": "0.9"})
    accepted = client.post(url("rules", moot.pk), typed)

    assert refused.status_code == 422
    assert "cannot be changed any more" in refused.text
    assert accepted.status_code == 302
    moot.refresh_from_db()
    assert moot.title == "Another title"


def test_results_are_released_and_exported(client, coordinator):
    moot = make_moot(graded=True)
    pairing = make_exchanged(moot)
    score(seat(pairing), defence="weak")

    client.post(url("results", moot.pk), {"reason": ""})
    book = load_workbook(BytesIO(client.get(url("export_results", moot.pk)).getvalue()))

    assert moot.releases.count() == 1
    rows = list(book.active.iter_rows(values_only=True))
    assert len(rows) == 5
    assert rows[1][:2] == (1, side(pairing).team.name)


def test_a_coordinator_on_a_bench_sees_no_standings_before_handing_in(client, coordinator):
    moot = make_moot()
    pairing = make_exchanged(moot)
    score(seat(pairing), defence="weak")
    mine = seat(pairing, coordinator)

    before = client.get(url("results", moot.pk)).text
    file = client.get(url("export_results", moot.pk), follow=True)

    assert "once you have handed in your own scores" in before
    assert "How it comes about" not in before
    assert "once you have handed in your own scores" in file.text
    assert not Entry.objects.filter(action="moots.export_results").exists()
    score(mine)
    assert "How it comes about" in client.get(url("results", moot.pk)).text
    assert client.get(url("export_results", moot.pk)).status_code == 200


def test_unreleased_results_say_what_is_missing(client, coordinator):
    moot = make_moot()
    make_pairing(make_round(moot))

    page = client.get(url("results", moot.pk)).text

    assert "memorials are not exchanged yet" in page
    assert "Release the results" not in page


def test_an_exchange_that_is_not_due_is_refused_with_a_sentence(client, coordinator):
    pairing = make_pairing(make_round(make_moot()))

    page = client.post(url("exchange", pairing.round.moot_id, pairing.pk), follow=True)

    assert "has not passed for every side" in page.text


def test_copying_takes_case_file_and_rounds_and_leaves_people(client, coordinator):
    moot = make_moot()
    pairing = make_pairing(make_round(moot))
    hand_in(side(pairing))
    exchange(pairing)
    make_document(moot)
    later = make_edition(moot.edition.course, starts_on=moot.edition.starts_on + datetime.timedelta(days=364))

    client.post(url("copy", moot.pk), {"edition": later.pk, "title": "Next", "code": "next"})

    copy = Moot.objects.get(code="next")
    moved = copy.rounds.get().memorials_due_at - moot.rounds.get().memorials_due_at
    assert abs(moved - datetime.timedelta(days=364)) <= datetime.timedelta(hours=1)
    assert (copy.teams.count(), copy.documents.count(), copy.copied_from) == (0, 1, moot)


def test_an_activity_is_begun_for_the_gradebook(client, coordinator):
    moot = make_moot()
    author = make_staff(Role.ADMINISTRATOR)
    client.force_login(author)

    client.post(url("begin_activity", moot.pk))

    moot.refresh_from_db()
    assert moot.activity == MootActivity.objects.get()
    client.post(
        url("activity", moot.activity_id),
        {"title": "Plead", "completion_rule": "finished", "pass_mark": "0.5"},
    )
    assert MootActivity.objects.get().get_latest_revision_as_object().title == "Plead"


def test_the_list_asks_as_much_for_two_courts_as_for_twelve(
    client, coordinator, django_assert_max_num_queries
):
    make_moot()
    client.get(url("index"))
    with django_assert_max_num_queries(40) as few:
        client.get(url("index"))
    for _more in range(5):
        make_moot()
    with django_assert_max_num_queries(len(few)):
        client.get(url("index"))


def test_the_screen_of_rounds_asks_as_much_for_one_pairing_as_for_six(
    client, coordinator, django_assert_max_num_queries
):
    moot = make_moot()
    moot_round = make_round(moot)
    make_pairing(moot_round)
    client.get(url("rounds", moot.pk))
    with django_assert_max_num_queries(50) as few:
        client.get(url("rounds", moot.pk))
    for _more in range(3):
        services.pair(
            moot_round, {Side.PROSECUTION: make_team(moot), Side.DEFENCE: make_team(moot)}, by=coordinator
        )
    with django_assert_max_num_queries(len(few)):
        client.get(url("rounds", moot.pk))
