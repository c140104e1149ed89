"""A trainer writes interactive content in a form: with scripts, by keyboard alone, and without scripts."""

import re

import pytest
from playwright.sync_api import expect

from accounts.models import Role
from h5p.models import Content
from tests.factories.accounts import make_staff
from tests.factories.cms import make_image
from tests.h5p.forms import install

ANSWER = {
    "name": "answer",
    "type": "group",
    "label": "Answer",
    "fields": [
        {"name": "text", "type": "text", "label": "Words of the answer"},
        {"name": "right", "type": "boolean", "label": "It is right"},
    ],
}
CHOICE = [
    {
        "name": "stem",
        "type": "text",
        "widget": "html",
        "label": "Question",
        "tags": ["strong", "em", "ul", "a"],
    },
    {"name": "answers", "type": "list", "label": "Answers", "entity": "answer", "min": 2, "field": ANSWER},
    {"name": "points", "type": "number", "label": "Points", "min": 1, "max": 5, "default": 1},
    {
        "name": "behaviour",
        "type": "group",
        "label": "Behaviour",
        "fields": [
            {"name": "retry", "type": "boolean", "label": "Try again", "default": True},
            {"name": "shuffle", "type": "boolean", "label": "Shuffle"},
        ],
    },
    {"name": "check", "type": "text", "label": "Word on the button", "default": "Check", "common": True},
]
EITHER = [{"value": "none", "label": "No picture"}, {"value": "one", "label": "A picture"}]
SET = [
    {
        "name": "begin",
        "type": "select",
        "widget": "radioGroup",
        "label": "Begin with",
        "options": EITHER,
        "default": "none",
    },
    {
        "name": "picture",
        "type": "image",
        "label": "Picture",
        "showWhen": {"rules": [{"field": "begin", "equals": "one"}]},
    },
    {
        "name": "questions",
        "type": "list",
        "label": "Questions",
        "entity": "question",
        "min": 1,
        "field": {
            "name": "question",
            "type": "library",
            "label": "Kind of question",
            "options": ["T.Choice 1.0", "T.Note 1.0"],
        },
    },
]
NOTE = [{"name": "words", "type": "text", "label": "Words of the note"}]


