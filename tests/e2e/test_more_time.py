"""A coordinator sets dates, makes a work group and gives a learner more time; the learner sees it, in words."""

import datetime

from django.utils import timezone
from playwright.sync_api import expect

from accounts.models import Role
from enrolments.models import Accommodation
from tests.factories.accounts import make_staff
from tests.factories.assessments import make_quiz
from tests.factories.enrolments import make_enrolment, make_tutored_edition

# What Wagtail draws around it is not ours; on a phone its messages fly over the screen for a moment.
OUR_PART = {"include": [["main"]], "exclude": [[".messages"]]}


def in_days(days):
    day = timezone.localdate() + datetime.timedelta(days=days)
    return f"{day:%Y-%m-%d} 23:59"


def test_a_date_is_set_and_extended_for_one_person(live_site, person, signed_in, axe, page_problems):
    page_problems.allow("422")  # a grant without a reason is refused
    quiz = make_quiz(title="Check")
    edition = make_tutored_edition(quiz.course, code="tutored")
    enrolment = make_enrolment(edition, person)
    coordinator = make_staff(Role.COORDINATOR, first_name="Luc")
    staff, seen = signed_in(coordinator, viewport={"width": 1280, "height": 860}), []

    staff.goto(f"{live_site.url}/cms/editions/{edition.pk}/dates/")
    due = staff.get_by_role("group", name="Due")
    expect(due.get_by_label("Day and time")).to_be_hidden()
    due.get_by_role("combobox").select_option("On a day")
    due.get_by_label("Day and time").fill(in_days(3))
    staff.keyboard.press("Escape")
    staff.get_by_label("Reason").fill("Agreed with the tutor")
    axe(staff, OUR_PART)
    seen.append(staff.url)
    staff.get_by_role("button", name="Save the dates").click()
    expect(staff.get_by_text("The dates have been saved.")).to_be_visible()

    staff.goto(f"{live_site.url}/cms/editions/{edition.pk}/cohorts/")
    staff.get_by_label("Number of groups").fill("1")
    staff.get_by_role("button", name="Make the groups").click()
    expect(staff.get_by_role("link", name="Group 1", exact=True)).to_be_visible()
    axe(staff, OUR_PART)
    seen.append(staff.url)
    staff.get_by_role("link", name="Group 1", exact=True).click()
    expect(staff.get_by_role("link", name="Amara Okello")).to_be_visible()
    axe(staff, OUR_PART)
    seen.append(staff.url)

    staff.get_by_role("link", name="Amara Okello").click()
    staff.get_by_role("link", name="Give more time").click()
    expect(staff.get_by_label("E-mail address of the learner")).to_have_value(person.email)
    staff.get_by_role("button", name="Grant").click()
    expect(staff.get_by_text("Say why.")).to_be_visible()
    staff.get_by_label("Activity").select_option("Check")
    staff.get_by_label("Due").fill(in_days(8))
    staff.keyboard.press("Escape")
    staff.get_by_label("Reason").fill("A hearing abroad")
    axe(staff, OUR_PART)
    seen.append(staff.url)
    staff.get_by_role("button", name="Grant").click()
    expect(staff.get_by_text("It has been granted")).to_be_visible()
    staff.goto(f"{live_site.url}/cms/editions/{edition.pk}/accommodations/")
    expect(staff.get_by_text("A hearing abroad")).to_be_visible()
    axe(staff, OUR_PART)
    seen.append(staff.url)
    assert Accommodation.objects.get().enrolment == enrolment

    learner = signed_in(person, viewport={"width": 360, "height": 740})
    learner.goto(f"{live_site.url}/en/learn/")
    expect(learner.get_by_text("extended for you")).to_be_visible()
    expect(learner.get_by_text("hearing")).to_have_count(0)
    axe(learner)

    phone = signed_in(coordinator, viewport={"width": 360, "height": 740})
    for url in seen:
        phone.goto(url)
        width = phone.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert width <= 0, url
        axe(phone, OUR_PART)
