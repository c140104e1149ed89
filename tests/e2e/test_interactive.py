"""Interactive content in a lesson: played, closed at once, gone on with elsewhere, scored, tried again."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from h5p.services.importing import import_package
from learning.models import Attempt, H5PAttempt
from tests.e2e.conftest import PHONE
from tests.factories.courses import make_course
from tests.factories.enrolments import make_edition, make_enrolment
from tests.factories.interactive import make_interactive
from tests.h5p.players import playable_package


@pytest.fixture(autouse=True)
def _own_store(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def content():
    return import_package(playable_package(), "custody.h5p", by=None, approve=True).content


@pytest.fixture
def activity(content):
    return make_interactive(make_course(), content=content, completion_rule="passed", pass_mark="0.8")


@pytest.fixture
def enrolment(activity):
    return make_enrolment(make_edition(activity.course))


@pytest.fixture
def lesson(live_site, enrolment, activity):
    placement = activity.placements.get()
    path = reverse("learning:lesson", args=[enrolment.edition.code, placement.lesson_id])
    return f"{live_site.url}{path}"


def frame_of(page, number=0):
    page.locator("[data-h5p-frame]").nth(number).scroll_into_view_if_needed()
    return page.frame_locator("iframe.h5p-frame__frame").nth(number)


def test_a_learner_plays_leaves_goes_on_elsewhere_fails_and_passes(
    signed_in, lesson, enrolment, activity, look
):
    phone = signed_in(enrolment.person, **PHONE)
    phone.goto(lesson)
    frame = frame_of(phone)
    frame.get_by_role("button", name="The court").click()
    expect(frame.get_by_role("status")).to_have_text("Chosen: court")
    look(phone, {"exclude": [["iframe"]]})
    phone.wait_for_timeout(300)
    frame.get_by_role("button", name="The officer").click()
    phone.goto("about:blank")

    desk = signed_in(enrolment.person)
    desk.goto(lesson)
    frame = frame_of(desk)
    expect(frame.get_by_role("status")).to_have_text("Chosen: officer")
    frame.get_by_role("button", name="The court").click()
    frame.get_by_role("button", name="Check").click()
    expect(desk.get_by_text("Result saved: 0 of 1. That is not enough to pass yet.")).to_be_visible()
    assert Attempt.objects.get().score == 0

    frame.get_by_role("button", name="Retry").click()
    frame.get_by_role("button", name="The officer").click()
    frame.get_by_role("button", name="Check").click()
    expect(desk.get_by_text("Result saved: 1 of 1. That is enough to pass.")).to_be_visible()
    assert [attempt.score for attempt in Attempt.objects.order_by("number")] == [0, 1]
    assert enrolment.completions.filter(activity=activity).exists()

    desk.reload()
    expect(frame_of(desk).get_by_role("status")).to_have_text("Chosen: officer, points: 1")
    expect(desk.get_by_text("Result saved: 1 of 1. That is enough to pass.")).to_be_visible()
    assert H5PAttempt.objects.count() == 2
