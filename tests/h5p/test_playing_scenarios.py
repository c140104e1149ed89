"""Decision scenarios in Chromium: by keyboard, resumed, reported, and for authors."""

import json

from playwright.sync_api import expect

from h5p.core.report import report_of
from h5p.core.xapi import parse_statement
from tests.h5p.cases import (
    SCENARIO,
    ask_graph,
    choice,
    ending,
    remarks,
    scenario,
    scene,
)
from tests.h5p.playing_host import IRI

# --- decision scenario ---


def test_a_scenario_is_decided_by_keyboard_to_its_debrief_and_reported(host, axe):
    it = host.play(SCENARIO, scenario())
    keys = host.page.keyboard
    assert host.js("document.activeElement === document.body")
    assert host.js("it.getCurrentState()") is None
    assert host.js("[it.getScore(), it.getMaxScore(), it.getAnswerGiven()]") == [0, 4, False]
    axe(host.page)
    keys.press("Tab")
    keys.press("Enter")
    expect(it.get_by_role("heading", name="Gate")).to_be_focused()
    expect(it.get_by_text("Decision 1")).to_be_visible()
    it.get_by_role("button", name="Decide").press("Enter")
    expect(it.get_by_role("status").get_by_text("Choose one of the options, then decide.")).to_be_visible()
    expect(it.get_by_role("radio", name="Search & ask later")).to_be_focused()
    keys.press("Space")
    axe(host.page)
    keys.press("Tab")
    keys.press("Enter")
    expect(it.get_by_role("heading", name="What follows")).to_be_focused()
    expect(it.get_by_text("She falls silent.")).to_be_visible()
    expect(it.get_by_text("Unsound")).to_have_count(0)
    expect(it.get_by_role("button", name="Back")).to_have_count(0)
    keys.press("Tab")
    keys.press("Enter")
    expect(it.get_by_role("heading", name="Cell")).to_be_focused()
    expect(it.get_by_text("Your decisions so far: 1")).to_be_visible()
    it.get_by_role("radio", name="Hold").check()
    keys.press("Enter")
    expect(it.get_by_role("heading", name="Held")).to_be_focused()
    expect(it.get_by_text("Poor outcome")).to_be_visible()
    expect(it.get_by_text("Your path earned 0 of 4 points.")).to_be_visible()
    expect(it.get_by_role("heading", name="Debrief")).to_be_visible()
    first = it.locator(".jk-reviewed").first
    expect(first.get_by_text("No ground for a search.")).to_be_visible()
    expect(first.get_by_text("A sounder decision")).to_be_visible()
    expect(first.get_by_role("link", name="Article 9")).to_have_attribute(
        "href", "https://example.org/article-9"
    )
    axe(host.page)
    assert host.told() == ["attempted", "interacted", "interacted", "completed 0/4"]
    assert host.posts[0][0] == "/finished"

    it.get_by_role("button", name="Start again").press("Enter")
    expect(it.locator(".jk-prose", has_text="You are on duty.")).to_be_focused()
    assert host.js("it.getCurrentState()") is None


def test_the_report_of_a_scenario_reads_decision_by_decision(host):
    host.play(SCENARIO, scenario())
    host.js(
        "it.restore({decisions: [{scene: 'gate', choice: 1}, {scene: 'yard', choice: 0}], stands: 'end', wentBack: 0})"
    )
    tree = host.js("it.getXAPIData()")
    whole = parse_statement(tree["statement"], IRI)
    parts = [parse_statement(child["statement"], IRI) for child in tree["children"]]
    assert (whole.is_root, whole.raw, whole.maximum) == (True, 3, 4)
    assert [part.is_root for part in parts] == [False, False]
    assert len({part.sub_content_id for part in parts}) == 2
    assert [(part.raw, part.maximum, part.response) for part in parts] == [(2, 2, "1"), (1, 2, "0")]
    assert parts[0].question.kind == "choice"
    assert parts[0].question.description == "Gate — What do you do?"
    assert parts[0].question.choices[0].text == "Search & ask later"
    assert parts[1].question.patterns == ("1",)
    assert tree["children"] == host.js("it.getXAPIData()")["children"]
    first, second = report_of([{"statement": tree["statement"], "tree": tree}], IRI)
    assert (first.given, first.right) == (("Ask first",), ("Ask first",))
    assert (second.given, second.right, second.is_right) == (("Wait",), ("Call",), False)


