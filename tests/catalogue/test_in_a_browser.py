"""The public pages in a browser: with a mouse, with a keyboard, on a phone, from right to left, without JavaScript."""

import pytest
from playwright.sync_api import expect

from tests.factories.cms import make_home
from tests.factories.courses import make_course, make_lesson, translate
from tests.factories.enrolments import make_edition, make_tutored_edition
from tests.factories.portfolio import theme

PHONE = {"width": 360, "height": 720}


@pytest.fixture
def site(live_site):
    """Two courses, one of them in Arabic too."""
    assets = make_course("Tracing criminal assets", summary="Follow the money.")
    assets.themes.add(theme("asset-recovery"))
    assets.save()
    make_lesson(assets, read=True)
    make_edition(assets)
    make_tutored_edition(assets, name="Nairobi", capacity=12)
    evidence = make_course("Electronic evidence", summary="Data in court.")
    evidence.themes.add(theme("cybercrime"))
    evidence.save()
    translate(assets, "ar", "تتبع الموجودات")
    make_home().summary = "Courses on criminal justice."
    return live_site.url


def choose(page, label):
    page.get_by_role("checkbox", name=label).check()


def test_choosing_narrows_down_at_once_keeps_the_focus_and_changes_the_address(site, page):
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(f"{site}/en/courses/")

    choose(page, "Asset recovery")

    expect(page.get_by_role("link", name="Electronic evidence")).to_have_count(0)
    expect(page.get_by_role("link", name="Tracing criminal assets")).to_be_visible()
    expect(page.get_by_role("checkbox", name="Asset recovery")).to_be_focused()
    expect(page.get_by_role("status").filter(has_text="1 result")).to_have_count(1)
    assert page.url.endswith("/en/courses/?theme=asset-recovery")


def test_going_back_brings_the_whole_catalogue_back(site, page):
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(f"{site}/en/courses/")
    choose(page, "Asset recovery")
    expect(page.get_by_role("link", name="Electronic evidence")).to_have_count(0)

    page.go_back()

    expect(page.get_by_role("link", name="Electronic evidence")).to_be_visible()


def test_on_a_phone_the_filters_stay_open_until_the_results_are_asked_for(site, page):
    page.set_viewport_size(PHONE)
    page.goto(f"{site}/en/courses/")
    expect(page.get_by_role("checkbox", name="Cybercrime")).not_to_be_visible()

    page.get_by_text("Filter").click()
    choose(page, "Cybercrime")
    expect(page.get_by_role("link", name="Tracing criminal assets")).to_have_count(0)
    expect(page.get_by_role("checkbox", name="Cybercrime")).to_be_visible()
    page.get_by_role("button", name="Show results").click()

    expect(page.get_by_role("checkbox", name="Cybercrime")).not_to_be_visible()
    expect(page.get_by_role("link", name="Electronic evidence")).to_be_visible()


def test_without_javascript_search_and_filters_work_together(site, new_context):
    page = new_context(java_script_enabled=False, viewport={"width": 1280, "height": 900}).new_page()
    page.goto(f"{site}/en/courses/")

    choose(page, "Asset recovery")
    page.get_by_role("button", name="Show results").click()
    page.get_by_role("searchbox").fill("money")
    page.get_by_role("button", name="Search").click()

    assert page.url.endswith("/en/courses/?q=money&theme=asset-recovery")
    expect(page.get_by_role("link", name="Tracing criminal assets")).to_be_visible()
    page.get_by_role("link", name="Remove: Asset recovery").click()
    assert page.url.endswith("/en/courses/?q=money")


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("place", ["en/", "en/courses/", "en/courses/?q=zebra", "ar/courses/"])
def test_lists_are_accessible_and_fit(site, page, axe, place, width):
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{site}/{place}")

    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("title", ["Tracing criminal assets", "تتبع الموجودات"])
def test_course_pages_are_accessible_and_fit(site, page, axe, title, width):
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{site}/{'en' if title.isascii() else 'ar'}/courses/")
    page.get_by_role("link", name=title).click()

    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
