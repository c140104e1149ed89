"""A coordinator sees who waits at a gate and waives it; the student finds the programme on a phone and chooses."""

import datetime
import os
import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from accounts.models import Role
from gradebook.models import GradeScheme
from programmes.models import Gate, GateConditionKind
from programmes.services import admit
from tests.factories.accounts import make_staff
from tests.factories.courses import make_course
from tests.factories.enrolments import make_tutored_edition
from tests.factories.gradebook import make_category, make_entry, make_item
from tests.factories.programmes import make_module, make_phase, make_programme_edition, make_programme_page
from tests.factories.timetable import make_session

DESK = {"viewport": {"width": 1280, "height": 900}}
PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True}


@pytest.fixture
def programme(live_site, person):
    today = timezone.localdate()
    page = make_programme_page(title="LL.M. in Transnational Crime and Justice")
    edition = make_programme_edition(
        page,
        code="llm-2026",
        name="LL.M. 2026-27",
        starts_on=today,
        ends_on=today + datetime.timedelta(days=200),
    )
    online = make_phase(edition, name="Online phase", electives=1)
    later = today + datetime.timedelta(days=60)
    residential = make_phase(edition, name="Residential phase", kind="residential", starts_on=later)
    law = make_tutored_edition(make_course("Transnational organized crime", units=1, lessons=1))
    first = make_module(online, law, code="TCJ 501", pass_mark="0.6")
    choice = make_tutored_edition(make_course("Environmental crime", units=1, lessons=1))
    make_module(online, choice, code="TCJ 590", is_elective=True)
    make_module(residential, code="TCJ 601")
    gate = Gate.objects.create(phase=residential, note="See the academic rules, section 4.")
    gate.conditions.create(kind=GateConditionKind.MODULES)
    make_session(law, title="Opening lecture")
    item = make_item(make_category(GradeScheme.objects.create(edition=law)))
    student = admit(person, edition, mode="in_person", by=None)
    make_entry(item, student.module_enrolments.get(module=first).enrolment, "0.5")
    return edition


def photograph(page, name):
    """Keep a picture where somebody asked for one."""
    if folder := os.environ.get("SCREENSHOTS"):
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)


def test_a_student_finds_the_programme_and_the_coordinator_waives_the_gate(
    live_site, programme, person, signed_in, look
):
    phone = signed_in(person, **PHONE)
    phone.goto(f"{live_site.url}/en/learn/")
    phone.get_by_role("link", name="LL.M. 2026-27").click()
    expect(phone.get_by_text("0 of 1 compulsory modules are passed.")).to_be_visible()
    expect(phone.get_by_text("Opening lecture")).to_be_visible()
    look(phone)
    photograph(phone, "place-360")
    phone.get_by_role("button", name=re.compile("Choose.*Environmental crime")).click()
    expect(phone.get_by_role("link", name="Environmental crime")).to_be_visible()
    assert phone.evaluate("document.documentElement.scrollWidth <= window.innerWidth")

    desk = signed_in(make_staff(Role.COORDINATOR, first_name="Luc"), **DESK)
    desk.goto(f"{live_site.url}/cms/programmes/{programme.pk}/")
    look(desk, ".content-wrapper")
    photograph(desk, "overview-1280")
    desk.get_by_role("link", name=re.compile("1 student")).click()
    expect(desk.get_by_text("0 of 1 compulsory modules are passed.")).to_be_visible()
    look(desk, ".content-wrapper")
    photograph(desk, "students-1280")
    desk.get_by_role("link", name=str(person)).click()
    expect(desk.get_by_role("heading", name="Phases and gates")).to_be_visible()
    look(desk, ".content-wrapper")
    photograph(desk, "student-1280")
    desk.get_by_role("link", name="Waive the gate").click()
    desk.get_by_label("Reason").fill("Re-sit agreed for February")
    desk.get_by_role("button", name="Waive the gate").click()
    expect(desk.get_by_text("The gate is open to this student.")).to_be_visible()

    phone.goto(f"{live_site.url}/en/programmes/llm-2026/")
    expect(phone.get_by_text("The coordinator has opened it to you")).to_be_visible()
    phone.goto(f"{live_site.url}/ar/programmes/llm-2026/")
    photograph(phone, "place-ar-360")
    phone.goto(live_site.url + programme.page.url)
    expect(phone.get_by_role("heading", name="LL.M. 2026-27")).to_be_visible()
    look(phone)
    photograph(phone, "page-360")