def test_a_scenario_resumes_where_it_was_left_as_far_as_it_is_still_the_same(host):
    it = host.play(SCENARIO, scenario())
    it.get_by_role("button", name="Begin").click()
    it.get_by_role("radio").first.check()
    it.get_by_role("button", name="Decide").click()
    state = host.js("it.getCurrentState()")
    host.play(SCENARIO, scenario(), state=state)
    expect(it.get_by_role("heading", name="What follows")).to_be_visible()
    assert host.js("it.getCurrentState()") == state
    assert host.told() == ["attempted"]
    it.get_by_role("button", name="Continue").click()
    it.get_by_role("radio").first.check()
    it.get_by_role("button", name="Decide").click()
    state = host.js("it.getCurrentState()")
    assert state["stands"] == "end"

    host.play(SCENARIO, scenario(), state=state)
    expect(it.get_by_role("heading", name="Free")).to_be_visible()
    assert host.told() == ["attempted"]
    assert host.js("it.getScore()") == 1

    other = scenario()
    other["scenes"][2] = scene("cellar", choice("Look", "free"))
    other["scenes"][0]["choices"][0]["next"] = "cellar"
    host.play(SCENARIO, other, state=state)
    expect(it.get_by_role("heading", name="Cellar")).to_be_visible()
    host.play(SCENARIO, scenario(), state={"decisions": "?", "stands": "end"})
    expect(it.get_by_text("You are on duty.")).to_be_visible()


def test_going_back_and_judging_at_once_are_the_authors_to_allow(host):
    allowed = {"allowBack": True, "allowRestart": False, "judgeAtOnce": True}
    it = host.play(SCENARIO, scenario(introduction="", behaviour=allowed))
    expect(it.get_by_role("button", name="Back")).to_have_count(0)
    it.get_by_role("radio", name="Ask first").check()
    it.get_by_role("button", name="Decide").click()
    expect(it.get_by_text("Sound", exact=True)).to_be_visible()
    expect(it.get_by_text("Ask before you act.")).to_be_visible()
    it.get_by_role("button", name="Back to the decision before").click()
    expect(it.get_by_role("heading", name="Gate")).to_be_focused()
    assert host.js("it.getCurrentState()") == {"decisions": [], "stands": "scene", "wentBack": 1}
    for name in ("Ask first", "Call"):
        it.get_by_role("radio", name=name).check()
        it.get_by_role("button", name="Decide").click()
        it.get_by_role("button", name="Continue").click()
    expect(it.get_by_text("Times you went back: 1")).to_be_visible()
    expect(it.get_by_role("button", name="Start again")).to_have_count(0)
    assert host.told()[-1] == "completed 4/4"


def test_the_best_path_is_the_measure_and_in_a_loop_only_first_decisions_count(host):
    host.play(SCENARIO, scenario())
    loop = scenario(
        scenes=[
            scene("a", choice("on", "b", points=1), choice("out", "end", points=2)),
            scene("b", choice("back", "a", points=3), choice("out", "end", points=1)),
        ],
        endings=[ending("end")],
    )
    assert ask_graph(host, scenario(), "s.best(graph).points") == 4
    # Once round: 1 and 3, then out of "a", where a decision has counted before.
    assert ask_graph(host, loop, "s.best(graph).points") == 4
    path = [{"scene": "a", "choice": 0}, {"scene": "b", "choice": 0}, {"scene": "a", "choice": 1}]
    assert ask_graph(host, loop, f"s.points(s.follow(graph, {json.dumps(path)}).steps)") == 4
    assert ask_graph(host, loop, f"s.follow(graph, {json.dumps(path)}).isOver") is True
    assert ask_graph(host, {}, "s.best(graph).points") == 0


