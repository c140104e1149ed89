"""The main job, as the people who do it: a trainer writes a course, a reviewer publishes it, a judge takes it and
earns a certificate, and a stranger verifies that.
"""

import re

import pytest
from playwright.sync_api import expect

from accounts.models import Role
from courses.models import CoursePage, CourseVersion
from tests.e2e.cms import add_block, entitle, save_draft, write_prose, write_question
from tests.e2e.conftest import PASSWORD, PHONE
from tests.e2e.learner import Learner
from tests.factories.accounts import make_staff
from tests.factories.certificates import make_award_type
from tests.factories.courses import give_course_role, make_course_index
from tests.factories.enrolments import make_edition

COURSE = "Reading the ledger of a company"
# Of a page of the CMS; the rest, and the green of its messages, is Wagtail's.
OUR_PART = {"include": [["main"]], "exclude": [[".messages"]]}
LESSON = "What a ledger shows"
QUIZ_LESSON = "Check yourself"
QUESTIONS = [
    ("What does a ledger record?", ["Every movement of money", "Only what was sold", "Only debts"]),
    ("Who signs the annual accounts?", ["The directors", "The bank", "The court"]),
]


@pytest.fixture
def desk(live_site, mailbox):
    """The catalogue is there, and an award that courses can give."""
    make_course_index("en")
    make_award_type(name="Completion of a course")
    return live_site


@pytest.fixture
def trainer(desk):
    someone = make_staff(Role.AUTHOR, email="trainer@example.org", first_name="Elena", last_name="Ferri")
    someone.emailaddress_set.create(email=someone.email, verified=True, primary=True)
    return someone


@pytest.fixture
def reviewer(desk):
    return make_staff(email="reviewer@example.org", first_name="Tomás", last_name="Aguilar")


def test_a_course_is_written_reviewed_taken_certified_and_verified(
    desk, trainer, reviewer, new_context, signed_in, look, axe, page_problems
):
    page_problems.allow("422")  # the wrong key
    site = desk.url
    author = new_context(viewport={"width": 1366, "height": 900}).new_page()
    sign_in_to_the_cms(author, site, trainer.email)
    begin_the_course(author, site)
    write_the_lessons(author)
    write_the_quiz(author, site, axe)
    place_the_quiz(author, site)
    choose_the_award(author, site)
    preview_as_a_learner(author, site, look)
    course = CoursePage.objects.get()
    give_course_role(reviewer, course, Role.REVIEWER)
    submit_the_whole_course(author, site, axe)

    critic = signed_in(reviewer, viewport={"width": 1366, "height": 900})
    comment_and_approve(critic, site, axe)
    assert CourseVersion.objects.filter(course=course).count() == 1

    make_edition(course, code="ledger-2026", enrolment_key="scales-and-sword")
    judge = Learner(new_context(**PHONE).new_page(), site, look)
    judge.register_and_confirm("amara.okello@example.org", "Amara", "Okello")
    judge.fill_the_profile("amara.okello@example.org", "Uganda", "Trial judge")
    judge.enrol_with_a_key(COURSE, "scales-and-sword")
    judge.mark_the_first_lesson(LESSON)
    judge.open_next(QUIZ_LESSON)
    judge.open_the_quiz()
    judge.fail_and_pass(["Only debts", "The bank"], ["Every movement of money", "The directors"])
    award = judge.receive_the_certificate("Amara A. Okello")

    stranger = Learner(new_context(**PHONE).new_page(), site, look)
    stranger.verify(award.code, "Amara A. Okello", COURSE)


def sign_in_to_the_cms(page, site, email):
    page.goto(f"{site}/cms/")
    page.locator("[name=login]").fill(email)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("[name=password]").press("Enter")
    page.get_by_role("link", name="Courses", exact=True).click()


def begin_the_course(page, site):
    page.get_by_role("link", name="New course").click()
    entitle(page, COURSE)
    page.get_by_role("textbox", name="Summary").fill("How a judge reads the accounts of a company.")
    outcomes = page.get_by_role("region", name="What you will be able to do")
    outcomes.get_by_role("button", name="Insert a block").first.click()
    outcomes.get_by_role("textbox").last.fill("Read the ledger of a company.")
    page.get_by_role("tab", name="For whom").click()
    page.get_by_role("checkbox", name="Judiciary").check()
    page.get_by_role("spinbutton", name="Workload in hours").fill("3")
    page.get_by_role("combobox", name="Award offered").select_option(label="Certificate of completion")
    save_draft(page)
    open_the_outline(page, site)
    page.get_by_role("link", name="Add a unit").click()
    entitle(page, "Books and what they hide")
    page.get_by_role("textbox", name="Summary").fill("Ledgers, journals, accounts.")
    save_draft(page)
    open_the_outline(page, site)


