"""A registrar makes a design her own: adds a text without a mouse, is told what cannot be printed, publishes."""

import re

import pytest
from playwright.sync_api import expect

from certificates.models import Design
from tests.factories.accounts import make_staff

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_design_is_changed_looked_at_and_published(signed_in, live_site, page_problems, look):
    page_problems.allow("422")
    # The browser's own reader of PDFs is an extension.
    page_problems.allow("chrome-extension:|chrome:")
    design = Design.objects.get(shipped_as="completion")
    page = signed_in(make_staff("registrar"), viewport={"width": 1280, "height": 900})
    page.goto(f"{live_site.url}/cms/certificates/designs/")
    look(page)
    page.get_by_role("link", name="Certificate of completion", exact=True).click()
    paper = page.locator("[data-paper]")
    expect(paper).to_have_attribute("src", re.compile("preview/"))

    page.get_by_role("button", name="Text", exact=True).press("Enter")
    words = page.get_by_label("Text", exact=True).last
    expect(words).to_be_visible()
    expect(paper).to_have_attribute("src", re.compile("preview/"))
    drawn = paper.get_attribute("src")
    words.fill("Turin, {isued_on}")
    expect(page.get_by_role("status").filter(has_text="{isued_on}")).to_contain_text(
        "There is no merge field"
    )
    look(page)
    words.fill("Turin. {issued_on}")
    expect(paper).not_to_have_attribute("src", drawn)
    expect(page.locator("[data-refusal]")).to_be_empty()
    page.get_by_role("button", name="Save the draft").click()
    expect(page.get_by_text("Awards are printed with version 1.")).to_be_visible()

    page.get_by_role("link", name="Publish").click()
    page.get_by_label("What is new").fill("The place stands below.")
    page.get_by_role("button", name="Publish").click()

    expect(page.get_by_text("The place stands below.")).to_be_visible()
    page.reload()  # without the CMS's message, which is pale while it fades in
    look(page)
    newest = design.versions.first()
    assert newest.number == 2
    assert newest.content["elements"][-1]["text"] == "Turin. {issued_on}"
