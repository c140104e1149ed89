"""Two teams hand in, memorials are exchanged, a judge scores on a phone that loses its connection, all see results."""

import datetime
import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from accounts.models import Role
from moots import services
from moots.models import ScoreCard, Side
from tests.e2e.conftest import PHONE, wait_until
from tests.factories.accounts import make_staff
from tests.factories.moots import (
    make_document,
    make_hearing,
    make_moot,
    make_pairing,
    make_round,
    make_team,
    pdf,
    person_of,
    save,
    seat,
    side,
)

pytestmark = pytest.mark.django_db(transaction=True)


def pdf_file(name):
    return {"name": name, "mimeType": "application/pdf", "buffer": pdf(pages=2, words=name).read()}


@pytest.fixture
def moot():
    return make_moot(graded=True, title="The Prosecutor v. Doe")


@pytest.fixture
def pairing(moot):
    make_document(moot, title="Agreed facts")
    return make_pairing(make_round(moot, name="Memorials"), make_team(moot), make_team(moot))


def hand_in_as(person, signed_in, live_site, moot, look, name):
    page = signed_in(person, **PHONE)
    page.goto(f"{live_site.url}/en/moots/{moot.code}/")
    expect(page.get_by_role("link", name="Agreed facts")).to_be_visible()
    look(page)
    page.get_by_role("link", name="Memorials", exact=True).click()
    page.get_by_label("Your memorial as a PDF").set_input_files(pdf_file(name))
    page.get_by_role("button", name="Hand in the memorial").click()
    expect(page.get_by_text(re.compile("Receipt: "))).to_be_visible()
    look(page)
    return page


def test_from_two_memorials_to_results_that_everybody_can_follow(
    signed_in, live_site, moot, pairing, look, page_problems
):
    page_problems.allow("ERR_INTERNET_DISCONNECTED|409")
    prosecutor = person_of(side(pairing).team)
    defender = person_of(side(pairing, Side.DEFENCE).team)
    hand_in_as(prosecutor, signed_in, live_site, moot, look, "prosecution.pdf").context.close()
    defence = hand_in_as(defender, signed_in, live_site, moot, look, "defence.pdf")

    services.exchange_due(now=timezone.now() + datetime.timedelta(hours=2))
    defence.reload()
    other = defence.get_by_role("link", name=re.compile(rf"Team {side(pairing).team.code} \(Prosecution\)"))
    with defence.expect_download() as downloading:
        other.click()
    assert downloading.value.suggested_filename == f"{side(pairing).team.code} - Prosecution.pdf"
    look(defence)

    judge = seat(pairing)
    bench = signed_in(judge.person, **PHONE)
    bench.goto(f"{live_site.url}/en/moots/bench/{judge.pk}/")
    look(bench)
    cards = [bench.locator("form[data-card]").nth(place) for place in (0, 1)]
    cards[0].get_by_label(re.compile("Strong")).first.check()
    expect(cards[0].get_by_text(re.compile(r"Saved \d"))).to_be_visible()

    bench.context.set_offline(True)
    cards[0].get_by_label(re.compile("Fair")).last.check()
    for place in (0, 1):
        cards[1].get_by_label(re.compile("Fair")).nth(place).check()
    cards[1].get_by_label("Notes for yourself and the bench").fill("Strong on causation.")
    expect(bench.get_by_text("Not sent: there is no connection.").first).to_be_visible()
    bench.get_by_role("button", name="Hand in all scores").click()
    expect(bench.get_by_text("Some scores have not been sent yet.")).to_be_visible()
    look(bench)
    assert not ScoreCard.objects.filter(appearance__side=Side.DEFENCE).exists()

    bench.context.set_offline(False)
    expect(cards[1].get_by_text(re.compile(r"Saved \d"))).to_be_visible()
    expect(cards[0].get_by_text(re.compile(r"Saved \d"))).to_be_visible()
    assert ScoreCard.objects.get(appearance__side=Side.DEFENCE).note == "Strong on causation."
    bench.get_by_role("button", name="Hand in all scores").click()
    expect(bench.get_by_text("You handed in your scores on")).to_be_visible()
    reasons = bench.get_by_role("textbox", name="Reasons of the bench").first
    reasons.fill("The prosecution proved causation with sources.")
    bench.get_by_role("button", name="Save the reasons").first.click()
    expect(bench.get_by_text("The reasons are saved.")).to_be_visible()
    look(bench)

    staff = signed_in(make_staff(Role.COORDINATOR))
    staff.goto(f"{live_site.url}/cms/moot-courts/{moot.pk}/results/")
    look(staff)
    staff.get_by_role("button", name="Release the results").click()
    expect(staff.get_by_text("The results are released to everybody.")).to_be_visible()

    defence.goto(f"{live_site.url}/en/moots/{moot.code}/results/")
    expect(defence.get_by_text("The prosecution proved causation with sources.")).to_be_visible()
    expect(defence.get_by_role("rowheader", name=side(pairing).team.name)).to_be_visible()
    expect(defence.get_by_text("50.0", exact=False).first).to_be_visible()
    look(defence)


