"""Trainers bring or write interactive content, place it in a lesson, and have it reviewed; a learner plays it."""

import re
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from accounts.models import Role
from h5p.models import Content
from h5p.playing import playable
from h5p.services.shipping import install_content_types
from learning.models import Attempt, H5PActivity
from tests.e2e.cms import add_block, save_draft, typed
from tests.e2e.test_quizzes import shoot
from tests.factories.accounts import make_staff
from tests.factories.cms import make_image
from tests.factories.courses import give_course_role, make_course, make_lesson, place
from tests.factories.enrolments import make_edition, make_enrolment
from tests.factories.h5p import make_interactive
from tests.h5p.players import playable_package

DESK = {"width": 1280, "height": 1000}
OUR_PART = ".h5p-screen"
NOT_THE_FRAME = {"include": [[OUR_PART]], "exclude": [["iframe"]]}


@pytest.fixture(autouse=True)
def _own_store(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def course(live_site):
    return make_course("Handling exhibits")


@pytest.fixture
def lesson(course):
    lesson = make_lesson(course, "Sealing")
    lesson.save_revision().publish()
    return lesson


@pytest.fixture
def author(course):
    author = make_staff(Role.AUTHOR, first_name="Nadia", last_name="Author")
    give_course_role(author, course, Role.AUTHOR)
    return author


@pytest.fixture
def reviewer(course):
    reviewer = make_staff(first_name="Omar", last_name="Reviewer")
    give_course_role(reviewer, course, Role.REVIEWER)
    return reviewer


def preview_of(page):
    page.locator("#preview").scroll_into_view_if_needed()
    return page.frame_locator("iframe.h5p-frame__frame")


def look_over(page, tmp_path, package, name="custody.h5p"):
    (tmp_path / name).write_bytes(package.getvalue() if hasattr(package, "getvalue") else package)
    page.get_by_label("H5P package").set_input_files(tmp_path / name)
    page.get_by_role("button", name="Look the package over").click()
    page.get_by_role("button", name="Import").click()


def test_a_package_is_imported_approved_placed_reviewed_and_played(
    signed_in, live_site, course, lesson, author, reviewer, axe, tmp_path
):
    page = signed_in(author, viewport=DESK)
    page.goto(f"{live_site.url}/cms/h5p/upload/")
    look_over(page, tmp_path, playable_package())
    expect(page.get_by_text("Learners cannot play this yet")).to_be_visible()

    manager = signed_in(make_staff(Role.H5P_MANAGER), viewport=DESK)
    manager.goto(f"{live_site.url}/cms/h5p/libraries/")
    for box in manager.get_by_role("checkbox").all():
        box.check()
    manager.get_by_label("Reason").fill("Exported from our own Moodle")
    manager.get_by_role("button", name="Approve").click()

    page.goto(f"{live_site.url}{reverse('wagtailadmin_pages:edit', args=[lesson.pk])}")
    add_block(page, "Activity")
    page.get_by_role("button", name="Choose or create an activity").click()
    window = page.get_by_role("dialog")
    window.get_by_role("tab", name="Create new").click()
    window.locator("select[name=kind]:visible").select_option(label="Interactive activity")
    window.locator("input[name=title]:visible").fill("Who sealed it?")
    window.get_by_role("button", name="Create").click()
    window.wait_for(state="hidden")
    save_draft(page)

    activity = H5PActivity.objects.get()
    page.goto(f"{live_site.url}{reverse('interactive_activities:edit', args=[activity.pk])}")
    expect(page.get_by_text("has no content in the language of the course")).to_be_visible()
    page.get_by_role("button", name="Choose content or upload a package").click()
    page.get_by_role("dialog").get_by_role("link", name="Chain of custody").click()
    page.get_by_role("dialog").wait_for(state="hidden")
    alternative = page.get_by_role("textbox", name="Text alternative")
    alternative.click()
    alternative.press_sequentially("Somebody seals an exhibit. It is the officer who seized it.")
    typed(page, "It is the officer who seized it.")
    page.get_by_role("radio", name="the score reaches the pass mark").check()
    page.get_by_label("Pass mark in per cent").fill("80")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Before it can be published")).to_have_count(0)
    expect(preview_of(page).get_by_role("button", name="The officer")).to_be_visible()
    shoot(page, "interactive-activity")
    axe(page, NOT_THE_FRAME)

    page.get_by_role("link", name="Submit the course for review").click()
    page.get_by_label("What changed, and why").fill("An exercise on sealing.")
    page.get_by_role("button", name="Submit for review").click()
    page.get_by_text("Submitted. The reviewers have been told.").wait_for()

    page = signed_in(reviewer, viewport=DESK)
    page.goto(f"{live_site.url}/cms/")
    page.get_by_role("link", name="Submitted courses to review").click()
    page.get_by_role("link", name="Handling exhibits").first.click()
    page.get_by_role("button", name="Approve and publish").click()
    page.get_by_text("Approved, and live.").wait_for()

    enrolment = make_enrolment(make_edition(course))
    learner = signed_in(enrolment.person, viewport=DESK)
    learner.goto(live_site.url + reverse("learning:lesson", args=[enrolment.edition.code, lesson.pk]))
    learner.locator("[data-h5p-frame]").scroll_into_view_if_needed()
    frame = learner.frame_locator("iframe.h5p-frame__frame")
    frame.get_by_role("button", name="The officer").click()
    frame.get_by_role("button", name="Check").click()
    expect(learner.get_by_text("Result saved: 1 of 1. That is enough to pass.")).to_be_visible()
    leave(learner)
    assert Attempt.objects.get().passed


def test_a_trainer_writes_a_question_set_with_a_picture_from_nothing_and_gets_it_back_identical(
    signed_in, live_site, author, axe, tmp_path
):
    install_content_types()
    make_image(title="A sealed bag")
    page = signed_in(author, viewport=DESK)
    page.goto(f"{live_site.url}/cms/h5p/")
    page.get_by_role("link", name="New content").click()
    shoot(page, "interactive-types")
    axe(page, OUR_PART)
    page.get_by_role("link", name="Question set").click()
    page.get_by_role("textbox", name="Title", exact=True).fill("Sealing a bag")
    first = page.get_by_role("group", name=re.compile("^Question 1"))
    first.get_by_role("combobox", name="Question").select_option(label="True or false")
    write(first.get_by_role("textbox", name="Statement"), "A seal that was broken and replaced is recorded.")
    page.get_by_role("button", name="Add: Question").click()
    second = page.get_by_role("group", name=re.compile("^Question 2"))
    second.get_by_role("combobox", name="Question").select_option(label="Multiple choice")
    write(second.get_by_role("textbox", name="Question", exact=True), "Who may open a sealed bag?")
    second.locator("summary").filter(has_text="Picture").first.click()
    second.get_by_role("button", name="Choose an image").click()
    page.get_by_role("dialog").get_by_role("link", name="A sealed bag").click()
    page.get_by_role("dialog").wait_for(state="hidden")
    second.get_by_label("What the picture shows").fill("A bag with a numbered seal")
    options = second.get_by_role("textbox", name="Words of the option")
    for number, words in enumerate(["Anybody in the store", "Whoever the record names"]):
        write(options.nth(number), words)
    for _empty in range(2):
        second.get_by_role("group", name=re.compile("^Option 3")).get_by_role("button", name="Remove").click()
    second.get_by_role("checkbox", name="This option is right").nth(1).check()
    page.get_by_role("button", name="Save draft and preview").click()
    expect(page.get_by_text("Saved as version 1, a draft.")).to_be_visible()

    frame = preview_of(page)
    expect(frame.get_by_text("A seal that was broken and replaced is recorded.")).to_be_visible()
    axe(page, NOT_THE_FRAME)
    page.get_by_role("button", name="Save and publish").click()
    expect(page.get_by_text("Version 2 is saved and played from now on.")).to_be_visible()
    axe(page, NOT_THE_FRAME)

    content = Content.objects.get()
    activity = make_interactive(make_course(), content=content, completion_rule="passed", pass_mark="0.8")
    placement = place(activity)
    enrolment = make_enrolment(make_edition(activity.course))
    learner = signed_in(enrolment.person, viewport=DESK)
    lesson = reverse("learning:lesson", args=[enrolment.edition.code, placement.lesson_id])
    learner.goto(f"{live_site.url}{lesson}")
    learner.locator("[data-h5p-frame]").scroll_into_view_if_needed()
    frame = learner.frame_locator("iframe.h5p-frame__frame")
    frame.get_by_role("radio", name="True").check()
    frame.get_by_role("button", name="Next").click()
    expect(frame.get_by_role("img", name="A bag with a numbered seal")).to_be_visible()
    frame.get_by_label("Whoever the record names").check()
    frame.get_by_role("button", name="Finish").click()
    expect(learner.get_by_text("Result saved: 2 of 2. That is enough to pass.")).to_be_visible()
    leave(learner)

    with page.expect_download() as download:
        page.get_by_role("link", name="Export as .h5p").click()
    exported = Path(download.value.path()).read_bytes()
    page.goto(f"{live_site.url}/cms/h5p/upload/")
    look_over(page, tmp_path, exported)
    expect(page.get_by_text("The package is imported.")).to_be_visible()
    first, second = Content.objects.order_by("pk")
    assert files_of(first.current) == files_of(second.current) != {}
    assert playable(first.current).params == playable(second.current).params
    assert second.current.title == "Sealing a bag"

    page.goto(f"{live_site.url}{reverse('h5p_staff:compare', args=[first.pk])}?from=1&to=2")
    expect(page.get_by_text("The two versions say the same.")).to_be_visible()
    axe(page, OUR_PART)
    page.goto(f"{live_site.url}/cms/h5p/")
    expect(page.get_by_role("link", name=activity.title)).to_be_visible()
    axe(page, OUR_PART)


def leave(page):
    """Go away, and let what is sent last arrive."""
    page.goto("about:blank")
    page.wait_for_timeout(1500)


def write(editor, words):
    """Type into an editor of rich text."""
    editor.click()
    editor.press_sequentially(words)


def files_of(version):
    """What lies at each path."""
    return {file.path: file.stored.sha256 for file in version.files.select_related("stored")}
