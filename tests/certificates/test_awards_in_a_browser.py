"""A learner confirms a name, downloads the certificate; a stranger verifies it. In a real browser, on a phone."""

import hashlib
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from accounts.services import confirm_name
from certificates.codes import printed
from certificates.models import Award
from learning.services import complete_activity
from tests.factories.accounts import make_person
from tests.factories.certificates import make_award_type, offer_award
from tests.factories.courses import make_course, make_lesson, make_unit, reading_of
from tests.factories.enrolments import make_edition, make_enrolment

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def completed():
    """Somebody who has just completed a course and never confirmed the name."""
    course = make_course("Tracing assets")
    lesson = make_lesson(make_unit(course), read=True)
    offer_award(course, make_award_type(languages=("en", "ar")))
    enrolment = make_enrolment(
        make_edition(course), make_person("sami@example.org", first_name="Sami", last_name="H")
    )
    complete_activity(enrolment, reading_of(lesson))
    return enrolment


@pytest.fixture
def phone(new_context, live_site, client, completed):
    """A phone on which the learner is signed in."""
    client.force_login(completed.person)
    context = new_context(viewport={"width": 360, "height": 740})
    context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_site.url}]
    )
    return context.new_page()


def test_the_name_is_previewed_and_the_download_is_whole(phone, live_site, completed, axe):
    phone.goto(f"{live_site.url}/en/awards/")
    axe(phone)
    phone.get_by_role("link", name="Confirm your name").click()
    expect(phone.get_by_role("img", name="Sami H")).to_be_visible()
    phone.get_by_label("Your name on certificates").fill("سامي حداد")
    phone.get_by_role("button", name="Confirm this name").click()
    expect(phone.get_by_role("img", name="سامي حداد")).to_be_visible()
    axe(phone)
    phone.get_by_role("button", name="Confirm this name").click()

    with phone.expect_download() as download:
        phone.get_by_role("link", name=re.compile("Download")).click()

    award = Award.objects.get()
    assert award.snapshot["name"] == "سامي حداد"
    assert hashlib.sha256(Path(download.value.path()).read_bytes()).hexdigest() == award.sha256


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_stranger_verifies_it_by_typing_the_code(page, live_site, completed, axe, language):
    confirm_name(completed.person, "Sami Haddad")
    award = Award.objects.get()
    page.set_viewport_size({"width": 360, "height": 740})

    page.goto(f"{live_site.url}/{language}/verify/")
    axe(page)
    page.locator("input[name=code]").fill(printed(award.code).lower().replace("-", " "))
    page.locator("main button").first.click()

    expect(page.get_by_text("Sami Haddad")).to_be_visible()
    expect(page.locator(".verdict--valid")).to_be_visible()
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_stranger_shows_the_file_and_a_changed_one(page, live_site, completed, axe, language, tmp_path):
    confirm_name(completed.person, "Sami Haddad")
    whole = Path(Award.objects.get().file.path)
    changed = tmp_path / "changed.pdf"
    changed.write_bytes(whole.read_bytes() + b"\n")
    page.set_viewport_size({"width": 360, "height": 740})

    for path, word in ((changed, ".verdict--unknown"), (whole, ".verdict--valid")):
        page.goto(f"{live_site.url}/{language}/verify/")
        page.locator("input[type=file]").set_input_files(path)
        page.locator("main button").last.click()
        expect(page.locator(word)).to_be_visible()
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")

    page.goto(f"{live_site.url}/{language}/verify/keys/")
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
