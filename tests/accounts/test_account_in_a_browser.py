"""Accounts in a real browser: a passkey from beginning to end, and every page examined for accessibility."""

import re

import pytest
from allauth.account.models import EmailAddress
from playwright.sync_api import expect

from tests.factories.accounts import make_person
from tests.factories.cms import make_home

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def person():
    make_home()  # signing out leads there
    person = make_person("amina@example.org")
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return person


def sign_in(page, live_site, language="en"):
    page.goto(f"{live_site.url}/{language}/accounts/login/")
    page.locator("input[name=login]").fill("amina@example.org")
    page.locator("input[name=password]").fill("a long enough password")
    page.locator("input[name=password]").press("Enter")
    expect(page).to_have_url(re.compile("/learn/"))


def test_a_passkey_is_added_and_signs_in_without_a_password(page, live_site, person):
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
    }
    options |= {"isUserVerified": True, "automaticPresenceSimulation": True}
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    sign_in(page, live_site)

    page.goto(f"{live_site.url}/en/accounts/2fa/webauthn/add/")
    if page.get_by_role("heading", name="Confirm Access").is_visible():
        page.locator("input[name=password]").fill("a long enough password")
        page.get_by_role("button", name="Confirm").click()
    page.locator("input[name=passwordless]").check()
    page.get_by_role("button", name="Add").click()
    expect(
        page.get_by_role("heading", name="Recovery Codes").or_(
            page.get_by_role("heading", name="Security Keys")
        )
    ).to_be_visible()

    page.goto(f"{live_site.url}/en/accounts/logout/")
    page.locator("main").get_by_role("button", name="Sign Out").click()
    page.goto(f"{live_site.url}/en/accounts/login/?next=/en/awards/")
    page.get_by_role("button", name="Sign in with a passkey").click()

    expect(page).to_have_url(f"{live_site.url}/en/awards/")


@pytest.mark.parametrize("language", ["en", "ar"])
def test_no_page_of_the_account_is_hard_to_use(page, live_site, person, axe, language):
    page.set_viewport_size({"width": 360, "height": 740})
    sign_in(page, live_site, language)

    for path in ("profile", "email", "password/change", "2fa", "2fa/webauthn", "sessions", "logout"):
        page.goto(f"{live_site.url}/{language}/accounts/{path}/")
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path


@pytest.mark.parametrize("language", ["en", "ar"])
def test_no_page_before_signing_in_is_hard_to_use(page, live_site, axe, page_problems, language):
    page_problems.allow("404")
    page.set_viewport_size({"width": 360, "height": 740})

    for path in (
        "login",
        "signup",
        "password/reset",
        "password/reset/done",
        "confirm-email",
        "confirm-email/x",
    ):
        page.goto(f"{live_site.url}/{language}/accounts/{path}/")
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
