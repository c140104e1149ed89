"""A registrar writes a letter beside its preview; a stranger with a phone verifies the one that was issued."""

import os

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from certificates.codes import printed
from certificates.models import OccasionKind
from certificates.papers.composing import Filling
from certificates.papers.services import issue_paper
from tests.factories.accounts import make_person, make_staff
from tests.factories.certificates import make_occasion, make_paper_template

pytestmark = pytest.mark.django_db(transaction=True)
PICTURES = os.environ.get("PICTURES", "")  # where to keep pictures of the screens, for whoever wants to look


@pytest.fixture
def registrar():
    return make_staff("registrar", email="registrar@example.org", first_name="Ruth", last_name="Okello")


@pytest.fixture
def template(registrar):
    return make_paper_template("admission", by=registrar, name="Letter of admission")


@pytest.fixture
def desk(new_context, live_site, client, registrar):
    """A wide screen on which the registrar is signed in."""
    client.force_login(registrar)
    context = new_context(viewport={"width": 1280, "height": 900})
    context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_site.url}]
    )
    return context.new_page()


def picture(page, name):
    if PICTURES:
        page.screenshot(path=f"{PICTURES}/{name}.png", full_page=True)


def test_a_registrar_writes_a_letter_and_is_told_which_fields_there_are(
    desk, live_site, template, axe, page_problems
):
    page_problems.allow("chrome-extension:|chrome:|422")  # the browser’s own viewer of PDF; refused words
    with desk.expect_response(lambda answer: "/preview/" in answer.url and answer.ok):
        desk.goto(live_site.url + reverse("papers:edit", args=[template.pk]))
    picture(desk, "paper")
    axe(desk)

    body = desk.locator("[name=en-body]")
    body.fill("Dear {nme}")
    expect(desk.locator("[data-refusal]")).to_contain_text("There is no field {nme}")
    body.fill("Dear {name}")
    expect(desk.locator("[data-refusal]")).to_have_text("")
    desk.get_by_role("button", name="Save the paper").click()

    expect(desk.get_by_text("The paper has been saved")).to_be_visible()
    assert template.wordings.get(language="en").body == "Dear {name}"
    desk.goto(live_site.url + reverse("papers:index"))
    picture(desk, "papers")
    axe(desk)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_stranger_verifies_a_letter_on_a_phone(page, live_site, template, registrar, axe, language):
    occasion = make_occasion(make_person("sami@example.org"), kind=OccasionKind.PAPER, titles={"en": "LL.M."})
    filling = Filling("Sami Haddad", {"programme": "LL.M.", "starts_on": "1 May", "ends_on": "2 May"})
    award = issue_paper(occasion, template, filling, language=language, by=registrar, reason="Admitted")
    page.set_viewport_size({"width": 360, "height": 740})

    page.goto(f"{live_site.url}/{language}/verify/{printed(award.code)}/")

    expect(page.get_by_text("Sami Haddad")).to_be_visible()
    expect(page.locator(".verdict--valid")).to_be_visible()
    picture(page, f"verified-{language}")
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
