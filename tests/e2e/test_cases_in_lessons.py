"""The case types of the site in a lesson: left on a phone, gone on with at a desk, read again; done without a score."""

import json
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from h5p.core.names import LibraryName
from h5p.services import shipping
from h5p.services.contents import save_version
from learning.models import Attempt, H5PState
from lms import demo
from tests.e2e.conftest import PHONE, wait_until
from tests.factories.courses import make_course
from tests.factories.enrolments import make_edition, make_enrolment
from tests.factories.interactive import make_interactive

DEMO = Path(demo.__file__).parent / "content/h5p"


@pytest.fixture(autouse=True)
def _own_store(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    shipping.install_content_types()


@pytest.fixture
def open_lesson(live_site):
    """An enrolment in a course whose one lesson holds this content of the demo, and the lesson's address."""

    def opened(name):
        told = json.loads((DEMO / f"{name}.en.json").read_text())
        library = LibraryName.parse(told["library"])
        version = save_version(
            None, title=told["title"], library=library, params=told["params"], files={}, by=None
        )
        activity = make_interactive(
            make_course(), content=version.content, text_alternative=told["text_alternative"]
        )
        enrolment = make_enrolment(make_edition(activity.course))
        path = reverse("learning:lesson", args=[enrolment.edition.code, activity.placements.get().lesson_id])
        return enrolment, f"{live_site.url}{path}"

    return opened


def frame_of(page):
    page.locator("[data-h5p-frame]").scroll_into_view_if_needed()
    return page.frame_locator("iframe.h5p-frame__frame")


def decide(frame, words):
    """By keyboard: the frame grows and shrinks with each scene, and a click would miss."""
    frame.get_by_role("radio", name=words).press("Space")
    frame.get_by_role("button", name="Decide").press("Enter")


def test_a_scenario_is_left_gone_on_with_elsewhere_and_its_decisions_are_read_again(
    signed_in, open_lesson, axe
):
    enrolment, lesson = open_lesson("first-contact")
    phone = signed_in(enrolment.person, **PHONE)
    phone.goto(lesson)
    frame = frame_of(phone)
    frame.get_by_role("button", name="Begin").press("Enter")
    decide(frame, "Ask to see each worker alone")
    expect(frame.get_by_role("heading", name="What follows")).to_be_focused()
    wait_until(phone, lambda: Attempt.objects.exists())
    phone.goto("about:blank")
    # What a closing page sends is on its way for a moment.
    wait_until(phone, lambda: H5PState.objects.exists())

    desk = signed_in(enrolment.person)
    desk.goto(lesson)
    frame = frame_of(desk)
    expect(frame.get_by_text("Lina is not singled out")).to_be_visible()
    frame.get_by_role("button", name="Continue").press("Enter")
    for words in ("Answer her question", "Leave the parcels out", "prepare the search properly"):
        decide(frame, words)
        frame.get_by_role("button", name="Continue").press("Enter")
    expect(frame.get_by_role("heading", name="One person safe")).to_be_focused()
    expect(desk.get_by_text("Result saved: 6 of 9.")).to_be_visible()
    assert enrolment.completions.count() == 1

    desk.get_by_role("link", name="Your answers").press("Enter")
    expect(desk.get_by_role("heading", name="Your answers")).to_be_visible()
    for words in ("Behind a door that closes", "Leave the parcels out of your notes, to protect her."):
        expect(desk.get_by_text(words).first).to_be_visible()
    axe(desk)

    desk.goto(lesson)
    frame = frame_of(desk)
    frame.get_by_role("button", name="Start again").press("Enter")
    frame.get_by_role("button", name="Begin").press("Enter")
    decide(frame, "Check her papers first")
    expect(frame.get_by_text("list for removal")).to_be_visible()
    wait_until(desk, lambda: Attempt.objects.filter(enrolment=enrolment).count() == 2)
    assert Attempt.objects.filter(enrolment=enrolment, finished_at=None).count() == 1
    desk.goto("about:blank")


def test_what_gives_no_score_is_done_by_its_word(signed_in, open_lesson):
    enrolment, lesson = open_lesson("asking-for-evidence")
    page = signed_in(enrolment.person, **PHONE)
    page.goto(lesson)
    frame_of(page).get_by_role("button", name="Open all").press("Enter")
    expect(frame_of(page).get_by_text("All sections were opened.")).to_be_visible()
    expect(page.get_by_text("Result saved: you are through.")).to_be_visible()
    assert enrolment.completions.count() == 1
    page.goto("about:blank")
