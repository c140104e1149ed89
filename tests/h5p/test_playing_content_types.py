"""Our content types in Chromium, in a host that is not the LMS: by keyboard, in Arabic, resumed, reported."""

import os

import pytest
from playwright.sync_api import expect

from h5p import shipped
from tests.h5p.playing_host import IRI, Host

SHOTS = os.environ.get("SCREENSHOTS")
UUID = "1b4e28ba-2fa1-11d2-883f-b9a761bde3fb"
CHOICE = "JusticeKit.MultipleChoice"
EXTENSION = "http://h5p.org/x-api/h5p-subContentId"


@pytest.fixture
def host(new_context):
    context = new_context(viewport={"width": 720, "height": 900}, reduced_motion="reduce")
    context.set_default_timeout(5000)
    return Host(context.new_page())


def shot(host, name):
    if SHOTS:
        host.page.screenshot(path=f"{SHOTS}/{name}.png", full_page=True)


def choice(**more):
    return {
        "question": "<p>Who may order a search?</p>",
        "options": [
            {"text": "A judge", "isRight": True, "comment": "By law"},
            {"text": "A witness &amp; a clerk", "isRight": False},
            {"text": "An officer &#039;alone&#039;", "isRight": False, "comment": "Not alone"},
        ],
        "behaviour": {"randomOrder": False},
        **more,
    }


def test_one_answer_is_chosen_by_keyboard_and_reported(host, axe):
    it = host.play(CHOICE, choice())
    keys = host.page.keyboard
    expect(it.get_by_role("radiogroup", name="Who may order a search?")).to_be_visible()
    assert host.js("it.getCurrentState()") is None
    it.get_by_role("button", name="Check").click()
    expect(it.get_by_text("Please answer first.")).to_be_visible()
    keys.press("Shift+Tab")
    keys.press("Space")
    keys.press("ArrowUp")
    keys.press("ArrowDown")
    keys.press("Tab")
    keys.press("Enter")
    result = it.get_by_role("group", name="Not right Points: 0 of 1")
    expect(result).to_be_focused()
    expect(it.get_by_text("Not alone")).to_be_visible()
    axe(host.page)
    shot(host, "choice-wrong")
    assert host.told()[0] == "attempted"
    assert host.told()[-1] == "answered 0/1"
    (answered,) = host.statements("answered")
    assert answered["object"]["id"] == IRI
    definition = answered["object"]["definition"]
    assert EXTENSION not in definition["extensions"]
    assert definition["interactionType"] == "choice"
    assert definition["choices"][1] == {"id": "1", "description": {"en-US": "A witness & a clerk"}}
    assert definition["correctResponsesPattern"] == ["0"]
    assert answered["result"]["response"] == "2"
    assert answered["result"]["success"] is False
    assert answered["result"]["duration"].startswith("PT")
    assert host.posts[0][0] == "/finished"
    assert host.posts[0][1]["score"] == "0"

    keys.press("Tab")
    keys.press("Tab")
    keys.press("Enter")
    expect(it.get_by_text("Right answer")).to_be_visible()
    keys.press("Tab")
    keys.press("Enter")
    expect(it.get_by_role("radio").first).to_be_focused()
    assert host.js("it.getCurrentState()")["answer"] == []


def test_several_answers_give_points_and_are_resumed(host):
    options = [{"text": text, "isRight": text != "Wrong"} for text in ("One", "Two", "Wrong")]
    it = host.play(CHOICE, choice(options=options, behaviour={"randomOrder": True}))
    it.get_by_label("One").check()
    it.get_by_label("Wrong").check()
    assert host.js("[it.getScore(), it.getMaxScore(), it.getAnswerGiven()]") == [0, 2, True]
    it.get_by_label("Wrong").uncheck()
    it.get_by_role("button", name="Check").click()
    state = host.js("it.getCurrentState()")
    assert state["checked"] is True
    host.play(CHOICE, choice(options=options, behaviour={"randomOrder": True}), state=state)
    expect(it.get_by_label("One")).to_be_checked()
    expect(it.get_by_label("One")).to_be_disabled()
    expect(it.get_by_text("Points: 1 of 2")).to_be_visible()
    assert host.js("it.getCurrentState()") == state
    assert host.told() == ["attempted"]
    assert host.js("it.getXAPIData().statement.result.score")["raw"] == 1


def test_arabic_content_mirrors_whatever_the_page_says(host, axe):
    params = choice(
        question="<p>من يجوز له أن يأمر بالتفتيش؟</p>",
        options=[{"text": "القاضي", "isRight": True, "comment": "بحكم القانون"}, {"text": "الشاهد"}],
    )
    it = host.play(CHOICE, params)
    assert it.get_attribute("dir") == "rtl"
    assert it.get_attribute("lang") == "ar"
    it.get_by_label("القاضي").check()
    box, words = it.get_by_role("radio").first.bounding_box(), it.get_by_text("القاضي").bounding_box()
    assert box["x"] > words["x"]
    it.get_by_role("button").click()
    shot(host, "choice-arabic")
    axe(host.page)


@pytest.mark.parametrize(
    "name", sorted({one.machine_name for one in shipped.shipped_libraries()} - {"JusticeKit"})
)
def test_every_type_has_the_defaults_of_its_form_and_shows_its_example(host, axe, name):
    it = host.play(name)
    library = next(one for one in shipped.shipped_libraries() if one.machine_name == name)
    assert defaults(shipped.shipped_libraries()[library].semantics) == host.js(f"{name}.defaults")
    host.page.set_viewport_size({"width": 360, "height": 740})
    width = host.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert width <= 0
    small = host.page.evaluate(
        "[...document.querySelectorAll('.jk button, .jk select, .jk input[type=text], .jk .jk-option')]"
        ".filter((one) => one.offsetParent && one.getBoundingClientRect().height < 44).map((one) => one.outerHTML)"
    )
    assert small == []
    axe(host.page)
    shot(host, f"{name}-360")
    host.page.emulate_media(color_scheme="dark")
    axe(host.page)
    shot(host, f"{name}-dark")
    expect(it).to_be_visible()


def defaults(fields):
    """The values that a form begins with, by its groups; what has none, and lists, are left out."""
    found = {}
    for one in fields:
        value = defaults(one["fields"]) if one["type"] == "group" else one.get("default")
        if value not in (None, {}):
            found[one["name"]] = value
    return found
