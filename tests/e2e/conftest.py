"""What the journeys share: people who are signed in already, a phone, a mailbox, and letting axe look at each page."""

import pytest
from django.conf import settings as site_settings
from django.test import Client

from tests.conftest import STEP_MS
from tests.factories.accounts import make_person

PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True}
PASSWORD = "a long enough password"


@pytest.fixture
def new_context(new_context):
    """A step that takes longer than this has failed."""

    def opened(**options):
        context = new_context(**options)
        context.set_default_timeout(STEP_MS)
        return context

    return opened


@pytest.fixture
def mailbox(settings):
    """E-mails are kept for the mailbox page, as in the demo."""
    settings.DEMO_MAILBOX = True
    settings.EMAIL_BACKEND = "foundation.outbox.mailbox.EmailBackend"


@pytest.fixture
def person():
    """Somebody who can sign in by hand."""
    judge = make_person("judge@example.org", first_name="Amara", last_name="Okello")
    judge.emailaddress_set.create(email=judge.email, verified=True, primary=True)
    return judge


@pytest.fixture
def signed_in(new_context, live_site):
    """A page of a browser of its own in which this person is signed in."""

    def opened(someone, **options):
        client = Client()
        client.force_login(someone)
        context = new_context(**options)
        session = client.cookies[site_settings.SESSION_COOKIE_NAME].value
        context.add_cookies(
            [{"name": site_settings.SESSION_COOKIE_NAME, "value": session, "url": live_site.url}]
        )
        return context.new_page()

    return opened


@pytest.fixture
def look(axe):
    """Looks at a page as a critic: axe, one first heading, and nothing wider than the window."""

    def examine(page, context=None):
        page.wait_for_load_state()
        axe(page, context)
        assert page.locator("h1").count() == 1, page.url
        width = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert width <= 0, f"{page.url} is {width} px wider than the window"

    return examine


def wait_until(page, is_true):
    """What is sent arrives a moment later."""
    for _moment in range(STEP_MS // 100):
        if is_true():
            return
        page.wait_for_timeout(100)
    raise AssertionError("It never came.")
