"""From results to a transcript: a re-sit asked for on a phone, decided, sat, confirmed by a board, printed."""

import datetime
import os
import re
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pikepdf
from django.utils import timezone
from playwright.sync_api import expect

from certificates.models import Award, Purpose
from certificates.papers.services import add_template
from programmes.models import ExaminationBoard, ModuleResult, StudentCase
from tests.e2e.conftest import PHONE
from tests.factories.accounts import make_person, make_staff
from tests.factories.certificates import make_signatory
from tests.factories.records import make_class, make_graded_edition, make_studying

DESK = {"viewport": {"width": 1280, "height": 900}}
# Messages fade in, and their green is Wagtail's.
WORK = {"include": [["main"]], "exclude": [[".messages"]]}


def picture(page, name):
    """Keep a picture where somebody asks for it; says nothing otherwise."""
    if folder := os.environ.get("PICTURES"):
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


def begun(live_site):
    """An edition whose one student failed a module, and who keeps its register."""
    edition = make_graded_edition(2, code="llm-2026", name="LL.M. 2026-27")
    make_class(edition, "With merit", least_average=Decimal("0.6"))
    amina = make_person(first_name="Amina", last_name="Diallo", name_for_certificate="Amina Diallo")
    student = make_studying(edition, "0.9", "0.4", person=amina)
    registrar = make_staff("registrar", first_name="Ruth", last_name="Okello")
    signatory = make_signatory()
    add_template(Purpose.TRANSCRIPT, "Transcript of records", by=registrar, signatory=signatory)
    return edition, student, registrar


def convene(page, name, day):
    """Convene a board; its agenda is prepared with it."""
    page.get_by_role("link", name="Examination boards").click()
    page.get_by_label("Name").fill(name)
    page.get_by_label("Held on").fill(day.isoformat())
    page.get_by_label("Chair").fill("Prof. Ada Chair")
    page.get_by_role("button", name="Convene and prepare the agenda").click()
    expect(page.get_by_text("The board has been convened")).to_be_visible()


def confirm(page, kind):
    """Confirm everything of a kind where nothing is to be noted."""
    part = page.locator("section").filter(has=page.get_by_role("heading", name=kind))
    with page.expect_navigation():
        part.get_by_role("button", name="Decide as proposed where nothing is to be noted").click()


def close(page):
    """Close the board."""
    page.get_by_role("link", name="Close the board").click()
    page.get_by_label("Minutes").fill("All members agreed.")
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name="Close the board").click()
    expect(page.get_by_text("The board is closed. Results are locked")).to_be_visible()


def test_from_results_through_a_resit_and_two_boards_to_the_transcript(live_site, mailbox, signed_in, look):
    edition, student, registrar = begun(live_site)
    today = timezone.localdate()

    desk = signed_in(registrar, **DESK)
    desk.goto(f"{live_site.url}/cms/programme-records/{edition.code}/")
    look(desk, WORK)
    desk.get_by_role("link", name="What is missing").click()
    look(desk, WORK)
    picture(desk, "missing")
    convene(desk, "Board of June", today)
    look(desk, WORK)
    desk.get_by_role("region", name="Results").get_by_role("link", name="Amina Diallo").first.wait_for()
    confirm(desk, "Results")
    picture(desk, "board")
    degree = desk.get_by_role("region", name="Degrees").get_by_role("link", name=re.compile("Decide"))
    degree.click()
    desk.get_by_label("The degree").select_option("no")
    desk.get_by_label("Note").fill("A module is still to be passed.")
    desk.get_by_role("button", name="Write the decision down").click()
    close(desk)
    assert ModuleResult.objects.count() == 2

    phone = signed_in(student.person, **PHONE)
    phone.goto(f"{live_site.url}/en/programmes/{edition.code}/record/")
    phone.get_by_text("Ask for a re-sit").click()
    phone.get_by_label("What do you ask for?").select_option("resit")
    phone.get_by_role("combobox", name="Module").select_option(index=2)
    phone.get_by_label("Your reasons").fill("I was ill on the day.")
    look(phone)
    phone.get_by_role("button", name="Send the request").click()
    expect(phone.get_by_text("To be decided by")).to_be_visible()

    desk.get_by_role("link", name="Cases").click()
    look(desk, WORK)
    desk.get_by_role("link", name=re.compile("Decide")).click()
    desk.get_by_role("radio", name="Granted").check()
    desk.get_by_label("Reason").fill("The certificate of the doctor is there.")
    desk.get_by_label("Until").fill((today + datetime.timedelta(days=30)).isoformat())
    desk.get_by_role("button", name="Decide").click()
    desk.goto(f"{live_site.url}/cms/programme-records/{edition.code}/cases/?state=unsettled")
    desk.get_by_role("link", name=re.compile("result", re.IGNORECASE)).last.click()
    desk.get_by_label("Result, %").fill("75")
    desk.get_by_label("Reason").fill("Re-sit of July")
    desk.get_by_role("button", name="Record the result").click()

    convene(desk, "Board of July", today)
    confirm(desk, "Results")
    confirm(desk, "Degrees")
    picture(desk, "board2")
    close(desk)
    assert ExaminationBoard.objects.exclude(closed_at=None).count() == 2
    assert StudentCase.objects.get().settled_at

    desk.get_by_role("link", name="Papers").click()
    look(desk, WORK)
    picture(desk, "papers")
    expect(desk.get_by_role("checkbox", name="Issue it to Amina Diallo")).to_be_checked()
    desk.get_by_label("Reason").fill("Graduation")
    desk.get_by_role("button", name="Issue the papers").click()
    expect(desk.get_by_text("up to date")).to_be_visible()
    with desk.expect_download() as printed:
        desk.get_by_role("button", name="All in one PDF to print").click()
    assert printed.value.suggested_filename == f"{edition.code}-transcript.pdf"

    phone.goto(f"{live_site.url}/en/programmes/{edition.code}/")
    look(phone)
    with phone.expect_download() as own:
        phone.get_by_role("link", name="Transcript of records").click()
    with pikepdf.open(BytesIO(Path(own.value.path()).read_bytes())) as transcript:
        assert len(transcript.pages) >= 1
    assert Award.objects.get().holder == student.person
