"""A learner writes while the network fails and hands in; a marker marks by keyboard alone and the mark arrives."""

import re

import pytest
from playwright.sync_api import expect

from accounts.models import Role
from assessments.models import Marking, Rubric, Submission
from tests.e2e.conftest import PHONE
from tests.factories.accounts import make_staff
from tests.factories.assignments import make_assignment, make_rubric, make_submission
from tests.factories.courses import give_course_role
from tests.factories.enrolments import give_edition_role, make_edition, make_enrolment

pytestmark = pytest.mark.django_db(transaction=True)
PDF = {"name": "plea.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7\n%%EOF"}
FAKE = {"name": "fake.pdf", "mimeType": "application/pdf", "buffer": b"<html></html>"}


@pytest.fixture
def assignment():
    return make_assignment(rubric=make_rubric(), languages=("en", "ar"))


@pytest.fixture
def enrolment(assignment, person):
    return make_enrolment(make_edition(assignment.course), person)


def test_nothing_typed_is_lost_and_what_is_handed_in_has_a_receipt(
    signed_in, live_site, assignment, enrolment, look, page_problems
):
    page_problems.allow("ERR_INTERNET_DISCONNECTED|422")
    page = signed_in(enrolment.person, **PHONE)
    page.goto(f"{live_site.url}/en/learn/{enrolment.edition.code}/assignments/{assignment.pk}/")
    look(page)
    page.get_by_role("button", name="Begin").click()
    text = page.get_by_label("Your text")
    text.fill("Saved while there is a connection.")
    expect(page.get_by_text(re.compile(r"Saved \d"))).to_be_visible()

    page.context.set_offline(True)
    text.fill("Typed in a tunnel.")
    expect(page.get_by_text("Not saved: there is no connection.")).to_be_visible()
    page.context.set_offline(False)
    expect(page.get_by_text(re.compile(r"Saved \d"))).to_be_visible()
    assert Submission.objects.get().text == "Typed in a tunnel."

    page.context.set_offline(True)
    text.fill("Typed just before the browser was closed.")
    expect(page.get_by_text("Not saved: there is no connection.")).to_be_visible()
    page.context.set_offline(False)
    page.goto("about:blank")
    page.goto(
        f"{live_site.url}/en/learn/{enrolment.edition.code}/submissions/{Submission.objects.get().pk}/draft/"
    )
    expect(page.get_by_label("Your text")).to_have_value("Typed just before the browser was closed.")

    page.get_by_label("Add a file").set_input_files(FAKE)
    expect(page.get_by_text("does not hold what its name says")).to_be_visible()
    page.get_by_label("Add a file").set_input_files(PDF)
    expect(page.get_by_role("link", name="plea.pdf")).to_be_visible()
    look(page)

    page.get_by_role("button", name="Look over and hand in").click()
    expect(page.get_by_text("Typed just before the browser was closed.")).to_be_visible()
    look(page)
    page.get_by_role("button", name="Hand in").click()
    expect(page.get_by_role("heading", name="Handed in")).to_be_visible()
    expect(page.get_by_text(Submission.objects.get().files.get().sha256)).to_be_visible()
    look(page)


def test_two_devices_do_not_write_over_each_other(signed_in, live_site, assignment, enrolment, page_problems):
    page_problems.allow("409")
    laptop = signed_in(enrolment.person)
    laptop.goto(f"{live_site.url}/en/learn/{enrolment.edition.code}/assignments/{assignment.pk}/")
    laptop.get_by_role("button", name="Begin").click()
    phone = signed_in(enrolment.person, **PHONE)
    phone.goto(laptop.url)
    laptop.get_by_label("Your text").fill("From the laptop.")
    expect(laptop.get_by_text(re.compile(r"Saved \d"))).to_be_visible()

    phone.get_by_label("Your text").fill("From the phone.")
    expect(phone.get_by_text("A newer text was saved meanwhile.")).to_be_visible()
    phone.get_by_role("button", name="Save draft").click()

    expect(phone.get_by_role("region", name="The newer text")).to_contain_text("From the laptop.")
    expect(phone.get_by_label("Your text")).to_have_value("From the phone.")
    assert Submission.objects.get().text == "From the laptop."


def test_a_marker_marks_by_keyboard_and_the_learner_reads_it_in_arabic(
    signed_in, live_site, assignment, enrolment, look, axe
):
    make_submission(assignment, enrolment, text="The order is needed at once.")
    other = make_submission(assignment, make_enrolment(enrolment.edition))
    tutor = make_staff()
    give_edition_role(tutor, enrolment.edition, Role.TUTOR)
    page = signed_in(tutor)
    page.goto(f"{live_site.url}/cms/assignment-marking/{assignment.pk}/{enrolment.edition.pk}/")
    axe(page)
    page.get_by_role("link", name="Amara Okello").click()
    axe(page)

    page.get_by_role("radio", name=re.compile("Weak")).first.focus()
    page.keyboard.press("3")
    expect(page.get_by_role("radio", name=re.compile("Strong")).first).to_be_checked()
    expect(page.get_by_text(re.compile(r"Saved \d"))).to_be_visible()
    assert Marking.objects.get().criteria.get().level == "strong"
    page.get_by_role("radio", name=re.compile("Weak")).last.focus()
    page.keyboard.press("2")
    page.get_by_label("Comment on the whole").fill("Well argued.")
    with page.expect_navigation():
        page.keyboard.press("Control+Enter")

    expect(page).to_have_url(re.compile(f"/submissions/{other.pk}/$"))
    page.goto(f"{live_site.url}/cms/assignment-marking/{assignment.pk}/{enrolment.edition.pk}/")
    page.get_by_role("button", name="Release 1 mark").click()
    expect(page.get_by_text("1 mark is released.")).to_be_visible()

    learner = signed_in(enrolment.person, **PHONE)
    submission = enrolment.attempts.get().submission_member.submission_id
    learner.goto(f"{live_site.url}/ar/learn/{enrolment.edition.code}/submissions/{submission}/")
    expect(learner.get_by_text("Well argued.")).to_be_visible()
    expect(learner.get_by_role("heading", name="ناجح")).to_be_visible()
    look(learner)


def test_an_author_builds_a_rubric_in_the_grid_by_keyboard(signed_in, live_site, axe):
    assignment = make_assignment()
    author = make_staff()
    give_course_role(author, assignment.course, Role.AUTHOR)
    page = signed_in(author)
    page.goto(f"{live_site.url}/cms/rubrics/new/?course={assignment.course.pk}")
    page.get_by_label("Name").fill("Reasoning")
    page.get_by_role("button", name="Begin the rubric").click()
    axe(page)

    page.get_by_label("Title of criterion 1").fill("Legal basis")
    page.keyboard.press("Alt+ArrowRight")
    page.keyboard.press("Control+a")
    page.keyboard.type("5")
    page.get_by_role("button", name="Add a criterion").click()
    expect(page.get_by_label("Title of criterion 3")).to_be_focused()
    page.keyboard.type("Clarity")
    page.get_by_role("button", name=re.compile("Remove criterion 2")).click()
    expect(page.get_by_label("Title of criterion 3")).to_have_count(0)
    page.get_by_role("button", name="Save").last.click()

    expect(page.get_by_text("The rubric is saved.")).to_be_visible()
    rubric = Rubric.objects.get(name="Reasoning")
    titles = [rubric.texts.get().criteria[row["key"]]["title"] for row in rubric.criteria]
    assert titles == ["Legal basis", "Clarity"]
    assert rubric.criteria[0]["points"][rubric.levels[0]["key"]] == "5"
