"""From scores to a student: scored by keyboard, decided by the committee, told by letter, accepted on a phone."""

import os
from pathlib import Path

from playwright.sync_api import expect

from programmes.models import AssessorAssignment, Student
from tests.e2e.conftest import STEP_MS, wait_until
from tests.factories.accounts import make_person
from tests.factories.selection import (
    make_applicant,
    make_assessor,
    make_assignment,
    make_coordinator,
    make_criterion,
    make_scored,
    make_selection,
)

LAPTOP = {"viewport": {"width": 1280, "height": 800}}


def picture(page, name):
    """Keep a picture where somebody asks for it; says nothing otherwise."""
    if folder := os.environ.get("PICTURES"):
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


def test_from_scores_to_a_student(live_site, mailbox, signed_in, look):
    call = make_selection(places=1, assessors_per_application=2)
    make_criterion(call, name="Motivation", guidance="Own words and a clear purpose earn most.", weight=60)
    make_criterion(call, name="Experience", points=5, weight=40)
    amina = make_applicant(
        call,
        make_person("amina@example.org", language="ar", first_name="Amina", last_name="Okello"),
        institution="High Court",
    )
    other = make_applicant(call, make_person(first_name="Omar", last_name="Haddad"), gender="man")
    assessor = make_assessor(call)
    mine = make_assignment(amina, assessor, declared=False)
    make_scored(amina, 4, 2)
    make_scored(other, 6, 3)

    scoring = signed_in(assessor, **LAPTOP)
    scoring.goto(f"{live_site.url}/cms/")
    scoring.get_by_role("button", name="Programmes").click()
    scoring.get_by_role("link", name="Applications to assess").click()
    scoring.get_by_role("link", name="Amina Okello").click()
    expect(scoring.get_by_text("High Court")).to_be_visible()
    look(scoring, "main")
    scoring.get_by_role("button", name="I have no conflict of interest").click()
    look(scoring, "main")
    scoring.get_by_label("Points").first.focus()
    scoring.keyboard.type("9.5")
    scoring.keyboard.press("Enter")
    scoring.keyboard.type("5")
    scoring.get_by_label("Comment: Motivation").fill("Writes from her own cases.")
    expect(scoring.get_by_role("status").filter(has_text="Saved")).to_be_visible(timeout=STEP_MS)
    picture(scoring, "score")
    scoring.keyboard.press("Control+Enter")
    expect(scoring.get_by_text("Handed in. The committee sees your scores now.")).to_be_visible(
        timeout=STEP_MS
    )
    assert AssessorAssignment.objects.get(pk=mine.pk).handed_in_at

    deciding = signed_in(make_coordinator(call), **LAPTOP)
    deciding.goto(f"{live_site.url}/cms/selection/{call.pk}/")
    expect(deciding.get_by_role("row").nth(1)).to_contain_text("Amina Okello")
    expect(deciding.get_by_text("wide", exact=True)).to_be_visible()
    deciding.get_by_role("link", name="Amina Okello").click()
    deciding.get_by_text("Ines", exact=False).first.click()
    picture(deciding, "committee")
    look(deciding, "main")
    deciding.get_by_role("checkbox", name="Choose Amina Okello").check()
    deciding.get_by_role("radio", name="Admit", exact=True).check()
    deciding.get_by_label("Reason").fill("First in the ranking; strong file")
    deciding.get_by_role("button", name="Decide").click()
    expect(deciding.get_by_text("1 application is decided.")).to_be_visible(timeout=STEP_MS)
    deciding.get_by_role("link", name="Look at the letters").click()
    deciding.get_by_text("Amina Okello · Admit").click()
    look(deciding, "main")
    picture(deciding, "letters")
    deciding.get_by_label("What this sending rests on").fill("Meeting of the committee")
    deciding.get_by_role("button", name="Send 1 letter now").click()
    expect(deciding.get_by_text("1 letter is on its way.")).to_be_visible(timeout=STEP_MS)

    accepting = signed_in(amina.person, viewport={"width": 360, "height": 740})
    accepting.goto(f"{live_site.url}/ar/apply/{call.code}/decision/")
    look(accepting)
    picture(accepting, "decision-ar")
    accepting.get_by_role("button", name="قبول المقعد").click()
    wait_until(accepting, lambda: Student.objects.filter(person=amina.person).exists())
    look(accepting)
