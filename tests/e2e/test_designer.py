"""A registrar makes a design her own: adds a text, moves what stands on the page, is told what cannot be, publishes."""

import re

import pytest
from playwright.sync_api import expect

from certificates.models import Design
from tests.factories.accounts import make_staff

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_design_is_changed_looked_at_and_published(signed_in, live_site, page_problems, look):
    page_problems.allow("422")
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


def numbers_of(page, place):
    """Where an element stands by the numbers in its form."""
    fields = (page.locator(f"[name=e{place}-{name}]") for name in ("x", "y", "width"))
    return tuple(float(field.input_value()) for field in fields)


def test_an_element_is_moved_and_resized_by_arrow_keys_and_every_step_can_be_undone(
    signed_in, live_site, look
):
    design = Design.objects.get(shipped_as="completion")
    page = signed_in(make_staff("registrar"), viewport={"width": 1280, "height": 900})
    page.goto(f"{live_site.url}/cms/certificates/designs/{design.pk}/")
    box = page.get_by_role("button", name="13, QR code")
    said = page.locator("[data-said]")

    box.focus()
    expect(said).to_have_text("13, QR code: 26.1 mm from the start side, 163.1 mm from the top.")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowUp")
    expect(said).to_have_text("13, QR code: 27.1 mm from the start side, 153.1 mm from the top.")
    page.keyboard.press("Alt+ArrowRight")
    expect(said).to_have_text("13, QR code: 24.3 mm wide, 24.3 mm high.")
    assert numbers_of(page, 12) == (27.1, 153.1, 24.3)
    look(page)

    page.keyboard.press("Control+z")
    page.keyboard.press("Control+z")
    assert numbers_of(page, 12) == (27.1, 163.1, 23.3)
    page.get_by_role("button", name="Undo").click()
    page.get_by_role("button", name="Undo").click()
    expect(said).to_have_text("There is nothing to undo.")
    assert numbers_of(page, 12) == (26.1, 163.1, 23.3)

    box.press("Enter")
    expect(page.locator("[name=e12-x]")).to_be_visible()


def test_an_element_that_is_dragged_catches_at_the_middle_and_is_saved(signed_in, live_site):
    design = Design.objects.get(shipped_as="completion")
    page = signed_in(make_staff("registrar"), viewport={"width": 1280, "height": 900})
    page.goto(f"{live_site.url}/cms/certificates/designs/{design.pk}/")
    box = page.get_by_role("button", name="13, QR code")
    scale = page.locator("[data-boxes]").bounding_box()["width"] / 297
    middle = 297 / 2 - 23.3 / 2

    place = box.bounding_box()
    page.mouse.move(place["x"] + 8, place["y"] + 8)
    page.mouse.down()
    page.mouse.move(place["x"] + 8 + (middle - 26.1 + 1) * scale, place["y"] + 8 - 60 * scale, steps=4)
    expect(page.locator(".designer-guide--x")).to_be_visible()
    page.mouse.up()

    expect(page.locator("[data-said]")).to_contain_text("Aligned with the middle of the page.")
    assert numbers_of(page, 12)[0] == pytest.approx(middle, abs=0.06)
    page.get_by_role("button", name="Save the draft").click()
    expect(page.get_by_text("Awards are printed with version 1.")).to_be_visible()
    design.refresh_from_db()
    assert design.draft["elements"][12]["x"] == pytest.approx(middle, abs=0.06)


def test_in_arabic_the_page_is_mirrored_and_arrows_go_where_they_point(signed_in, live_site):
    design = Design.objects.get(shipped_as="completion")
    page = signed_in(make_staff("registrar"), viewport={"width": 1280, "height": 900})
    page.goto(f"{live_site.url}/cms/certificates/designs/{design.pk}/")
    box = page.get_by_role("button", name="13, QR code")
    there = box.bounding_box()["x"]

    page.locator("select[name=language]").select_option("ar")
    mirrored = box.bounding_box()["x"]
    box.press("ArrowRight")

    assert mirrored > there
    assert box.bounding_box()["x"] > mirrored
    assert numbers_of(page, 12)[0] == 25.1


def test_of_two_who_change_a_draft_neither_loses_anything(signed_in, live_site, page_problems):
    page_problems.allow("409")
    design = Design.objects.get(shipped_as="completion")
    address = f"{live_site.url}/cms/certificates/designs/{design.pk}/"
    ruth, marta = (
        signed_in(
            make_staff("registrar", email=f"{name}@example.org", first_name=name, last_name="Registrar")
        )
        for name in ("ruth", "marta")
    )
    for page in (ruth, marta):
        page.goto(address)

    ruth.get_by_role("button", name="13, QR code").press("ArrowRight")
    ruth.get_by_role("button", name="Save the draft").click()
    expect(ruth.get_by_text("The draft has been saved")).to_be_visible()
    marta.get_by_role("button", name="13, QR code").press("ArrowDown")
    marta.get_by_role("button", name="Save the draft").click()

    expect(marta.get_by_role("alert").first).to_contain_text("ruth Registrar saved this draft")
    assert numbers_of(marta, 12) == (26.1, 164.1, 23.3)
    marta.get_by_role("button", name="Keep mine as a design of its own").click()
    expect(marta.get_by_text("The draft has been saved")).to_be_visible()
    design.refresh_from_db()
    assert design.draft["elements"][12]["x"] == 27.1
    assert (
        Design.objects.exclude(pk=design.pk).filter(name__contains="marta").get().draft["elements"][12]["y"]
        == 164.1
    )
