"""What all tests share: a browser that forgives nothing, a live site, and PostgreSQL where it is installed."""

import json
import os
import re
import shutil

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.management import call_command
from django.db import connection
from django.test import TransactionTestCase
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from playwright.sync_api import expect

from tests import migrated

# A busy machine is no fault of the code: nothing fails for being slow, and examples are the same in every run.
hypothesis_settings.register_profile(
    "steady", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)
hypothesis_settings.load_profile("steady")
STEP_MS = 15_000
expect.set_options(timeout=STEP_MS)

# Playwright's synchronous interface runs an event loop in this thread; our database calls beside it are safe.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

BROWSERS = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge"]
QUIET_BROWSER = [
    *("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"),
    *("--disable-sync", "--no-first-run"),
]
BROWSER_FIXTURES = {"page", "context", "new_context", "browser", "live_site"}
LEAVES_ROWS_BEHIND = {"live_server", "live_site", "transactional_db"}


def find_browser():
    """The path of an installed Chromium or Chrome: CHROMIUM names one, or None."""
    candidates = [os.environ.get("CHROMIUM"), *BROWSERS]
    return next((path for name in candidates if name and (path := shutil.which(name))), None)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """Mark and skip what this machine cannot run; browser tests come last."""
    no_browser = pytest.mark.skip(
        reason="No Chromium or Chrome on this machine: install one or set CHROMIUM."
    )
    on_sqlite = pytest.mark.skip(
        reason="Depends on row locks: run on PostgreSQL by tests/lms/test_postgres.py."
    )
    browser = find_browser()
    for item in items:
        fixtures = set(item.fixturenames)
        database = item.get_closest_marker("django_db")
        if fixtures & LEAVES_ROWS_BEHIND or (database and database.kwargs.get("transaction")):
            # Such a test empties every table; the rows that migrations made must be there for the next one.
            item.fixturenames.append("django_db_serialized_rollback")
        if fixtures & BROWSER_FIXTURES or "/e2e/" in item.path.as_posix():
            item.add_marker(pytest.mark.e2e)
            if browser is None:
                item.add_marker(no_browser)
        if item.get_closest_marker("postgres") and connection.vendor != "postgresql":
            item.add_marker(on_sqlite)
    items.sort(key=lambda item: item.get_closest_marker("e2e") is not None)


@pytest.fixture(scope="session")
def django_db_keepdb(request, django_db_blocker):
    """Start from a database that was migrated before, where there is one."""
    with django_db_blocker.unblock():  # some migrations look at the database when they are imported
        if connection.vendor == "sqlite" and migrated.restore(connection.settings_dict["TEST"]["NAME"]):
            return True
    return request.config.getvalue("reuse_db")


@pytest.fixture(scope="session")
def django_db_setup(django_db_keepdb, django_db_setup, django_db_blocker):
    """Keep what the migrations made: for the next run, and for tests that empty every table."""
    if (rows := getattr(connection, "_test_serialized_contents", "[]")) != "[]":
        TransactionTestCase._fixture_setup = classmethod(begin_with(rows))
    if connection.vendor == "sqlite" and not django_db_keepdb:
        with django_db_blocker.unblock():
            connection.close()
            migrated.keep(connection.settings_dict["TEST"]["NAME"])


def begin_with(rows):
    """Whatever the test before left behind, a test that empties every table begins with these rows and no others."""
    from django.contrib.contenttypes.models import ContentType

    def begin(cls):
        flush = {"verbosity": 0, "interactive": False, "reset_sequences": False, "allow_cascade": True}
        call_command("flush", inhibit_post_migrate=True, **flush)
        ContentType.objects.clear_cache()
        # Content types first: saving other rows asks for them, and would make those that are not there yet.
        kept = [row for row in json.loads(rows) if row["model"] == "contenttypes.contenttype"]
        ContentType.objects.bulk_create(ContentType(pk=row["pk"], **row["fields"]) for row in kept)
        connection.creation.deserialize_db_from_string(rows)

    return begin


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """Start the system's Chromium; nothing is downloaded."""
    return browser_type_launch_args | {"executable_path": find_browser(), "args": QUIET_BROWSER}


class PageProblems:
    """Collects what goes wrong in a browser: script errors, console errors, refused or foreign requests."""

    def __init__(self):
        self.found = []
        self.allowed = []

    def allow(self, pattern):
        """Expect problems that match, such as `allow("409")` where a refusal is what the test is about."""
        self.allowed.append(re.compile(pattern))

    def add(self, problem):
        self.found.append(problem)

    @property
    def unexpected(self):
        return [problem for problem in self.found if not any(known.search(problem) for known in self.allowed)]

    def watch(self, context):
        """Listen to every page of the context."""
        context.on("weberror", lambda error: self.add(f"script error: {error.error}"))
        context.on("console", self.on_console)
        context.on("request", self.on_request)
        context.on("response", self.on_response)

    def on_console(self, message):
        if message.type == "error":
            self.add(f"console: {message.text} ({message.location.get('url')})")

    def on_request(self, request):
        if not re.match(r"(https?://(localhost|127\.0\.0\.1)[:/]|data:|blob:|about:)", request.url):
            self.add(f"request to another site: {request.url}")

    def on_response(self, response):
        if response.status >= 500:
            self.add(f"{response.status} from {response.url}")


@pytest.fixture
def page_problems():
    """Fails the test at its end when any page had a problem that the test did not allow."""
    problems = PageProblems()
    yield problems
    assert problems.unexpected == []


@pytest.fixture
def new_context(new_context, page_problems):
    """Watch every context, also those that a test opens for a second person."""

    def opened(**options):
        context = new_context(**options)
        problems_of_this_test = page_problems
        problems_of_this_test.watch(context)
        return context

    return opened


@pytest.fixture
def live_site(live_server, settings):
    """The site on a real port: e-mails and full links lead to it. `live_site.url` is its address."""
    from wagtail.models import Site

    settings.SITE_URL = settings.WAGTAILADMIN_BASE_URL = live_server.url
    settings.CSRF_TRUSTED_ORIGINS = [live_server.url]
    port = int(live_server.url.rsplit(":", 1)[1])
    Site.objects.filter(is_default_site=True).update(hostname="localhost", port=port)
    Site.clear_site_root_paths_cache()
    return live_server


@pytest.fixture
def axe():
    """Call it with a page: fails on any serious or critical finding, and lists where it is."""

    def examine(page, context=None):
        named = context.get("include", []) if isinstance(context, dict) else [[context]] if context else []
        for selectors in named:
            page.locator(selectors[0]).first.wait_for()  # a click may still be on its way to the page
        results = Axe().run(page, context=context)
        grave = [
            f"{finding['id']} ({finding['impact']}): {finding['help']}\n    "
            + "\n    ".join(node["html"][:200] for node in finding["nodes"][:5])
            for finding in results.response["violations"]
            if finding["impact"] in ("serious", "critical")
        ]
        assert not grave, f"axe found on {page.url}:\n" + "\n".join(grave)

    return examine


@pytest.fixture(autouse=True)
def _empty_cache():
    """Start each test with an empty cache."""
    from django.core.cache import cache

    cache.clear()


@pytest.fixture(autouse=True)
def _site_language():
    """Start each test in the site's language: a request leaves the one it spoke active behind it."""
    from django.utils import translation

    translation.deactivate()


@pytest.fixture(scope="session", autouse=True)
def _media_folder():
    """Uploads of tests go to the scratch folder, which tests/settings.py removes."""
    from django.conf import settings

    settings.MEDIA_ROOT.mkdir(parents=True, exist_ok=True)
