"""Evidence file, flashcards and accordion in Chromium, and the cases of the demo: by keyboard, resumed, reported."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import expect

from h5p.core.report import report_of
from h5p.core.sanitize import Sanitizer
from h5p.core.semantics import parse_semantics
from h5p.core.xapi import parse_statement
from h5p.shipped import FOLDER, shipped_libraries
from lms import demo
from tests.h5p.cases import (
    ACCORDION,
    CARDS,
    EVIDENCE,
    SCENARIO,
    ask_graph,
    remarks,
    scenario,
)
from tests.h5p.playing_host import IRI

DEMO = sorted((Path(demo.__file__).parent / "content/h5p").glob("*.json"))


# --- evidence file ---


def passage(text, mark, *reasons, **more):
    """A passage with its mark; the first of its reasons is right."""
    offered = [{"text": reason, "right": number == 0} for number, reason in enumerate(reasons)]
    return {
        "text": f"<p>{text}</p>",
        "category": mark,
        "relevant": mark == "keeps",
        "reasons": offered,
        **more,
    }


def evidence(**changes):
    return {
        "introduction": "<p>Who held the phone?</p>",
        "exhibit": {"reference": "Exhibit 4", "title": "Custody record"},
        "categories": [{"name": "Keeps", "meaning": "No gap"}, {"name": "Breaks"}, {"name": "Hearsay"}],
        "items": [
            passage("Sealed.", "keeps", "The seal", "The colour", explanation="<p>Seals show opening.</p>"),
            passage(
                "In the car.", " BREAKS ", "Nobody named", "A car", explanation="<p>A car is no guard.</p>"
            ),
            passage("He said so.", "Hearsay"),
        ],
        "closing": "<p>Read as a whole.</p>",
        "behaviour": {"allowNotes": True},
        **changes,
    }


def passages(it):
    return [it.locator(".jk-item").nth(number) for number in range(it.locator(".jk-item").count())]


def test_an_exhibit_is_marked_by_keyboard_and_what_is_missing_is_named(host, axe):
    it = host.play(EVIDENCE, evidence())
    keys = host.page.keyboard
    assert host.js("[it.getScore(), it.getMaxScore(), it.getAnswerGiven()]") == [0, 5, False]
    first, second, third = passages(it)
    group = first.get_by_role("radiogroup", name="Passage 1 Your mark")
    expect(first.get_by_role("radiogroup", name="Passage 1 Your reason")).to_be_hidden()
    group.get_by_role("radio").first.focus()
    keys.press("Space")
    keys.press("Tab")
    keys.press("Space")
    expect(first.get_by_role("radio", name="The seal")).to_be_checked()
    expect(it.get_by_text("Marked: 1 of 3")).to_be_visible()
    second.get_by_label("Breaks").check()
    check = it.get_by_role("button", name="Check")
    check.press("Enter")
    expect(it.get_by_text("Not marked yet: 3. Without a reason yet: 2.")).to_be_visible()
    expect(second.get_by_label("Nobody named")).to_be_focused()
    second.get_by_label("A car").check()
    third.get_by_label("Keeps").check()
    third.get_by_label("Your note (not scored)").fill("Who said it?")
    axe(host.page)
    check.press("Enter")
    expect(it.get_by_role("group", name="Partly right Points: 3 of 5")).to_be_focused()
    expect(first.get_by_text("Seals show opening.")).to_be_visible()
    expect(second.get_by_text("Partly right")).to_be_visible()
    expect(second.get_by_text("A car is no guard.")).to_have_count(0)
    expect(third.get_by_text("Not right")).to_be_visible()
    expect(it.get_by_text("Read as a whole.")).to_have_count(0)
    assert host.told()[-1] == "answered 3/5"
    it.get_by_role("button", name="Show the explanations").press("Enter")
    expect(second.get_by_text("Right reason: Nobody named")).to_be_visible()
    expect(second.get_by_text("Right mark")).to_have_count(0)
    expect(third.get_by_text("Right mark: Hearsay")).to_be_visible()
    expect(it.get_by_text("Read as a whole.")).to_be_visible()
    axe(host.page)
    it.get_by_role("button", name="Try again").press("Enter")
    expect(group.get_by_role("radio").first).to_be_focused()
    expect(it.get_by_text("Marked: 0 of 3")).to_be_visible()
    expect(third.get_by_label("Your note (not scored)")).to_have_value("")


def test_marks_reasons_and_notes_are_kept_and_reported_passage_by_passage(host):
    it = host.play(EVIDENCE, evidence())
    first, second, third = passages(it)
    first.get_by_label("Keeps").check()
    first.get_by_label("The colour").check()
    third.get_by_label("Your note (not scored)").fill("Who said it?")
    state = host.js("it.getCurrentState()")
    assert state == {"answer": [{"mark": 0, "reason": 1}, {}, {"note": "Who said it?"}]}
    host.play(EVIDENCE, evidence(), state=state)
    assert host.js("it.getCurrentState()") == state
    expect(first.get_by_label("The colour")).to_be_checked()
    expect(third.get_by_label("Your note (not scored)")).to_have_value("Who said it?")
    second.get_by_label("Breaks").check()
    second.get_by_label("Nobody named").check()
    third.get_by_label("Hearsay").check()
    it.get_by_role("button", name="Check").click()
    state = host.js("it.getCurrentState()")
    host.play(EVIDENCE, evidence(), state=state)
    expect(it.get_by_text("Points: 4 of 5")).to_be_visible()
    expect(first.get_by_label("The colour")).to_be_disabled()
    tree = host.js("it.getXAPIData()")
    parts = [parse_statement(child["statement"], IRI) for child in tree["children"]]
    assert parse_statement(tree["statement"], IRI).raw == 4
    assert [(part.question.kind, part.raw, part.response) for part in parts] == [
        ("choice", 1, "0"),
        ("choice", 0, "1"),
        ("choice", 1, "1"),
        ("choice", 1, "0"),
        ("choice", 1, "2"),
        ("long-fill-in", None, "Who said it?"),
    ]
    assert parts[0].question.description == "Passage 1: Sealed."
    report = report_of([{"statement": tree["statement"], "tree": tree}], IRI)
    assert [one.given for one in report[:2]] == [("Keeps",), ("The colour",)]
    assert report[1].right == ("The seal",)
    assert len(report) == 6
    assert len({part.sub_content_id for part in parts}) == 6
    host.play(EVIDENCE, evidence(), state={"answer": [{"mark": 9, "reason": "x"}, None, 4, 5]})
    assert host.js("it.getCurrentState()") == {"answer": [{}, {}, {}]}


def test_without_marks_of_its_own_an_exhibit_asks_what_is_relevant_and_frames_its_picture(host):
    picture = {
        "file": {"path": "images/evidence-bag.png", "mime": "image/png", "width": 400, "height": 200},
        "alt": "A bag",
    }
    items = [
        passage("Seal", "keeps", region={"left": 10, "top": 20, "width": 30, "height": 40}),
        passage("Dog", ""),
    ]
    params = evidence(categories=[], items=items, exhibit={"title": "A photograph", "picture": picture})
    it = host.play(EVIDENCE, params, language="ar")
    first, second = passages(it)
    expect(it.get_by_role("img", name="A bag")).to_be_visible()
    expect(first.get_by_text("Outlined in the picture with the number 1.")).to_be_visible()
    frame, image = it.locator(".jk-region").bounding_box(), it.get_by_role("img").bounding_box()
    assert round((frame["x"] - image["x"]) / image["width"], 2) == 0.1
    first.get_by_label("Relevant", exact=True).check()
    second.get_by_label("Not relevant").check()
    it.get_by_role("button", name="Check").click()
    assert host.told()[-1] == "answered 2/2"


def test_the_author_reads_what_is_wrong_with_an_exhibit(host):
    host.play(EVIDENCE, evidence())
    wrong = evidence(
        categories=[{"name": "Keeps"}, {"name": "keeps"}],
        items=[
            passage("a", "Brakes"),
            {"text": "b", "category": "keeps", "reasons": [{"text": "?", "right": False}]},
        ],
        exhibit={"title": "x", "picture": {"file": {"path": "images/evidence-bag.png"}}},
    )
    assert remarks(host, EVIDENCE, evidence()) == []
    assert remarks(host, EVIDENCE, wrong) == [
        "Two marks are called “keeps”.",
        "In passage 1 there is no mark called “Brakes”.",
        "Passage 2 offers reasons, but none is right.",
        "The picture of the exhibit has no description.",
    ]
    assert remarks(host, EVIDENCE, {"categories": [{"name": "One"}]}) == [
        "There is nothing to mark yet.",
        "There is only one mark of your own; give at least two.",
    ]


# --- flashcards ---


def cards(**behaviour):
    listed = [
        {"term": f"Term &amp; {n}", "definition": f"<p>Meaning {n}</p>", "hint": "Think."} for n in (1, 2, 3)
    ]
    return {"cards": listed, "behaviour": behaviour}


def turn(it, answer):
    it.get_by_role("button", name="Show the definition").press("Enter")
    it.get_by_role("button", name=answer).press("Enter")


def test_cards_are_repeated_until_all_are_known_which_is_reported_once_without_a_score(host, axe):
    it = host.play(CARDS, cards())
    expect(it.get_by_text("Term & 1")).to_be_visible()
    expect(it.get_by_text("Meaning 1")).to_have_count(0)
    it.get_by_role("button", name="Show the definition").press("Enter")
    expect(it.get_by_role("group", name="Definition")).to_be_focused()
    axe(host.page)
    it.get_by_role("button", name="I knew it").press("Enter")
    expect(it.get_by_text("Card 2 of 3")).to_be_focused()
    turn(it, "Again")
    turn(it, "I knew it")
    expect(it.get_by_role("heading", name="End of the round")).to_be_focused()
    expect(it.get_by_text("You know 2 of 3 cards.")).to_be_visible()
    expect(it.get_by_role("listitem").get_by_text("Term & 2")).to_be_visible()
    axe(host.page)
    it.get_by_role("button", name="Repeat these cards").press("Enter")
    expect(it.get_by_text("Card 1 of 1")).to_be_focused()
    state = host.js("it.getCurrentState()")
    assert "completed" not in host.told()

    host.play(CARDS, cards(), state=state)
    expect(it.get_by_text("Card 1 of 1")).to_be_visible()
    assert host.js("it.getCurrentState()") == state
    turn(it, "I knew it")
    expect(it.get_by_role("heading", name="You know every card.")).to_be_focused()
    expect(it.get_by_text("Completed")).to_be_visible()
    it.get_by_role("button", name="Start over with all cards").press("Enter")
    for _ in range(3):
        turn(it, "I knew it")
    assert host.told().count("completed") == 1
    (completed,) = host.statements("completed")
    assert completed["object"]["id"] == IRI
    assert "score" not in completed["result"]
    assert host.posts == []


def test_cards_may_count_as_done_once_each_was_turned_and_ask_for_the_term(host):
    it = host.play(CARDS, cards(doneWhen="seen", definitionFirst=True, shuffle=True))
    for number in range(3):
        expect(it.get_by_text("Term &")).to_have_count(0)
        assert host.told().count("completed") == 0
        it.get_by_role("button", name="Show the term").click()
        assert host.told().count("completed") == (number == 2)
        it.get_by_role("button", name="Again").click()
    state = host.js("it.getCurrentState()")
    changed = cards(doneWhen="seen")
    changed["cards"] = changed["cards"][:2]
    host.play(CARDS, changed, state=state)
    expect(it.get_by_text("Card 1 of 2")).to_be_visible()
    assert host.js("it.isDone") is True


# --- accordion ---


def sections(count=3, **behaviour):
    listed = [{"title": f"Part {n} &lt;b&gt;", "text": f"<p>Text {n}</p>"} for n in range(1, count + 1)]
    return {"panels": listed, "behaviour": behaviour}


def test_an_accordion_is_walked_by_arrow_keys_and_consumed_when_all_was_open(host, axe):
    it = host.play(ACCORDION, sections())
    keys = host.page.keyboard
    buttons = [it.get_by_role("button", name=f"Part {n} <b>") for n in (1, 2, 3)]
    expect(it.get_by_role("heading", level=3)).to_have_count(3)
    buttons[0].press("Enter")
    expect(it.get_by_role("region", name="Part 1 <b>")).to_be_visible()
    expect(buttons[0]).to_have_attribute("aria-expanded", "true")
    axe(host.page)
    for key, place in (("ArrowUp", 2), ("ArrowDown", 0), ("End", 2), ("Home", 0), ("ArrowDown", 1)):
        keys.press(key)
        expect(buttons[place]).to_be_focused()
    keys.press("Space")
    buttons[0].press("Enter")
    expect(it.get_by_text("Text 1")).to_be_hidden()
    state = host.js("it.getCurrentState()")
    assert state == {"open": [1], "seen": [0, 1]}
    assert "consume" not in host.told()

    host.play(ACCORDION, sections(), state=state)
    expect(it.get_by_text("Sections opened: 2 of 3")).to_be_visible()
    buttons[2].click()
    buttons[2].click()
    it.get_by_role("button", name="Open all").click()
    expect(it.get_by_text("All sections were opened.")).to_be_visible()
    assert host.told().count("consume") == 1
    host.play(ACCORDION, sections(), state=host.js("it.getCurrentState()"))
    it.get_by_role("button", name="Close all").click()
    assert "consume" not in host.told()


def test_an_accordion_may_keep_one_section_open(host):
    it = host.play(ACCORDION, sections(oneAtATime=True, firstOpen=True, headingLevel="h2"))
    expect(it.get_by_role("heading", level=2)).to_have_count(3)
    expect(it.get_by_text("Text 1")).to_be_visible()
    it.get_by_role("button", name="Part 2").click()
    expect(it.get_by_text("Text 1")).to_be_hidden()
    expect(it.get_by_role("button", name="Open all")).to_have_count(0)


# --- what the demo plays ---


@pytest.mark.parametrize("path", DEMO, ids=lambda path: path.stem)
def test_the_demo_content_is_clean_and_speaks_its_language(path):
    told = json.loads(path.read_text())
    machine_name = told["library"].partition(" ")[0]
    folder = FOLDER / f"{machine_name}-1.0"
    raw = json.loads((folder / "semantics.json").read_text())
    fields = parse_semantics(raw)
    forms = {name: parse_semantics(one.semantics) for name, one in shipped_libraries().items()}
    clean = Sanitizer(forms.get).fields(fields, told["params"])
    assert len(clean.get("questions", [])) == len(told["params"].get("questions", []))
    assert clean.keys() == told["params"].keys()
    words = next(number for number, one in enumerate(raw) if one["name"] == "texts")
    said = raw
    if told["language"] != "en":
        said = json.loads((folder / "language" / f"{told['language']}.json").read_text())["semantics"]
    spoken = {
        one["name"]: word["default"]
        for one, word in zip(raw[words]["fields"], said[words]["fields"], strict=True)
    }
    assert told["params"]["texts"] == spoken
    assert told["title"]
    assert told["text_alternative"].startswith("<")


def test_the_demo_content_plays_in_its_three_languages_without_remarks(host):
    host.play(SCENARIO, scenario())
    told = [json.loads(path.read_text()) for path in DEMO if path.stem.startswith("first-contact")]
    for one in told:
        assert remarks(host, SCENARIO, one["params"]) == []
        assert ask_graph(host, one["params"], "s.best(graph).points") == 9
    host.play(EVIDENCE, evidence())
    for path in DEMO:
        if path.stem.startswith("phone-that"):
            assert remarks(host, EVIDENCE, json.loads(path.read_text())["params"]) == []


# --- inside other content ---


def part(name, params, number):
    return {
        "library": f"{name} 1.0",
        "params": params,
        "subContentId": f"1b4e28ba-2fa1-11d2-883f-b9a761bde3f{number}",
    }


def test_a_column_is_done_once_the_cases_in_it_are(host, axe):
    parts = [
        part(ACCORDION, sections(1), 1),
        part(SCENARIO, scenario(introduction=""), 2),
        part(EVIDENCE, evidence(), 3),
    ]
    it = host.play("JusticeKit.Column", {"parts": parts})
    it.get_by_role("button", name="Part 1").click()
    for pick in ("Ask first", "Call"):
        it.get_by_role("radio", name=pick).check()
        it.get_by_role("button", name="Decide").click()
    axe(host.page)
    assert host.told()[-1] == "completed child 4/4"
    for row in passages(it):
        row.get_by_role("radio").first.check()
    for row in passages(it)[:2]:
        row.locator(".jk-choice").nth(1).get_by_role("radio").first.check()
    it.get_by_role("button", name="Check").click()
    host.page.wait_for_function("window.statements.map(window.sum).includes('completed 6/9')")
    state = host.js("it.getCurrentState()")
    tree = host.js("it.getXAPIData()")
    assert [len(child.get("children", [])) for child in tree["children"]] == [2, 5]
    host.play("JusticeKit.Column", {"parts": parts}, state=state)
    expect(it.get_by_role("heading", name="Debrief")).to_be_visible()
    expect(it.get_by_text("Points: 2 of 5")).to_be_visible()
    assert host.js("it.getScore()") == 6


def test_a_question_set_asks_about_an_exhibit_and_shows_it_again_with_the_answers(host):
    set_params = {"questions": [part(EVIDENCE, evidence(), 1)], "behaviour": {"checking": "end"}}
    it = host.play("JusticeKit.QuestionSet", set_params)
    passages(it)[0].get_by_label("Keeps").check()
    expect(it.get_by_role("button", name="Check")).to_have_count(0)
    it.get_by_role("button", name="Finish").click()
    assert "answered child 1/5" in host.told()
    assert host.told()[-1] == "completed 1/5"
    it.get_by_role("button", name="Show the answers").click()
    expect(it.get_by_text("Right mark: Hearsay")).to_be_visible()
