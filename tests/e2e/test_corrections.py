"""Changing what is live: a slip corrected alone, an older version brought back, and what may not go live."""

import pytest
from playwright.sync_api import expect

from accounts.models import Role
from courses.models import CourseVersion, LessonPage
from courses.services.change_sets import approve, submit
from tests.e2e.cms import entitle, save_draft
from tests.factories.accounts import make_staff
from tests.factories.courses import give_course_role, make_course, make_lesson, make_unit

DESK = {"viewport": {"width": 1366, "height": 900}}


@pytest.fixture
def trainer():
    return make_staff(Role.AUTHOR, first_name="Elena", last_name="Ferri")


@pytest.fixture
def reviewer():
    return make_staff(first_name="Tomás", last_name="Aguilar")


@pytest.fixture
def course(live_site, trainer, reviewer):
    """A live course that has one version."""
    course = make_course("Tracing criminal assets", introduction="<p>About money.</p>", live=False)
    make_lesson(make_unit(course, "First unit"), "Follow the monny", read=True)
    give_course_role(trainer, course, Role.AUTHOR)
    give_course_role(reviewer, course, Role.REVIEWER)
    for page in course.get_descendants(inclusive=True):
        page.specific.save_revision(user=trainer)
    approve(submit(course, trainer, summary="First."), reviewer)
    return course


def test_a_slip_is_corrected_alone(live_site, course, trainer, reviewer, signed_in):
    lesson = LessonPage.objects.get()
    author = signed_in(trainer, **DESK)
    author.goto(f"{live_site.url}/cms/pages/{lesson.pk}/edit/")
    author.get_by_role("textbox", name="Title").fill("Follow the money")
    author.get_by_role("button", name="More actions").click()
    author.get_by_role("button", name="Save and submit this page only").or_(
        author.get_by_role("link", name="Save and submit this page only")
    ).click()
    author.get_by_label("What changed, and why").fill("A slip of the pen.")
    author.get_by_role("button", name="Submit for review").click()
    author.get_by_text("Submitted. The reviewers have been told.").wait_for()
    assert LessonPage.objects.get().title == "Follow the monny", "learners see no change yet"

    critic = signed_in(reviewer, **DESK)
    critic.goto(f"{live_site.url}/cms/courses/reviews/")
    critic.get_by_role("link", name="Review").last.click()
    expect(critic.get_by_text("One page or activity")).to_be_visible()
    critic.get_by_role("button", name="Approve and publish").click()
    critic.get_by_text("Approved, and live.").wait_for()

    assert LessonPage.objects.get().title == "Follow the money"
    assert CourseVersion.objects.filter(course=course).count() == 2


def test_an_older_version_is_brought_back(live_site, course, trainer, reviewer, signed_in):
    lesson = LessonPage.objects.get()
    lesson.title = "Something worse"
    lesson.save_revision(user=trainer)
    approve(submit(course, trainer, summary="Second."), reviewer)
    assert LessonPage.objects.get().title == "Something worse"

    author = signed_in(trainer, **DESK)
    author.goto(f"{live_site.url}/cms/courses/{course.pk}/history/")
    author.get_by_role("button", name="Bring back as a draft").click()
    author.wait_for_load_state()
    author.goto(f"{live_site.url}/cms/courses/{course.pk}/submit/")
    expect(author.get_by_role("main")).to_contain_text("Follow the monny")

    assert LessonPage.objects.get().title == "Something worse", "it waits for review like any change"
    assert LessonPage.objects.get().get_latest_revision_as_object().title == "Follow the monny"


def test_an_empty_unit_is_not_sent_to_review(live_site, course, trainer, signed_in):
    author = signed_in(trainer, **DESK)
    author.goto(f"{live_site.url}/cms/courses/{course.pk}/")
    author.get_by_role("link", name="Add a unit").click()
    entitle(author, "An empty unit")
    save_draft(author)

    author.goto(f"{live_site.url}/cms/courses/{course.pk}/submit/")
    author.get_by_label("What changed, and why").fill("A new unit.")
    author.get_by_role("button", name="Submit for review").click()

    expect(author.get_by_role("alert")).to_contain_text("An empty unit")
    expect(author.get_by_label("What changed, and why")).to_have_value("A new unit.")
    assert not course.change_sets.filter(summary="A new unit.").exists()
