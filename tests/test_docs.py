"""What the documents promise about the code: personas, pictures, links, decisions."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from lms.demo.personas import PASSWORD, PERSONAS

ROOT = Path(settings.BASE_DIR)
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
LARGEST_PICTURE = 120_000


def persona_rows():
    rows = ["| sign in as | who | try |", "| --- | --- | --- |"]
    return rows + [f"| `{one.email}` | {one.what} | {one.try_this} |" for one in PERSONAS]


def test_the_readme_lists_the_people_of_the_demo():
    readme = (ROOT / "README.md").read_text()
    listed = re.search(r"<!-- personas -->\n(.+)\n<!-- /personas -->", readme, re.DOTALL)

    assert listed, "README.md has lost the marks around its table of personas"
    assert listed[1].splitlines() == persona_rows()
    assert f"`{PASSWORD}`" in readme


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_and_pictures_lead_somewhere(page):
    targets = re.findall(r"\]\(([^)#\s]+)", page.read_text())
    local = [target for target in targets if not re.match(r"[a-z]+:", target)]

    assert [target for target in local if not (page.parent / target).exists()] == []


def test_pictures_are_small():
    pictures = (ROOT / "docs" / "images").glob("*")

    assert [one.name for one in pictures if one.stat().st_size > LARGEST_PICTURE] == []


def test_every_decision_is_in_the_list():
    folder = ROOT / "docs" / "decisions"
    listed = set(re.findall(r"\]\(([\w-]+\.md)\)", (folder / "README.md").read_text()))

    assert listed == {page.name for page in folder.glob("*.md")} - {"README.md"}