def open_the_outline(page, site):
    page.goto(f"{site}/cms/courses/")
    page.get_by_role("link", name=COURSE).click()


def write_the_lessons(page):
    site = re.match(r"https?://[^/]+", page.url)[0]
    for title in (LESSON, QUIZ_LESSON):
        page.get_by_role("link", name="Lesson", exact=True).click()
        entitle(page, title)
        page.get_by_role("textbox", name="Summary").fill("In ten minutes.")
        body = add_block(page, "Prose")
        write_prose(page, body, "A ledger records every movement of money.")
        if title == LESSON:
            add_block(page, "Mark as read")
        save_draft(page)
        open_the_outline(page, site)


def write_the_quiz(page, site, axe):
    page.goto(f"{site}/cms/quizzes/")
    page.get_by_role("link", name=re.compile("quiz", re.IGNORECASE)).last.click()
    page.get_by_label("Title").fill("Ledger quiz")
    page.get_by_role("button", name="Begin the quiz").click()
    for stem, options in QUESTIONS:
        page.get_by_role("link", name="Single choice").click()
        write_question(page, stem, [(words, f"On “{words}”.") for words in options], right=0)
        axe(page, OUR_PART)
        page.get_by_role("button", name="Save", exact=True).click()
        page.get_by_text("Saved as a draft. Learners see it").wait_for()
    page.get_by_role("link", name="Change rules and words").click()
    page.get_by_text("Pages and order").click()
    page.get_by_role("checkbox", name="Shuffle the options").uncheck()
    axe(page, OUR_PART)
    page.get_by_role("button", name="Save the rules").click()
    page.get_by_text("Saved as a draft. Learners see it").wait_for()


def place_the_quiz(page, site):
    open_the_outline(page, site)
    page.get_by_role("link", name=QUIZ_LESSON, exact=True).click()
    add_block(page, "Activity")
    page.get_by_role("button", name="Choose or create an activity").click()
    page.get_by_role("dialog").get_by_role("link", name="Ledger quiz").click()
    page.get_by_role("dialog").wait_for(state="hidden")
    save_draft(page)


def choose_the_award(page, site):
    open_the_outline(page, site)
    page.get_by_role("link", name="Award", exact=True).click()
    page.get_by_role("combobox", name="Award").select_option(label="Completion of a course")
    page.get_by_role("textbox", name="Reason").fill("As promised on the course page.")
    page.get_by_role("button", name="Save the award of this course").click()


def preview_as_a_learner(page, site, look):
    open_the_outline(page, site)
    with page.expect_popup() as opened:
        page.get_by_role("link", name="Preview as a learner").click()
    preview = opened.value
    expect(preview.get_by_role("heading", name=COURSE, level=1)).to_be_visible()
    look(preview)
    preview.get_by_role("link", name=LESSON).first.click()
    expect(preview.get_by_text("A ledger records every movement of money.")).to_be_visible()
    look(preview)
    preview.close()


def submit_the_whole_course(page, site, axe):
    open_the_outline(page, site)
    axe(page, OUR_PART)
    page.get_by_role("link", name="Submit for review").click()
    page.get_by_label("What changed, and why").wait_for()
    axe(page, OUR_PART)
    page.get_by_label("What changed, and why").fill("A new course on reading ledgers.")
    page.get_by_role("button", name="Submit for review").click()
    page.get_by_text("Submitted. The reviewers have been told.").wait_for()
    assert page.get_by_role("button", name="Approve and publish").count() == 0


def comment_and_approve(page, site, axe):
    page.goto(f"{site}/cms/")
    page.get_by_role("link", name="Submitted courses to review").click()
    page.get_by_role("link", name=COURSE).first.click()
    expect(page.get_by_role("heading", name=LESSON)).to_be_visible()
    expect(page.get_by_text("A new course on reading ledgers.")).to_be_visible()
    axe(page, OUR_PART)
    whole = page.locator("#comments")
    whole.get_by_label("Comment").fill("Clear. A case from practice would help next time.")
    whole.get_by_role("button", name="Send the comment").click()
    page.get_by_text("Comment added.").wait_for()
    page.get_by_role("button", name="Approve and publish").click()
    page.get_by_text("Approved, and live.").wait_for()
