"""A question set made of our own content types, in a lesson: left, gone on with elsewhere, scored, tried again."""

import io

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from h5p import shipped
from h5p.services.importing import import_package
from h5p.services.shipping import install_content_types
from learning.models import Attempt, H5PState
from tests.e2e.conftest import PHONE, wait_until
from tests.factories.courses import make_course
from tests.factories.enrolments import make_edition, make_enrolment
from tests.factories.interactive import make_interactive


@pytest.fixture
def activity(settings, tmp_path, db):
    settings.MEDIA_ROOT = tmp_path / "media"
    install_content_types()
    package = io.BytesIO()
    name = next(name for name in shipped.shipped_libraries() if name.machine_name == "JusticeKit.QuestionSet")
    shipped.write_type(name, package)
    content = import_package(package, "set.h5p", by=None).content
    return make_interactive(make_course(), content=content, completion_rule="passed", pass_mark="0.5")


def test_a_question_set_is_left_resumed_scored_and_tried_again(signed_in, live_site, activity):
    enrolment = make_enrolment(make_edition(activity.course))
    placement = activity.placements.get()
    path = reverse("learning:lesson", args=[enrolment.edition.code, placement.lesson_id])

    def opened(page):
        page.goto(f"{live_site.url}{path}")
        page.locator("[data-h5p-frame]").scroll_into_view_if_needed()
        return page.frame_locator("iframe.h5p-frame__frame")

    phone = signed_in(enrolment.person, **PHONE)
    frame = opened(phone)
    frame.get_by_role("button", name="Start").click()
    frame.get_by_label("Photographing it").check()
    frame.get_by_label("Writing down").check()
    frame.get_by_role("button", name="Check").click()
    expect(frame.get_by_text("Points: 2 of 2")).to_be_visible()
    frame.get_by_role("button", name="Next").click()
    frame.get_by_label("True").check()
    phone.goto("about:blank")

    desk = signed_in(enrolment.person)
    frame = opened(desk)
    expect(frame.get_by_role("heading", name="Question 2 of 3")).to_be_visible()
    expect(frame.get_by_label("True")).to_be_checked()
    frame.get_by_role("button", name="Next").click()
    frame.get_by_label("Gap 1 of 3").fill("Chain of custody")
    frame.get_by_role("button", name="Finish").click()
    expect(desk.get_by_text("Result saved: 3 of 6. That is enough to pass.")).to_be_visible()
    expect(frame.get_by_text("Done Points: 3 of 6 (50 %)")).to_be_visible()
    assert [attempt.score for attempt in Attempt.objects.all()] == [pytest.approx(0.5)]
    assert enrolment.completions.filter(activity=activity).exists()

    frame.get_by_role("button", name="Try all again").click()
    frame.get_by_label("Photographing it").check()
    wait_until(desk, lambda: H5PState.objects.filter(h5p_attempt__attempt__number=2).exists())
    frame = opened(desk)
    expect(frame.get_by_label("Photographing it")).to_be_checked()
