"""A package goes from a trainer's disk through quarantine to content that can be played."""

import re

import pytest
from playwright.sync_api import expect

from accounts.models import Role
from h5p.models import Content, Library
from tests.factories.accounts import make_staff
from tests.h5p.packages import good_package, with_files

WIDE = {"viewport": {"width": 1280, "height": 900}}


@pytest.fixture(autouse=True)
def _own_store(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


def choose(page, tmp_path, package, name):
    (tmp_path / name).write_bytes(package.getvalue())
    page.get_by_label("H5P package").set_input_files(tmp_path / name)
    page.get_by_role("button", name="Look the package over").click()


def test_a_package_is_refused_imported_compared_and_approved(
    signed_in, live_site, axe, tmp_path, page_problems
):
    page_problems.allow("422|Unable to find constructor|reading .on.")
    author = signed_in(make_staff(Role.AUTHOR), **WIDE)
    author.goto(f"{live_site.url}/cms/")
    author.get_by_role("link", name="Interactive content").click()
    axe(author, ".h5p-screen")
    author.get_by_role("link", name="Upload a package").click()

    choose(author, tmp_path, with_files(**{"content/page.html": "<script>"}), "evil.h5p")
    expect(author.get_by_role("alert").first).to_contain_text("content/page.html")
    axe(author, ".h5p-screen")

    choose(author, tmp_path, good_package(), "custody.h5p")
    expect(author.get_by_text("passed every check")).to_be_visible()
    axe(author, ".h5p-screen")
    author.get_by_role("button", name="Import").click()
    expect(author.get_by_text("Learners cannot play this yet")).to_be_visible()
    axe(author, ".h5p-screen")

    manager = signed_in(make_staff(Role.H5P_MANAGER), **WIDE)
    manager.goto(f"{live_site.url}/cms/h5p/libraries/")
    for box in manager.get_by_role("checkbox").all():
        box.check()
    manager.get_by_label("Reason").fill("Exported from our own Moodle")
    axe(manager, ".h5p-screen")
    manager.get_by_role("button", name="Approve").click()
    expect(manager.get_by_text("Nothing is in quarantine.")).to_be_visible()

    author.reload()
    expect(author.get_by_text("Learners cannot play this yet")).to_have_count(0)

    newer = good_package(question={"patch": 1, "script": "/* other code */"})
    author.get_by_role("link", name="Replace by an upload").click()
    choose(author, tmp_path, newer, "newer.h5p")
    author.get_by_role("button", name="Import").click()
    author.get_by_role("button", name=re.compile("Publish")).wait_for()

    manager.goto(f"{live_site.url}/cms/h5p/libraries/")
    manager.get_by_role("link", name="TestQuestion").click()
    expect(manager.get_by_text("+/* other code */")).to_be_visible()
    axe(manager, ".h5p-screen")
    manager.get_by_role("link", name="Reject").click()
    manager.get_by_label("Reason").fill("Unknown author")
    manager.get_by_role("button", name="Reject").click()
    expect(manager.get_by_text("is rejected.")).to_be_visible()

    assert Content.objects.playable().count() == 1
    assert Library.objects.current().filter(patch=1).count() == 0