@pytest.fixture(autouse=True)
def _own_store(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def types(live_site):
    return install(("T.Set", SET), ("T.Choice", CHOICE), ("T.Note", NOTE))


def item(page, name):
    """An item of a list, by the beginning of its heading."""
    return page.get_by_role("group", name=re.compile(f"^{name}( |$)"))


def fits(page):
    """Nothing of the form is wider than it."""
    return page.evaluate(
        "(() => { const f = document.querySelector('.h5p-form'); return f.scrollWidth <= f.clientWidth + 1 })()"
    )


def test_a_set_of_questions_is_written_changed_and_saved(signed_in, live_site, axe, types, page_problems):
    page_problems.allow("422")
    make_image("The seal")
    page = signed_in(make_staff(Role.AUTHOR), viewport={"width": 1280, "height": 900})
    page.goto(f"{live_site.url}/cms/h5p/new/T.Set/")
    page.get_by_role("textbox", name="Title", exact=True).fill("Custody")

    expect(page.get_by_text("Choose an image")).to_be_hidden()
    page.get_by_label("A picture").check()
    page.get_by_role("button", name="Choose an image").click()
    page.get_by_role("dialog").get_by_role("link", name="The seal").click()
    expect(page.locator(".image-chooser .chosen")).to_contain_text("The seal")

    first = item(page, "Question 1")
    first.get_by_label("Kind of question").select_option(label="T.Note")
    first.get_by_label("Words of the note").fill("Put aside")
    first.get_by_label("Kind of question").select_option(label="T.Choice")
    editor = first.get_by_role("textbox", name="Question", exact=True)
    editor.click()
    page.keyboard.type("Who seals ")
    page.get_by_role("button", name="Bold").click()
    page.keyboard.type("it?")
    first.get_by_label("Words of the answer").nth(0).fill("The officer")
    first.get_by_label("It is right").nth(0).check()
    first.get_by_label("Words of the answer").nth(1).fill("The judge")
    first.get_by_role("button", name="Add: Answer").click()
    expect(first.get_by_label("Words of the answer").nth(2)).to_be_focused()
    page.keyboard.type("The clerk")
    axe(page, ".h5p-form")

    third = item(first, "Answer 3")
    third.get_by_role("button", name="Move up").focus()
    page.keyboard.press("Enter")
    expect(item(first, "Answer 2").get_by_label("Words of the answer")).to_have_value("The clerk")
    expect(page.locator("[data-h5p-says]")).to_have_text("Answer 3 is now number 2 of 3.")
    page.keyboard.press("Alt+ArrowUp")
    expect(item(first, "Answer 1").get_by_label("Words of the answer")).to_have_value("The clerk")
    item(first, "Answer 1").get_by_role("button", name="Remove").click()
    expect(page.get_by_text("Answer 1 was removed.").first).to_be_visible()
    page.keyboard.press("Enter")
    expect(first.get_by_label("Words of the answer")).to_have_count(3)
    item(first, "Answer 1").get_by_role("button", name="Remove").click()
    item(first, "Answer 1").get_by_role("button", name="Copy").click()
    expect(item(first, "Answer 2").get_by_label("Words of the answer")).to_have_value("The officer")
    expect(item(first, "Answer 2").get_by_label("Words of the answer")).to_be_focused()
    item(first, "Answer 2").get_by_role("button", name="Remove").click()

    first.get_by_label("Points").fill("9")
    page.get_by_role("button", name="Add: Question").click()
    item(page, "Question 2").get_by_label("Kind of question").select_option(label="T.Note")
    page.get_by_role("button", name="Save draft", exact=True).click()

    refused = page.get_by_role("alert").filter(has_text="Nothing was saved yet")
    expect(refused).to_be_focused()
    axe(page, ".h5p-form")
    refused.get_by_role("link", name=re.compile("Question 1: “Points” must be 5 or less")).click()
    expect(item(page, "Question 1").get_by_label("Points")).to_be_focused()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("2")
    expect(page.locator(".image-chooser .chosen")).to_contain_text("The seal")
    item(page, "Question 2").get_by_label("Words of the note").fill("Seals are numbered.")
    page.set_viewport_size({"width": 768, "height": 900})
    page.evaluate("document.querySelectorAll('.h5p-form details').forEach(one => (one.open = true))")
    assert fits(page)
    page.set_viewport_size({"width": 360, "height": 900})
    assert fits(page)
    page.get_by_role("button", name="Save draft", exact=True).click()
    expect(page.get_by_role("alert").filter(has_text="Nothing was saved yet")).to_have_count(0)

    version = Content.objects.get(title="Custody").versions.first()
    questions = version.params["questions"]
    assert (
        questions[0]["params"]["stem"].replace("&nbsp;", " ").replace("\u00a0", " ")
        == ("<div>Who seals <strong>it?</strong></div>")
        or "<strong>it?</strong>" in questions[0]["params"]["stem"]
    )
    assert [answer["text"] for answer in questions[0]["params"]["answers"]] == ["The officer", "The judge"]
    assert questions[0]["params"]["points"] == 2
    assert questions[1]["params"]["words"] == "Seals are numbered."
    assert version.files.count() == 1

    page.goto(f"{live_site.url}/cms/h5p/{version.content_id}/edit/")
    closed = item(page, "Question 1")
    expect(closed.get_by_label("Points")).to_have_count(0)
    closed.get_by_role("button", name="Edit").press("Enter")
    expect(closed.get_by_label("Points")).to_have_value("2")
    axe(page, ".h5p-form")
    closed.get_by_label("Points").fill("3")
    closed.get_by_role("button", name="Close", exact=True).first.click()
    expect(closed.get_by_label("Points")).to_be_hidden()
    page.get_by_role("button", name="Save draft", exact=True).click()
    page.wait_for_load_state()
    newest = Content.objects.get(title="Custody").versions.first()
    changed = newest.params["questions"][0]
    assert (newest.number, changed["params"].pop("points")) == (2, 3)
    assert {**version.params["questions"][0]["params"], "points": 0} == {**changed["params"], "points": 0}
    assert changed["subContentId"] == version.params["questions"][0]["subContentId"]


def test_without_scripts_items_are_added_and_types_are_chosen(signed_in, live_site, types, page_problems):
    page_problems.allow("422")
    page = signed_in(
        make_staff(Role.AUTHOR), java_script_enabled=False, viewport={"width": 1280, "height": 900}
    )
    page.goto(f"{live_site.url}/cms/h5p/new/T.Set/")
    page.get_by_role("textbox", name="Title", exact=True).fill("Custody")
    page.get_by_role("button", name="Add: Question").click()
    second = item(page, "Question 2")
    second.get_by_label("Kind of question").select_option(label="T.Note")
    second.get_by_role("button", name="Show its fields").click()
    item(page, "Question 2").get_by_label("Words of the note").fill("Seals are numbered.")
    item(page, "Question 1").get_by_role("button", name="Remove").click()
    expect(item(page, "Question 1").get_by_label("Words of the note")).to_have_value("Seals are numbered.")
    page.get_by_role("textbox", name="Title", exact=True).press("Enter")

    saved = Content.objects.get(title="Custody").versions.first()
    assert saved.title == "Custody"
    assert [part["params"] for part in saved.params["questions"]] == [{"words": "Seals are numbered."}]
