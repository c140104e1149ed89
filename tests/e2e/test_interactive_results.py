"""What comes of playing: words in the lesson, answers to read again, a result that says whose word it is."""

import io

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from accounts.models import Role
from gradebook.services import create_scheme
from h5p.core.names import LibraryName
from h5p.services.importing import import_package
from h5p.shipped import write_type
from tests.e2e.conftest import PHONE
from tests.factories.accounts import make_staff
from tests.factories.courses import make_course
from tests.factories.enrolments import make_edition, make_enrolment
from tests.factories.interactive import make_interactive


@pytest.fixture(autouse=True)
def _own_store(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def activity():
    package = io.BytesIO()
    write_type(LibraryName("JusticeKit.TrueFalse", 1, 0), package)
    content = import_package(package, "search.h5p", by=None, approve=True).content
    return make_interactive(make_course(), content=content, title="Searches")


@pytest.fixture
def enrolment(activity):
    return make_enrolment(make_edition(activity.course))


def test_an_answer_is_read_again_by_its_learner_and_by_staff(signed_in, live_site, enrolment, activity, look):
    lesson = reverse("learning:lesson", args=[enrolment.edition.code, activity.placements.get().lesson_id])
    learner = signed_in(enrolment.person, **PHONE)
    learner.goto(f"{live_site.url}{lesson}")
    learner.locator("[data-h5p-frame]").scroll_into_view_if_needed()
    frame = learner.frame_locator("iframe.h5p-frame__frame")
    frame.get_by_role("radio", name="True").check()
    frame.get_by_role("button", name="Check").click()
    expect(learner.get_by_text("Result saved: 0 of 1.")).to_be_visible()

    learner.get_by_role("link", name="Your answers").click()
    expect(learner.get_by_text("A search without an authorization is always unlawful.")).to_be_visible()
    expect(learner.get_by_text("Not correct")).to_be_visible()
    look(learner)

    coordinator = make_staff(Role.COORDINATOR)
    create_scheme(enrolment.edition, by=coordinator)
    staff = signed_in(coordinator)
    staff.goto(
        f"{live_site.url}{reverse('edition_grades:learner', args=[enrolment.edition_id, enrolment.pk])}"
    )
    expect(staff.get_by_text("Reported by the learner’s browser: formative").first).to_be_visible()
    staff.get_by_role("link", name="Attempts and answers").click()
    expect(staff.get_by_role("cell", name="0 of 1")).to_be_visible()
    look(staff, {"include": [["main"]]})
    staff.get_by_role("link", name=str(enrolment.person)).first.click()
    expect(staff.get_by_text("A search without an authorization is always unlawful.")).to_be_visible()
    look(staff, {"include": [["main"]]})
