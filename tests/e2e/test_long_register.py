"""A six-hour day of 46 people on a phone: how many touches it takes; and what a shared phone keeps afterwards."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from tests.e2e.conftest import PHONE, wait_until
from tests.factories.accounts import make_person
from tests.factories.courses import make_course
from tests.factories.enrolments import make_edition, make_enrolment
from tests.factories.timetable import make_session
from timetable.models import AttendanceMark, Status

IS_KEPT = "navigator.serviceWorker.ready.then(() => caches.match(location.pathname)).then(Boolean)"

PEOPLE = 46


@pytest.fixture
def teacher(live_site):
    return make_person(first_name="Leila", last_name="Mansour")


@pytest.fixture
def day(teacher):
    """Yesterday: three hours before lunch, three after it."""
    edition = make_edition(make_course("International criminal law"))
    long_ago = timezone.now() - datetime.timedelta(days=30)
    for number in range(PEOPLE):
        person = make_person(first_name="Ada", last_name=f"Name{number:02}")
        make_enrolment(edition, person, enrolled_at=long_ago)
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    return [
        make_session(edition, on=yesterday, starts=datetime.time(hour), lecturers=[teacher], title=title)
        for hour, title in ((9, "Modes of liability"), (13, "Sentencing"))
    ]


class Thumb:
    """Touches a page as a person would, and counts."""

    def __init__(self, page):
        self.page = page
        self.touches = self.keys = 0

    def tap(self, what):
        what.tap()
        self.touches += 1

    def type(self, text):
        self.page.keyboard.type(text)
        self.keys += len(text)

    def say(self, name, status, label="", text=""):
        """Say of a person what is not so: the name, the status, and what that asks for."""
        line = self.page.locator("[data-line]").filter(has_text=name)
        self.tap(line.locator("summary"))
        self.tap(line.get_by_text(status, exact=True).last)
        if text:
            self.tap(line.get_by_label(label))
            self.type(text)


def counted(session, status):
    return AttendanceMark.objects.newest().filter(session=session, status=status).count()


def test_a_day_of_two_blocks_takes_eighteen_touches(day, signed_in, live_site, look):
    morning, afternoon = day
    page = signed_in(day[0].lecturers.get().person, **PHONE)
    thumb = Thumb(page)

    page.goto(live_site.url + reverse("attendance:register", args=[morning.key]))
    thumb.say("Name03", "Absent")
    thumb.say("Name11", "Late", "Minutes late", "10")
    thumb.say("Name19", "Excused", "Reason", "Visa")
    thumb.say("Name30", "Late", "Minutes late", "25")
    thumb.say("Name44", "Absent")
    expect(page.locator("[data-line] details[open]")).to_have_count(1)
    thumb.tap(page.get_by_role("button", name="Save"))
    expect(page.locator("[data-state]")).to_contain_text("Saved ")

    page.goto(live_site.url + reverse("attendance:register", args=[afternoon.key]))
    look(page)
    thumb.tap(page.get_by_role("link", name="Take them over"))
    thumb.say("Name11", "Absent")
    thumb.tap(page.get_by_role("button", name="Save"))
    expect(page.locator("[data-state]")).to_contain_text("Saved ")

    assert (counted(morning, Status.PRESENT), counted(morning, Status.LATE)) == (PEOPLE - 5, 2)
    assert (counted(afternoon, Status.ABSENT), counted(afternoon, Status.EXCUSED)) == (3, 1)
    assert thumb.touches <= 18
    assert thumb.keys <= 8


def test_the_one_before_is_taken_over_without_a_connection_too(day, signed_in, live_site, page_problems):
    # What the page fetches to be kept may still be on its way.
    page_problems.allow("ERR_")
    morning, afternoon = day
    someone = morning.edition.enrolments.order_by("pk").first()
    AttendanceMark.objects.create(
        session=morning,
        enrolment=someone,
        number=1,
        status=Status.ABSENT,
        taken_at=timezone.now(),
        recorded_by=morning.lecturers.get().person,
    )
    page = signed_in(morning.lecturers.get().person, **PHONE)
    page.goto(live_site.url + reverse("attendance:register", args=[afternoon.key]))
    page.wait_for_function(IS_KEPT)
    page.context.set_offline(True)

    page.get_by_role("link", name="Take them over").tap()
    page.get_by_role("button", name="Save").tap()
    expect(page.locator("[data-trouble]")).to_contain_text("kept on this device")
    page.context.set_offline(False)

    wait_until(page, lambda: counted(afternoon, Status.ABSENT) == 1)


KEPT = "caches.has('registers').then((kept) => [kept, Object.keys(localStorage).length])"


def test_a_shared_phone_keeps_nothing_after_signing_out_and_says_what_would_be_lost(
    day, teacher, signed_in, live_site, look, page_problems
):
    page_problems.allow("ERR_")
    register = live_site.url + reverse("attendance:register", args=[day[0].key])
    page = signed_in(teacher, **PHONE)
    page.goto(register)
    page.wait_for_function(IS_KEPT)
    Thumb(page).say("Name03", "Absent")
    assert page.evaluate(KEPT)[0]

    def sign_out():
        page.locator("summary").filter(has_text="Account").click()
        page.get_by_role("button", name="Sign out", exact=True).click()

    sign_out()
    question = page.get_by_role("dialog", name="Not everything has been sent")
    expect(question).to_be_visible()
    look(page)
    question.get_by_role("button", name="Stay signed in").click()
    expect(question).to_be_hidden()
    page.reload()
    expect(page.locator("[data-line]").filter(has_text="Name03")).to_contain_text("Absent")

    sign_out()
    question.get_by_role("button", name="Remove it and sign out").click()
    page.wait_for_url(lambda url: "/register/" not in url)
    expect(page.get_by_role("link", name="Sign in").first).to_be_attached()
    page.wait_for_function(f"{KEPT}.then(([pages, entries]) => !pages && entries === 0)")

    page.context.set_offline(True)
    with pytest.raises(Exception, match=r"ERR_(FAILED|INTERNET_DISCONNECTED)"):
        page.goto(register)


def test_what_was_not_sent_stays_while_nobody_is_signed_out_and_goes_wherever_somebody_is(
    day, teacher, signed_in, live_site, page_problems
):
    page_problems.allow("ERR_")
    register = live_site.url + reverse("attendance:register", args=[day[0].key])
    page = signed_in(teacher, **PHONE)
    page.goto(register)
    Thumb(page).say("Name03", "Absent")

    page.context.set_offline(True)
    page.locator("summary").filter(has_text="Account").click()
    page.get_by_role("button", name="Sign out", exact=True).click()
    question = page.get_by_role("dialog", name="Not everything has been sent")
    with page.expect_event("requestfailed", lambda request: request.method == "POST"):
        question.get_by_role("button", name="Remove it and sign out").click()
    page.context.set_offline(False)
    page.goto(register)
    expect(page.locator("[data-line]").filter(has_text="Name03")).to_contain_text("Absent")

    other = page.context.new_page()
    other.goto(f"{live_site.url}/en/accounts/logout/")
    other.locator("main").get_by_role("button", name="Sign Out").click()
    other.wait_for_function(f"{KEPT}.then(([pages, entries]) => !pages && entries === 0)")
    page.wait_for_url(lambda url: "/login/" in url)


def test_a_page_that_nobody_is_signed_in_to_forgets_kept_registers(day, teacher, signed_in, live_site):
    page = signed_in(teacher, **PHONE)
    page.goto(live_site.url + reverse("attendance:register", args=[day[0].key]))
    page.wait_for_function(IS_KEPT)

    page.context.clear_cookies()
    page.goto(live_site.url)

    page.wait_for_function("caches.has('registers').then((kept) => !kept)")
