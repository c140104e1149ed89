"""Attendance on the devices people have: a register on a phone with a bad line, a code on the wall, scanned."""

import datetime
import os
import re

import pytest
from django.urls import reverse
from django.utils.translation import override
from playwright.sync_api import expect

from accounts.models import Role
from tests.e2e.conftest import PHONE, wait_until
from tests.factories.accounts import make_person, make_staff
from tests.factories.attendance import make_session_at
from tests.factories.courses import make_course
from tests.factories.enrolments import give_edition_role, make_edition, make_enrolment
from timetable.attendance.codes import code_of
from timetable.attendance.marks import NewMark
from timetable.attendance.services import save_register
from timetable.models import AttendanceMark, Road, Status

SHOTS = os.environ.get("SCREENSHOTS")
NAMES = ["Abiodun", "Bianchi", "Chen", "Diallo", "Eriksen", "Farah", "García", "Haddad"]


def shoot(page, name, **options):
    """Keep a picture where SCREENSHOTS names a folder."""
    if SHOTS:
        page.screenshot(path=f"{SHOTS}/attendance-{name}.png", **{"full_page": True} | options)


@pytest.fixture
def teacher(live_site):
    return make_person(first_name="Leila", last_name="Mansour")


@pytest.fixture
def session(teacher):
    edition = make_edition(make_course("International criminal law"))
    for name in NAMES:
        make_enrolment(edition, make_person(first_name="Ada", last_name=name))
    return make_session_at(
        edition,
        begins=datetime.timedelta(minutes=-3),
        lecturers=[teacher],
        title="Modes of liability",
        minutes=360,
    )


def newest(session, name):
    marks = AttendanceMark.objects.newest().filter(session=session)
    return marks.filter(enrolment__person__last_name=name).first()


def line(page, name):
    return page.locator("[data-line]").filter(has_text=name)


def choose(page, name, status):
    found = line(page, name)
    if not found.locator("details").evaluate("(one) => one.open"):
        found.locator("summary").click()
    found.get_by_text(status, exact=True).last.click()


def test_a_register_is_taken_with_the_connection_gone_and_tells_what_a_colleague_did(
    session, teacher, signed_in, live_site, look, page_problems
):
    page_problems.allow("ERR_INTERNET_DISCONNECTED")
    page = signed_in(teacher, **PHONE)
    page.goto(live_site.url + reverse("attendance:register", args=[session.key]))
    look(page)
    shoot(page, "register")
    page.wait_for_function(
        "navigator.serviceWorker.ready.then(() => caches.match(location.pathname)).then(Boolean)"
    )
    page.get_by_role("button", name="Save").click()
    expect(page.locator("[data-state]")).to_contain_text("Saved ")
    assert newest(session, "Chen").status == Status.PRESENT

    page.context.set_offline(True)
    choose(page, "Chen", "Absent")
    choose(page, "Diallo", "Late")
    line(page, "Diallo").get_by_label("Minutes late").fill("20")
    look(page)
    shoot(page, "register-open")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("[data-trouble]")).to_contain_text("kept on this device")
    expect(page.locator("[data-state]")).to_have_text("Not sent yet. Kept on this device.")
    shoot(page, "register-offline")
    assert newest(session, "Chen").status == Status.PRESENT

    chen = newest(session, "Chen")
    colleague = make_person(first_name="Omar", last_name="Said")
    theirs = NewMark(chen.enrolment_id, Status.EXCUSED, base=chen.number, reason="Hearing")
    save_register(session, [theirs], colleague)

    page.reload()
    expect(line(page, "Diallo")).to_contain_text("Late 20 min")
    expect(line(page, "Chen")).to_contain_text("Absent")
    page.context.set_offline(False)

    expect(page.locator("[data-trouble]")).to_contain_text("Omar Said recorded “Excused”", timeout=40_000)
    assert newest(session, "Diallo").minutes_late == 20
    assert newest(session, "Chen").status == Status.EXCUSED
    look(page)
    shoot(page, "register-conflict")

    choose(page, "Chen", "Absent")
    page.get_by_role("button", name="Save").click()
    wait_until(page, lambda: newest(session, "Chen").status == Status.ABSENT)
    assert newest(session, "Chen").number == 3


