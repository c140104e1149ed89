"""A thesis from its topic to its result: proposed on a phone, supervised, examined by two who do not see each other."""

import datetime
import re
from pathlib import Path

from django.utils import timezone
from playwright.sync_api import expect

from accounts.models import Role
from programmes.models import Project, ProjectMilestone, ProjectRules
from tests.e2e.conftest import PHONE
from tests.e2e.test_registrar import DESK, WORK, picture
from tests.factories.accounts import make_person, make_staff
from tests.factories.applications import make_pdf
from tests.factories.records import make_graded_edition, make_studying


def begun():
    """A module that is a project, with a student in it."""
    edition = make_graded_edition(1, code="llm-2026", name="LL.M. 2026-27")
    amina = make_person(first_name="Amina", last_name="Diallo")
    place = make_studying(edition, None, person=amina).module_enrolments.get()
    today = timezone.localdate()
    rules = ProjectRules.objects.create(
        module=place.module,
        topics_due_on=today + datetime.timedelta(days=10),
        hand_in_due_at=timezone.now() + datetime.timedelta(days=60),
    )
    due_on = today + datetime.timedelta(days=20)
    ProjectMilestone.objects.create(rules=rules, name="First chapter", due_on=due_on)
    return edition, place


def pdf():
    """A file as a browser sends it."""
    made = make_pdf()
    return {"name": "thesis.pdf", "mimeType": "application/pdf", "buffer": made.read()}


def examine(page, url, percent, words):
    """Hand in a report, having seen no other."""
    page.goto(url)
    page.get_by_label("Result, %").fill(percent)
    page.get_by_role("textbox", name="Report", exact=True).fill(words)
    page.get_by_role("button", name="Hand in the report").click()
    expect(page.get_by_text("Your report is handed in.")).to_be_visible()


def test_a_project_from_its_topic_to_its_result(live_site, mailbox, signed_in, look):
    edition, place = begun()
    supervisor, first, second = (
        make_person(first_name=name, email=f"{name}@example.org".lower())
        for name in ("Ngozi", "Elena", "Tomas")
    )

    phone = signed_in(place.student.person, **PHONE)
    phone.goto(f"{live_site.url}/en/programmes/{edition.code}/")
    look(phone)
    phone.get_by_role("link", name="Propose a topic").click()
    phone.get_by_role("textbox", name="Topic").fill("Gold in barges")
    phone.get_by_role("textbox", name="Outline").fill("Which law follows the metal, and who may seize it?")
    look(phone)
    phone.get_by_role("textbox", name="Outline").press("Tab")
    phone.keyboard.press("Enter")
    expect(phone.get_by_text("Your topic has been proposed.").first).to_be_visible()
    picture(phone, "proposed")

    desk = signed_in(make_staff(Role.COORDINATOR, first_name="Luc"), **DESK)
    desk.goto(f"{live_site.url}/cms/programme-projects/{edition.code}/")
    look(desk, WORK)
    desk.get_by_role("link", name="Gold in barges").click()
    desk.get_by_role("link", name="Approve the topic").click()
    desk.get_by_label("Supervisor: e-mail address").fill(supervisor.email)
    desk.get_by_role("button", name="Approve the topic").click()
    expect(desk.get_by_text("The topic is approved.")).to_be_visible()
    project = Project.objects.get()
    address = f"{live_site.url}/en/projects/{project.pk}/"

    tutor = signed_in(supervisor, **PHONE)
    tutor.goto(f"{live_site.url}/en/learn/")
    tutor.get_by_role("link", name="Projects I supervise or examine").click()
    look(tutor)
    tutor.get_by_role("link", name="Gold in barges").click()
    tutor.get_by_role("textbox", name="Note").fill("Well begun.")
    look(tutor)
    tutor.get_by_role("button", name="It is reached").click()
    expect(tutor.get_by_text("Well begun.")).to_be_visible()

    phone.reload()
    expect(phone.get_by_text("Well begun.")).to_be_visible()
    phone.get_by_label("PDF file").set_input_files(pdf())
    look(phone)
    phone.get_by_role("button", name="Hand in", exact=True).click()
    expect(phone.get_by_text("Your file has been handed in.")).to_be_visible()

    desk.get_by_role("link", name="Name the examiners").click()
    desk.get_by_label("First examiner: e-mail address").fill(first.email)
    desk.get_by_label("Second examiner: e-mail address").fill(second.email)
    desk.get_by_role("button", name="Name the examiners").click()
    desk.get_by_role("link", name="Book the viva").click()
    at = timezone.localtime() + datetime.timedelta(days=70)
    desk.get_by_label("Begins").fill(at.strftime("%Y-%m-%dT10:00"))
    desk.get_by_label("Place or link").fill("Room 4")
    desk.get_by_role("button", name="Book the viva").click()
    expect(desk.get_by_text("The viva is booked")).to_be_visible()

    one, other = signed_in(first, **PHONE), signed_in(second, **PHONE)
    examine(one, address, "80", "A secret opinion.")
    expect(one.get_by_text("You will see the other report once it is handed in.")).to_be_visible()
    other.goto(address)
    look(other)
    expect(other.get_by_text("A secret opinion.")).to_have_count(0)
    examine(other, address, "76", "Clear and brief.")
    expect(other.get_by_text("A secret opinion.")).to_be_visible()
    picture(other, "examined")

    desk.reload()
    desk.get_by_role("link", name="Decide the result").click()
    desk.get_by_label("Corrections asked for").fill("Cite the treaty.")
    desk.get_by_role("button", name="Decide the result").click()
    expect(desk.get_by_text("The result is written down")).to_be_visible()
    look(desk, WORK)

    phone.reload()
    expect(phone.get_by_text(re.compile(r"Result: 78\s%"))).to_be_visible()
    expect(phone.get_by_text("Cite the treaty.")).to_be_visible()
    look(phone)
    phone.get_by_label("PDF file").set_input_files(pdf())
    phone.get_by_role("button", name="Hand in the corrected work").click()
    expect(phone.get_by_text("Your file has been handed in.")).to_be_visible()
    picture(phone, "corrected")

    desk.reload()
    desk.get_by_role("button", name="Accept the corrections").click()
    expect(desk.get_by_text("The corrections are accepted.")).to_be_visible()
    project.refresh_from_db()
    assert project.corrections_accepted_at
    with phone.expect_download() as own:
        phone.get_by_role("link", name="thesis.pdf").first.click()
    assert Path(own.value.path()).read_bytes().startswith(b"%PDF")
