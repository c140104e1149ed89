"""A coordinator fills the timetable and moves a session; a learner reads it on a phone and in another calendar."""

import datetime
import re

import pytest
from playwright.sync_api import expect

from accounts.models import Role
from tests.factories.accounts import make_person, make_staff
from tests.factories.courses import make_course
from tests.factories.enrolments import give_edition_role, make_enrolment, make_tutored_edition
from tests.factories.timetable import make_campus, make_room, make_session
from timetable.models import Session
from timetable.weeks import week_of

# Of a page of the CMS; the rest, and the green of its messages, is Wagtail's.
OUR_PART = {"include": [["main"]], "exclude": [[".messages"]]}

DESK = {"viewport": {"width": 1280, "height": 900}}
PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True}
# Far enough for everything to be still to come, on a Wednesday.
DAY = week_of(datetime.date.today() + datetime.timedelta(days=21)).monday + datetime.timedelta(days=2)


@pytest.fixture
def edition(live_site, person):
    edition = make_tutored_edition(make_course("Evidence across borders"), code="spring", name="Turin")
    make_enrolment(edition, person)
    return edition


@pytest.fixture
def coordinator(edition):
    coordinator = make_staff(first_name="Luc")
    give_edition_role(coordinator, edition, Role.COORDINATOR)
    return coordinator


@pytest.fixture
def room():
    return make_room(
        make_campus("Turin campus"), name="Aula A", seats=40, directions="Second floor, lift on the left"
    )


def test_a_session_is_scheduled_and_moved(
    live_site, edition, coordinator, room, signed_in, look, page_problems
):
    page_problems.allow("422")
    make_session(title="Plenary", room=room, on=DAY)
    lecturer = make_person("conti@example.org", first_name="Sofia", last_name="Conti")
    page = signed_in(coordinator, **DESK)
    page.goto(f"{live_site.url}/cms/timetable/week/?edition={edition.pk}")
    page.get_by_role("link", name="New session").click()
    page.get_by_label("Title").fill("The letter rogatory")
    page.get_by_label("Day", exact=False).first.fill(DAY.isoformat())
    page.get_by_label("Begins at").fill("10:00")
    page.get_by_label("Ends at").fill("12:30")
    page.get_by_label("Room").select_option(label=f"{room} (40 seats)")
    page.get_by_label("Other lecturers").fill(lecturer.email)
    page.keyboard.press("Tab")
    page.get_by_role("button", name="Schedule the session").click()

    expect(page.get_by_text("is taken on")).to_contain_text("“Plenary”")
    expect(page.get_by_label("Title")).to_have_value("The letter rogatory")
    look(page, OUR_PART)
    page.get_by_label("Begins at").fill("14:00")
    page.get_by_label("Ends at").fill("16:30")
    page.keyboard.press("Tab")
    page.get_by_role("button", name="Schedule the session").click()

    card = page.locator(".week__session").filter(has_text="The letter rogatory")
    expect(card).to_contain_text("14:00–16:30")
    expect(card).to_contain_text("Sofia Conti")
    look(page, OUR_PART)
    card.get_by_role("link", name="The letter rogatory", exact=True).click()
    page.get_by_label("Begins at").fill("15:00")
    page.get_by_label("Ends at").fill("17:30")
    page.get_by_label("Reason").fill("The speaker's train")
    page.get_by_role("button", name="Save the change").click()
    expect(page.locator(".week__session").filter(has_text="The letter rogatory")).to_contain_text("15:00")
    assert Session.objects.get(title="The letter rogatory").sequence == 1


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_learner_reads_the_week_on_a_phone_and_gets_a_calendar(
    language, live_site, edition, person, room, signed_in, look
):
    person.time_zone, person.language = "Africa/Nairobi", language
    person.save()
    lecturer = make_person(first_name="Sofia", last_name="Conti")
    make_session(
        edition,
        title="The letter rogatory",
        on=DAY,
        room=room,
        online_link="https://meet.example.org/a",
        lecturers=[lecturer],
        notes="Bring the case file.",
        sequence=1,
    )
    make_session(
        edition,
        title="Appeal",
        on=DAY,
        starts=datetime.time(14),
        cancelled_at=datetime.datetime.now(datetime.UTC),
    )
    page = signed_in(person, **PHONE)
    page.goto(f"{live_site.url}/{language}/learn/")
    page.locator(f"a[href='/{language}/timetable/']").first.click()
    expect(page.locator(".empty a")).to_be_visible()
    look(page)
    page.locator(".empty a").click()

    item = page.get_by_role("listitem").filter(has=page.get_by_role("heading", name="The letter rogatory"))
    expect(item).to_contain_text("Aula A")
    expect(item).to_contain_text(re.compile(r"09:00–12:00 CES?T"))
    look(page)
    page.locator("#calendar button").click()
    address = page.locator("#feed-address").input_value()
    look(page)
    feed = page.context.request.get(address)
    assert feed.text().count("BEGIN:VEVENT") == 2
    assert "STATUS:CANCELLED" in feed.text()


def test_the_timetable_is_read_and_the_address_made_without_scripts(
    live_site, edition, person, signed_in, look
):
    make_session(edition, title="The letter rogatory", on=DAY)
    page = signed_in(person, java_script_enabled=False, **PHONE)

    page.goto(f"{live_site.url}/en/timetable/?week={week_of(DAY).name}")
    expect(page.get_by_role("heading", name="The letter rogatory")).to_be_visible()
    page.get_by_role("button", name="Make the address").click()
    expect(page.get_by_label("Address of your calendar")).to_have_value(re.compile(r"/timetable/.+\.ics$"))