def test_a_name_is_found_and_the_register_works_without_scripts(session, teacher, signed_in, live_site, look):
    page = signed_in(teacher, **PHONE)
    page.goto(live_site.url + reverse("attendance:register", args=[session.key]))
    page.get_by_label("Find a name").fill("garcia")
    expect(page.locator("[data-line]:visible")).to_have_count(1)
    page.get_by_label("Find a name").fill("zzz")
    expect(page.get_by_text("Nobody of that name is expected.")).to_be_visible()

    plain = signed_in(teacher, java_script_enabled=False, **PHONE)
    plain.goto(live_site.url + reverse("attendance:register", args=[session.key]))
    choose_plain = line(plain, "Farah")
    choose_plain.locator("summary").click()
    choose_plain.locator("label", has_text="Absent").click()
    plain.get_by_role("button", name="Save").click()

    expect(plain.get_by_text(re.compile("Present: 7, late: 0, excused: 0, absent: 1"))).to_be_visible()
    assert newest(session, "Farah").status == Status.ABSENT


def test_a_student_scans_the_code_on_the_wall(session, teacher, signed_in, live_site, look):
    wall = signed_in(teacher)
    wall.goto(live_site.url + reverse("attendance:check_in_code", args=[session.key]))
    look(wall)
    shoot(wall, "code")
    expect(wall.get_by_role("img", name="Check-in code")).to_be_visible()

    student = session.edition.enrolments.get(person__last_name="Eriksen").person
    phone = signed_in(student, **PHONE)
    phone.goto(f"{live_site.url}/check-in/{code_of(session.key)}/")
    look(phone)
    phone.get_by_role("button", name="I am here").click()
    expect(phone.get_by_text("You are marked present")).to_be_visible()
    look(phone)
    shoot(phone, "checked-in")
    assert newest(session, "Eriksen").road == Road.QR

    phone.get_by_role("link", name="My attendance").click()
    look(phone)
    shoot(phone, "mine")
    wall.goto(live_site.url + reverse("attendance:sheet", args=[session.key]))
    look(wall)
    shoot(wall, "sheet")


def test_the_same_in_arabic_and_an_edition_at_a_glance(session, teacher, signed_in, live_site, look):
    learners = {one.person.last_name: one for one in session.edition.enrolments.select_related("person")}
    marks = [NewMark(one.pk, Status.PRESENT) for one in learners.values() if one.person.last_name > "C"]
    late = NewMark(learners["Abiodun"].pk, Status.LATE, minutes_late=40)
    absent = NewMark(learners["Bianchi"].pk, Status.ABSENT, reason="Visa")
    save_register(session, [*marks, late, absent], teacher)
    with override("ar"):
        register = reverse("attendance:register", args=[session.key])
        mine = reverse("attendance:edition_attendance", args=[session.edition.code])
        person = reverse("attendance:correct_mark", args=[session.key, learners["Bianchi"].key])

    page = signed_in(teacher, **PHONE)
    page.goto(live_site.url + register)
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    line(page, "Bianchi").locator("summary").click()
    look(page)
    shoot(page, "register-ar")
    page.goto(live_site.url + person)
    look(page)
    shoot(page, "correction-ar")
    phone = signed_in(learners["Abiodun"].person, **PHONE)
    phone.goto(live_site.url + mine)
    look(phone)
    shoot(phone, "mine-ar")

    staff = make_staff()
    give_edition_role(staff, session.edition, Role.COORDINATOR)
    desk = signed_in(staff, viewport={"width": 1280, "height": 900})
    desk.goto(live_site.url + reverse("staff_attendance:edition", args=[session.edition.pk]))
    expect(desk.get_by_role("row").nth(1)).to_contain_text("Bianchi")
    look(desk, "#main")
    shoot(desk, "overview")
    desk.goto(live_site.url + reverse("staff_attendance:rules", args=[session.edition.pk]))
    look(desk, "#main")
    shoot(desk, "rules")