def test_no_path_of_any_scenario_earns_more_than_its_best(host):
    host.play(SCENARIO, scenario())
    worst = host.page.evaluate(
        """() => {
            let seed = 7;
            const random = (most) => { seed = (seed * 48271) % 2147483647; return seed % most; };
            const s = JusticeKit.scenario;
            return Array.from({length: 150}, () => {
                const count = 1 + random(6);
                const graph = s.read({endings: [{name: 'end'}], scenes: Array.from({length: count}, (_, index) => ({
                    name: `s${index}`,
                    choices: Array.from({length: random(4)}, () => ({
                        text: '?',
                        points: random(5),
                        next: random(4) ? `s${random(count)}` : ['end', 'gone', ''][random(3)]
                    }))
                }))});
                const best = s.best(graph).points;
                s.problems(graph);
                return Math.max(...Array.from({length: 20}, () => {
                    const path = [];
                    for (let steps = 0; steps < 30; steps += 1) {
                        const {at, isOver} = s.follow(graph, path);
                        if (isOver) { break; }
                        path.push({scene: at.key, choice: random(at.choices.length)});
                    }
                    return s.points(s.follow(graph, path).steps) - best;
                }));
            });
        }"""
    )
    assert max(worst) == 0


def test_the_author_reads_what_is_wrong_with_the_graph_and_learners_do_not(host):
    broken = {
        "scenes": [
            scene("start", choice("Go", "nowhere"), choice("Stay", ""), choice("Round", "ring", points=1)),
            scene("ring", choice("Again", "ring")),
            scene("START", choice("Go", "end")),
            {"text": "x", "choices": [choice("Go", "end")]},
            scene("empty", picture={"file": {"path": "images/a.png"}}, audio=[{"path": "audios/a.mp3"}]),
        ],
        "endings": [ending("end")],
    }
    it = host.play(SCENARIO, broken)
    expect(it.locator(".jk-remarks")).to_have_count(0)
    assert remarks(host, SCENARIO, broken) == [
        "The short name “START” is used more than once.",
        "In the scene “start”, the choice “Go” leads to “nowhere”, which does not exist.",
        "In the scene “start”, the choice “Stay” leads nowhere: the scenario ends there.",
        "Scene number 4 has no short name, so no choice can lead to it.",
        "The scene “empty” offers no choice: the scenario ends there.",
        "From the scene “start” no ending can be reached.",
        "From the scene “ring” no ending can be reached.",
        "No choice leads to “empty”.",
        "No choice leads to “end”.",
        "Choices that lead back to an earlier scene: 1. Only the first decision in a scene counts.",
        "The picture in “empty” has no description.",
        "The recording in “empty” has no transcript.",
    ]
    assert remarks(host, SCENARIO, scenario()) == []
    assert remarks(host, SCENARIO, {"scenes": [], "endings": []}) == ["There is no scene to begin with."]
    detour = scenario()
    detour["scenes"][2]["choices"][0]["points"] = 9
    assert remarks(host, SCENARIO, detour) == [
        "The path with the most points goes through a decision that is not sound, in “gate”. Give decisions that put a "
        "mistake right fewer points."
    ]
    unjudged = {"scenes": [scene("a", choice("Go", "end"))], "endings": [ending("end")]}
    assert remarks(host, SCENARIO, unjudged) == [
        "No choice earns points: the scenario reports that it was finished, without a score."
    ]
    it = host.play(SCENARIO, unjudged)
    it.get_by_role("radio").check()
    it.get_by_role("button", name="Decide").click()
    assert host.told()[-1] == "completed"