def test_what_another_device_saved_is_never_written_over_unasked(
    signed_in, live_site, moot, pairing, page_problems
):
    page_problems.allow("409|ERR_INTERNET_DISCONNECTED")
    appearance = side(pairing)
    services.hand_in_memorial(appearance, pdf(), by=person_of(appearance.team))
    services.exchange_due(now=timezone.now() + datetime.timedelta(hours=2))
    judge = seat(pairing)
    phone = signed_in(judge.person, **PHONE)
    phone.goto(f"{live_site.url}/en/moots/bench/{judge.pk}/")
    phone.context.set_offline(True)
    phone.get_by_label(re.compile("Weak")).first.check()
    expect(phone.get_by_text("Not sent: there is no connection.")).to_be_visible()
    save(judge, appearance, c1="strong", note="From the laptop.")

    phone.context.set_offline(False)
    expect(phone.get_by_text("A newer save by another device or person is there.")).to_be_visible()
    assert ScoreCard.objects.get().choices == {"c1": "strong"}

    phone.get_by_role("button", name="Save mine over it").click()
    expect(phone.get_by_text(re.compile(r"Saved \d"))).to_be_visible()
    assert ScoreCard.objects.get().choices == {"c1": "weak"}


def test_while_a_judge_types_the_next_save_waits_for_a_pause(signed_in, live_site, pairing):
    appearance = side(pairing)
    services.hand_in_memorial(appearance, pdf(), by=person_of(appearance.team))
    services.exchange_due(now=timezone.now() + datetime.timedelta(hours=2))
    judge = seat(pairing)
    page = signed_in(judge.person, **PHONE)
    page.clock.install()
    page.goto(f"{live_site.url}/en/moots/bench/{judge.pk}/")
    held, sent = [], []
    page.route("**/cards/**", lambda route: held.append(route), times=1)
    page.on("request", lambda request: sent.append(request) if request.method == "POST" else None)
    card = page.locator("form[data-card]")
    notes = card.get_by_label("Notes for yourself and the bench")
    page.clock.pause_at(timezone.now() + datetime.timedelta(minutes=1))

    notes.fill("Sources")
    page.clock.run_for(800)
    wait_until(page, lambda: held)
    notes.press_sequentially(", causation")
    held[0].continue_()
    expect(card.get_by_text(re.compile(r"Saved \d"))).to_be_visible()
    assert (len(sent), ScoreCard.objects.get().note) == (1, "Sources")

    page.clock.run_for(800)
    wait_until(page, lambda: ScoreCard.objects.get().note == "Sources, causation")


def test_a_hearing_is_timed_turn_by_turn(signed_in, live_site, moot, look):
    hearing = make_hearing(moot, prosecution=make_team(moot), defence=make_team(moot))
    page = signed_in(person_of(side(hearing).team), **PHONE)
    page.clock.install()
    page.goto(f"{live_site.url}/en/moots/{moot.code}/hearings/{hearing.pk}/")
    timer = page.get_by_role("timer")
    expect(timer).to_have_text("15:00")
    page.get_by_role("button", name="Start", exact=True).click()
    page.clock.run_for(14 * 60 * 1000 + 1000)
    expect(page.get_by_text("One minute left.")).to_be_attached()
    page.clock.run_for(2 * 60 * 1000)
    expect(timer).to_contain_text(re.compile(r"over by 1:\d\d"))
    look(page)
    page.get_by_role("button", name="Next turn").click()
    expect(timer).to_have_text("15:00")
