"""An applicant applies on a phone over a bad link; a referee answers; a coordinator returns a document and prints."""

import re

import pytest
from playwright.sync_api import expect

from accounts.models import Role
from programmes.applications.tokens import token_of
from programmes.models import Application, DocumentVersion, FileView
from tests.e2e.conftest import PHONE, STEP_MS
from tests.factories.accounts import make_staff
from tests.factories.applications import (
    make_call,
    make_declaration,
    make_pdf,
    make_question,
    make_submitted,
    make_translated,
    make_wanted,
)
from tests.factories.programmes import give_programme_role

pytestmark = pytest.mark.django_db(transaction=True)


def as_payload(file):
    return {"name": file.name, "mimeType": "application/pdf", "buffer": file.read()}


@pytest.fixture
def call():
    call = make_call(code="llm-call", name="Applications for the LL.M.", referees_wanted=1)
    make_question(call, name="Why this programme?", names={"ar": "لماذا هذا البرنامج؟"})
    make_translated(call, key="diploma", name="Diploma")
    make_declaration(call, name="What I have stated is true.")
    return call


def test_an_applicant_applies_on_a_phone_and_nothing_is_lost(
    signed_in, live_site, call, person, look, page_problems
):
    page_problems.allow("ERR_INTERNET_DISCONNECTED|422")
    page = signed_in(person, **PHONE)
    page.goto(f"{live_site.url}/en/apply/{call.code}/")
    look(page)
    page.get_by_role("button", name="Begin your application").click()

    page.get_by_label("Given names").fill("Amara")
    page.get_by_label("Family name").fill("Okello")
    page.get_by_label("Date of birth").fill("1988-03-02")
    for label in ("Country of nationality", "Country you live in"):
        page.get_by_label(label).select_option(label="Kenya")
    page.get_by_label("Profession").select_option(index=1)
    page.get_by_label("Institution").fill("High Court")
    look(page)
    page.get_by_role("button", name="Save and go on").click()

    expect(page.get_by_role("heading", name="Questions")).to_be_visible()
    page.wait_for_load_state("networkidle")
    page.context.set_offline(True)
    page.get_by_label("Why this programme?").fill("Typed in a tunnel.")
    expect(page.get_by_text("Not saved: there is no connection.")).to_be_visible()
    page.context.set_offline(False)
    expect(page.get_by_text(re.compile(r"Saved \d"))).to_be_visible()
    page.get_by_role("button", name="Save and go on").click()

    chooser = page.get_by_label("Choose the file").first
    chooser.set_input_files({"name": "fake.pdf", "mimeType": "application/pdf", "buffer": b"<html></html>"})
    expect(page.get_by_text("does not hold what its name says")).to_be_visible(timeout=STEP_MS)
    page.get_by_label("Language of this document").select_option(label="English")
    page.get_by_label("Choose the file").first.set_input_files(as_payload(make_pdf("diploma.pdf", 2)))
    expect(page.get_by_role("link", name="diploma.pdf")).to_be_visible(timeout=STEP_MS)
    look(page)
    page.get_by_role("link", name="Go on", exact=True).click()

    page.get_by_label("Name", exact=True).fill("Judge Wanjiru")
    page.get_by_label("E-mail address").fill("wanjiru@example.org")
    page.get_by_label("Position and institution").fill("Court of Appeal")
    look(page)
    page.get_by_role("button", name="Write to this referee").click()
    expect(page.get_by_text("Written to, no answer yet")).to_be_visible()
    look(page)
    page.get_by_role("link", name="Go on", exact=True).click()

    look(page)
    page.get_by_label("What I have stated is true.").check()
    page.get_by_role("button", name="Submit your application").click()
    expect(page.get_by_text("LLM-CALL-0001")).to_be_visible()
    expect(page.get_by_text(DocumentVersion.objects.get().sha256)).to_be_visible()
    look(page)
    page.goto(f"{live_site.url}/ar/apply/{call.code}/")
    look(page)

    application = Application.objects.get()
    assert application.answers.get().text == "Typed in a tunnel."
    _referee_answers(page, live_site, application, look)


def _referee_answers(page, live_site, application, look):
    page.context.clear_cookies()
    page.goto(f"{live_site.url}/ar/referee/{token_of(application.referees.get())}/")
    look(page)
    page.locator("input[type=radio]").first.check()
    page.locator("textarea").fill("A careful judge.")
    page.locator("main form button").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("شكراً لكم")
    assert application.referees.get().comments == "A careful judge."


def test_a_coordinator_reads_a_dossier_and_returns_a_document(signed_in, live_site, axe, page_problems):
    page_problems.allow("chrome(-extension)?://")  # the browser's own viewer of PDF
    call = make_call()
    make_wanted(call, name="Passport")
    application = make_submitted(call)
    coordinator = make_staff()
    give_programme_role(coordinator, call.programme_edition, Role.COORDINATOR)
    page = signed_in(coordinator)

    page.goto(f"{live_site.url}/cms/applications/{call.pk}/")
    axe(page)
    page.get_by_role("link", name="Amina Diallo").click()
    page.get_by_role("link", name="letter.pdf", exact=True).click()
    expect(page.get_by_title("letter.pdf")).to_be_visible()
    axe(page)
    page.get_by_text("Accept or return").click()
    page.get_by_label("Why it goes back").fill("The photograph cannot be recognized.")
    page.get_by_role("button", name="Return with this reason").click()

    expect(page.get_by_text("goes back to the applicant")).to_be_visible()
    assert application.documents.get().current.why == "The photograph cannot be recognized."
    assert FileView.objects.filter(by=coordinator).exists()
