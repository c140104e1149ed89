"""What participants and judges see: their own, nothing of others before its time, nothing of other courts."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from moots import services
from moots.models import Memorial, RoundKind, ScoreCard, Side
from tests.factories.accounts import make_person
from tests.factories.enrolments import make_enrolment
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
    pdf,
    person_of,
    save,
    score,
    seat,
    side,
)

pytestmark = pytest.mark.django_db
HOUR = datetime.timedelta(hours=1)


def sign_in(client, person):
    client.force_login(person)
    return client


def url(name, *args):
    return reverse(f"moots:{name}", args=args)


@pytest.fixture
def pairing():
    return make_pairing(make_round(make_moot()))


@pytest.fixture
def moot(pairing):
    return pairing.round.moot


def test_a_member_sees_the_court_a_stranger_a_404_and_a_visitor_the_door(client, pairing, moot):
    address = url("moot", moot.code)

    assert client.get(address).status_code == 302
    assert sign_in(client, make_person()).get(address).status_code == 404
    page = sign_in(client, person_of(side(pairing).team)).get(address)
    assert page.status_code == 200
    assert "you stand for: Prosecution" in page.text


def test_a_court_that_is_not_open_is_not_there(client, pairing, moot):
    moot.opened_at = None
    moot.save()

    assert sign_in(client, person_of(side(pairing).team)).get(url("moot", moot.code)).status_code == 404


def test_opponents_are_known_by_code_until_results_are_released(client, pairing, moot):
    other = side(pairing, Side.DEFENCE).team
    page = sign_in(client, person_of(side(pairing).team)).get(url("moot", moot.code))

    assert f"Team {other.code}" in page.text
    assert other.name not in page.text


def test_handing_in_gives_a_receipt_and_a_refusal_keeps_what_was_there(client, pairing, moot):
    appearance = side(pairing)
    sign_in(client, person_of(appearance.team))
    address = url("hand_in_memorial", moot.code, appearance.pk)

    accepted = client.post(address, {"memorial": pdf("ours.pdf")}, follow=True)
    refused = client.post(address, {"memorial": ""})

    receipt = Memorial.objects.get().receipt
    assert f"Receipt: {receipt}." in accepted.text
    assert (refused.status_code, receipt in refused.text) == (422, True)


def test_ten_seconds_late_the_page_names_the_rule(client, pairing, moot):
    moot_round = pairing.round
    moot_round.memorials_due_at = timezone.now() - datetime.timedelta(seconds=10)
    moot_round.save()
    appearance = side(pairing)

    page = sign_in(client, person_of(appearance.team)).post(
        url("hand_in_memorial", moot.code, appearance.pk), {"memorial": pdf()}
    )

    assert page.status_code == 422
    assert "ask the coordinator for an extension" in page.text
    assert not Memorial.objects.exists()


def test_a_memorial_is_the_others_only_after_the_exchange_and_only_the_newest(client, pairing, moot):
    first = hand_in(side(pairing))
    newest = hand_in(side(pairing))
    opponent = person_of(side(pairing, Side.DEFENCE).team)
    third = person_of(make_team(moot))

    def status(person, memorial):
        return sign_in(client, person).get(url("memorial", moot.code, memorial.pk)).status_code

    assert status(opponent, newest) == 404
    exchange(pairing)
    assert [status(opponent, newest), status(opponent, first), status(third, newest)] == [200, 404, 404]
    assert status(person_of(side(pairing).team), first) == 200


def test_what_opponents_save_names_neither_person_nor_team(client, pairing, moot):
    memorial = hand_in(side(pairing), upload=pdf("Diallo.pdf", author="Amina Diallo"))
    exchange(pairing)

    answer = sign_in(client, person_of(side(pairing, Side.DEFENCE).team)).get(
        url("memorial", moot.code, memorial.pk)
    )

    assert f"{memorial.appearance.team.code} - Prosecution.pdf" in answer["Content-Disposition"]
    assert b"Diallo" not in b"".join(answer.streaming_content)


def test_a_part_of_the_case_file_is_read_from_its_time_on_and_by_its_side(client, pairing, moot):
    prosecution, defence = person_of(side(pairing).team), person_of(side(pairing, Side.DEFENCE).team)
    shared = make_document(moot, title="Agreed facts")
    later = make_document(moot, title="Late evidence", released_at=timezone.now() + HOUR)
    secret = make_document(moot, title="Brief of the prosecution", side=Side.PROSECUTION)

    def status(person, document):
        return sign_in(client, person).get(url("document", moot.code, document.pk)).status_code

    assert [status(prosecution, one) for one in (shared, later, secret)] == [200, 404, 200]
    assert [status(defence, one) for one in (shared, later, secret)] == [200, 404, 404]
    assert "Brief of the prosecution" not in client.get(url("moot", moot.code)).text


def test_a_document_for_a_side_in_one_round_stays_with_that_round(client, moot, pairing):
    [swapped] = services.swap_pairings(make_round(moot), by=make_person())
    document = make_document(moot, side=Side.PROSECUTION, round=swapped.round)
    address = url("document", moot.code, document.pk)

    assert sign_in(client, person_of(side(swapped).team)).get(address).status_code == 200
    assert sign_in(client, person_of(side(pairing).team)).get(address).status_code == 404


def test_a_round_that_has_not_opened_hides_who_stands_where(client, moot):
    pairing = make_pairing(make_round(moot, opens_at=timezone.now() + HOUR), make_team(moot), make_team(moot))
    appearance = side(pairing)
    sign_in(client, person_of(appearance.team))

    assert "you stand for" not in client.get(url("moot", moot.code)).text
    assert client.get(url("appearance", moot.code, appearance.pk)).status_code == 404


def test_a_team_names_its_speakers_and_nobody_elses(client, moot):
    hearing = make_pairing(make_round(moot, RoundKind.ORAL), make_team(moot), make_team(moot))
    appearance = side(hearing)
    own, foreign = member_of(appearance.team), member_of(side(hearing, Side.DEFENCE).team)
    turn = appearance.turns.first()
    address = url("name_speakers", moot.code, appearance.pk)
    sign_in(client, own.enrolment.person)

    refused = client.post(address, {f"turn-{turn.pk}": foreign.pk})
    accepted = client.post(address, {f"turn-{turn.pk}": own.pk})

    assert (refused.status_code, accepted.status_code) == (422, 302)
    assert appearance.turns.first().speaker == own


def test_the_order_of_speaking_names_own_speakers_and_numbers_the_others(client, moot):
    hearing = make_hearing(moot, prosecution=make_team(moot), defence=make_team(moot))
    own = person_of(side(hearing).team)
    other = person_of(side(hearing, Side.DEFENCE).team)

    page = sign_in(client, own).get(url("hearing", moot.code, hearing.pk)).text

    assert own.full_name in page
    assert other.full_name not in page
    assert "Speaker 1" in page


def test_the_page_of_a_court_asks_as_much_for_two_rounds_as_for_twelve(client, django_assert_max_num_queries):
    moot = make_moot()
    first = make_exchanged(moot)
    sign_in(client, person_of(side(first).team))
    make_document(moot)
    address = url("moot", moot.code)
    client.get(address)

    with django_assert_max_num_queries(45) as few:
        client.get(address)
    for _more in range(5):
        services.swap_pairings(make_round(moot), by=make_person())
        make_document(moot)
    with django_assert_max_num_queries(len(few)):
        client.get(address)


# The bench


@pytest.fixture
def judged():
    return make_exchanged()


def test_a_judge_sees_the_own_bench_and_nobody_else_does(client, judged):
    judge = seat(judged)
    address = url("bench", judge.pk)

    assert client.get(address).status_code == 302
    assert sign_in(client, person_of(side(judged).team)).get(address).status_code == 404
    assert sign_in(client, seat(judged).person).get(address).status_code == 404
    page = sign_in(client, judge.person).get(address)
    assert page.status_code == 200
    assert side(judged).team.code in page.text
    assert side(judged).team.name not in page.text


def test_a_judge_saves_with_and_without_the_script(client, judged):
    judge, appearance = seat(judged), side(judged)
    address = url("save_card", judge.pk, appearance.pk, 0)
    sign_in(client, judge.person)

    plain = client.post(address, {"sequence": 0, "rubric-c1": "fair", "note": ""})
    quiet = client.post(address, {"sequence": 1, "rubric-c1": "strong", "note": "Clear.", "quiet": "1"})

    assert (plain.status_code, quiet.status_code, quiet["X-Sequence"]) == (302, 200, "2")
    assert ScoreCard.objects.get().choices == {"c1": "strong"}


def test_a_save_from_an_older_state_is_answered_with_the_newer_one_and_keeps_what_was_typed(client, judged):
    judge, appearance = seat(judged), side(judged)
    save(judge, appearance, c1="strong")
    address = url("save_card", judge.pk, appearance.pk, 0)
    sign_in(client, judge.person)

    quiet = client.post(address, {"sequence": 0, "rubric-c1": "weak", "quiet": "1"})
    plain = client.post(address, {"sequence": 0, "rubric-c1": "weak", "note": "My words"})

    assert (quiet.status_code, quiet["X-Sequence"]) == (409, "1")
    assert plain.status_code == 409
    assert "My words" in plain.text
    assert "Criterion c1 [en]: Strong [en]" in plain.text
    assert ScoreCard.objects.get().choices == {"c1": "strong"}


def test_other_judges_scores_appear_when_all_have_handed_in(client, judged):
    judge, other = seat(judged), seat(judged, make_person(first_name="Kofi", last_name="Mensah"))
    score(judge)
    sign_in(client, judge.person)

    assert "Kofi Mensah" not in client.get(url("bench", judge.pk)).text
    score(other)
    assert "Kofi Mensah" in client.get(url("bench", judge.pk)).text


def test_handing_in_what_is_incomplete_names_what_is_open(client, judged):
    judge = seat(judged)

    page = sign_in(client, judge.person).post(url("hand_in_scores", judge.pk))

    assert page.status_code == 422
    assert "Still open" in page.text


def test_two_judges_writing_reasons_at_once_lose_nothing(client, judged):
    judge = seat(judged)
    score(judge)
    appearance = side(judged)
    services.write_reasons(appearance, "The first text.", number=0, seat=judge)
    prefix = f"reasons-{appearance.pk}"

    page = sign_in(client, judge.person).post(
        url("write_reasons", judge.pk, appearance.pk),
        {f"{prefix}-number": 0, f"{prefix}-text": "The second text."},
    )

    assert page.status_code == 409
    assert "The first text." in page.text
    assert "The second text." in page.text


# Results and the archive


def test_results_with_lines_and_reasons_are_there_once_released(client):
    moot = make_moot(graded=True)
    pairing = make_exchanged(moot)
    judge = seat(pairing)
    score(judge, prosecution="strong", defence="fair")
    services.write_reasons(side(pairing), "A model memorial.", number=0, seat=judge)
    address = url("results", moot.code)
    sign_in(client, person_of(side(pairing).team))

    assert client.get(address).status_code == 404
    services.release_results(moot, by=make_person())
    page = client.get(address).text

    assert "A model memorial." in page
    assert "100.00" in page
    assert side(pairing, Side.DEFENCE).team.name in page


def test_the_gradebook_shows_what_was_released():
    from gradebook.book import Book

    moot = make_moot(graded=True)
    pairing = make_exchanged(moot)
    score(seat(pairing), prosecution="fair")
    services.release_results(moot, by=make_person())

    grade = Book(moot.edition).grade(member_of(side(pairing).team).enrolment)

    assert grade.total == 50


def test_memorials_of_the_year_before_are_read_once_staff_allow_it(client):
    last_year = make_moot()
    pairing = make_exchanged(last_year)
    memorial = side(pairing).memorials.last()
    make_document(last_year, title="Agreed facts")
    edition = make_moot().edition
    this_year = services.copy_moot(last_year, edition, code="next", title="Next year", by=make_person())
    services.open_moot(this_year, by=make_person())
    sign_in(client, make_enrolment(edition).person)
    address = url("archived_memorial", "next", memorial.pk)

    assert client.get(address).status_code == 404
    services.set_archive(last_year, is_open=True, by=make_person())

    assert client.get(address).status_code == 200
    assert memorial.appearance.team.code in client.get(url("archive", "next")).text
    assert this_year.teams.count() == 0
    assert [one.title for one in this_year.documents.all()] == ["Agreed facts"]
    assert this_year.rounds.count() == 1
