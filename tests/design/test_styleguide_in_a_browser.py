"""The style guide and the sample pages in a real browser: no serious finding, nothing wider than the screen."""

import pytest
from django.conf import settings

from lms.styleguide.views import PAGES
from tests.factories.accounts import make_person

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def staff_page(live_site, client, page):
    client.force_login(make_person(is_superuser=True))
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_site.url}])
    return page


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_sample_fits_a_phone_and_passes_axe(staff_page, live_site, axe, language, scheme):
    staff_page.emulate_media(color_scheme=scheme)
    staff_page.set_viewport_size({"width": 360, "height": 780})
    for name in ["", *(f"{name}/" for name in PAGES)]:
        staff_page.goto(f"{live_site.url}/{language}/styleguide/{name}")

        axe(staff_page)
        assert too_wide(staff_page) == 0, name


def test_on_a_wide_screen_the_outline_is_open_without_being_asked(staff_page, live_site, axe):
    staff_page.set_viewport_size({"width": 1280, "height": 900})
    staff_page.goto(f"{live_site.url}/en/styleguide/classroom/")

    axe(staff_page)
    assert staff_page.get_by_role("link", name="Freezing orders and urgency").first.is_visible()


def test_escape_closes_a_menu_and_gives_the_focus_back(staff_page, live_site):
    staff_page.goto(f"{live_site.url}/en/styleguide/home/")
    menu = staff_page.locator("details[data-menu]").first
    menu.locator("summary").click()

    staff_page.keyboard.press("Tab")
    staff_page.keyboard.press("Escape")

    assert menu.get_attribute("open") is None
    assert menu.locator("summary").evaluate("element => element === document.activeElement")


def test_the_first_stop_of_the_keyboard_leads_to_the_content(staff_page, live_site):
    staff_page.goto(f"{live_site.url}/en/styleguide/home/")

    staff_page.keyboard.press("Tab")
    staff_page.keyboard.press("Enter")

    assert staff_page.evaluate("document.activeElement.id") == "main"


def too_wide(page):
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
