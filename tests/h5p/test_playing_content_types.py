"""Our content types in Chromium, in a host that is not the LMS: by keyboard, in Arabic, resumed, reported."""

import base64
import json
import os

import pytest
from playwright.sync_api import expect

from h5p import shipped
from h5p.core.report import report_of
from h5p.shipped import example
from tests.h5p.playing_host import IRI

SHOTS = os.environ.get("SCREENSHOTS")
UUID = "1b4e28ba-2fa1-11d2-883f-b9a761bde3fb"
SECOND, THIRD = UUID[:-1] + "c", UUID[:-1] + "d"
CHOICE = "JusticeKit.MultipleChoice"
PNG_PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
EXTENSION = "http://h5p.org/x-api/h5p-subContentId"


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


def test_an_author_is_told_in_the_preview_what_learners_could_never_answer(host):
    wrong = choice(options=[{"text": "One", "isRight": False}, {"text": "Two", "isRight": False}])
    it = host.play(CHOICE, wrong, is_preview=True)
    expect(it.get_by_text("No option is marked as right.")).to_be_visible()
    it = host.play(CHOICE, wrong)
    expect(it.get_by_text("No option is marked as right.")).to_have_count(0)
    it = host.play("JusticeKit.FillBlanks", {"text": "<p>No gap.</p>"}, is_preview=True)
    expect(it.get_by_text("The text has no gap.")).to_be_visible()


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


def test_true_or_false_is_reported_as_such(host):
    it = host.play("JusticeKit.TrueFalse", {"question": "<p>Silence is consent.</p>", "isTrue": False})
    it.get_by_label("True").check()
    it.get_by_role("button", name="Check").click()
    (answered,) = host.statements("answered")
    definition = answered["object"]["definition"]
    assert definition["interactionType"] == "true-false"
    assert definition["correctResponsesPattern"] == ["false"]
    assert definition["description"] == {"en-US": "Silence is consent."}
    assert answered["result"]["response"] == "true"
    it.get_by_role("button", name="Show the answer").click()
    expect(it.locator("label", has_text="False")).to_contain_text("Right answer")


GAPS = {
    "question": "<p>Complete it.</p>",
    "text": "<p>The <em>*judge/magistrate:who?*</em> sits in *Genève*; 3 \\* 4 is *12*.</p>",
}


def test_gaps_are_filled_by_keyboard_alternatives_count_and_the_report_has_them(host, axe):
    it = host.play("JusticeKit.FillBlanks", GAPS)
    keys = host.page.keyboard
    expect(it.get_by_text("3 * 4 is")).to_be_visible()
    keys.press("Tab")
    expect(it.get_by_label("Gap 1 of 3")).to_be_focused()
    keys.type("  Magistrate ")
    keys.press("Enter")
    expect(it.get_by_label("Gap 2 of 3")).to_be_focused()
    keys.type("geneve")
    keys.press("Enter")
    keys.type("11")
    keys.press("Enter")
    expect(it.get_by_role("button", name="Check")).to_be_focused()
    it.get_by_role("button", name="Hint for gap 1").click()
    expect(it.get_by_text("who?")).to_be_visible()
    it.get_by_role("button", name="Check").click()
    expect(it.get_by_text("Points: 2 of 3")).to_be_visible()
    it.get_by_role("button", name="Show the answer").click()
    expect(it.get_by_text("Right answer: 12")).to_be_visible()
    axe(host.page)
    shot(host, "blanks-solved")
    (answered,) = host.statements("answered")
    definition = answered["object"]["definition"]
    assert definition["interactionType"] == "fill-in"
    assert definition["correctResponsesPattern"] == ["{case_matters=false}judge[,]Genève[,]12"]
    assert definition["description"]["en-US"].startswith("Complete it. The __________ sits in")
    assert definition["extensions"]["https://h5p.org/x-api/alternatives"][0] == ["judge", "magistrate"]
    assert answered["result"]["response"] == "Magistrate[,]geneve[,]11"
    state = host.js("it.getCurrentState()")
    assert state == {"answer": ["  Magistrate ", "geneve", "11"], "checked": True, "solved": True}
    host.play("JusticeKit.FillBlanks", GAPS, state=state)
    expect(it.get_by_label("Gap 1 of 3")).to_have_value("  Magistrate ")
    it.get_by_role("button", name="Try again").click()
    expect(it.get_by_label("Gap 1 of 3")).to_be_focused()
    assert host.js("it.getScore()") == 0


def test_answers_that_mean_the_same_are_equal_unless_the_author_is_strict(host):
    host.play("JusticeKit.FillBlanks", GAPS)
    pairs = [
        ("أدلّة", "ادله"),
        ("القضاء  الجنائي", "القضاء الجنائى"),
        ("إثبات", "اثبات"),
        ("الـمحكمة", "المحكمة"),
        ("٢٠٢٦", "2026"),
        ("l’État", "L'etat"),
        ("cœur", "coeur"),
        ("Ёлка", "елка"),
    ]
    compare = "([a, b, how]) => JusticeKit.comparable(a, how) === JusticeKit.comparable(b, how)"
    kind, strict = {"caseSensitive": False, "tolerant": True}, {"caseSensitive": True, "tolerant": False}
    for one, other in pairs:
        assert host.page.evaluate(compare, [one, other, kind]), one
        same = host.page.evaluate(compare, [one, other, strict])
        assert same == (one == "٢٠٢٦"), one
    assert not host.page.evaluate(compare, ["قاضي", "قضية", kind])
    assert not host.page.evaluate(compare, ["مادة", "مدة", kind])


ORDER = {"question": "<p>In order.</p>", "items": [{"text": text} for text in ("One", "Two", "Three")]}


def test_items_are_sorted_by_buttons_and_arrow_keys_and_screen_readers_hear_where_they_are(host, axe):
    it = host.play("JusticeKit.Sorting", ORDER)
    assert it.get_by_role("listitem").count() == 3
    assert host.js("it.order") != [0, 1, 2]
    it.get_by_role("button", name="Move up: One").focus()
    host.page.keyboard.press("ArrowUp")
    host.page.keyboard.press("ArrowUp")
    host.page.keyboard.press("ArrowDown")
    expect(it.get_by_role("button", name="Move up: One")).to_be_focused()
    expect(it.locator("[role=status].jk-hidden")).to_have_text("One is now at place 2 of 3.")
    host.page.keyboard.press("Enter")
    two = it.get_by_role("button", name="Move up: Two")
    if host.js("it.order") == [0, 2, 1]:
        two.click()
    it.get_by_role("button", name="Move down: Two").click()
    state = host.js("it.getCurrentState()")
    assert state == {"answer": [0, 2, 1]}
    it.get_by_role("button", name="Check").click()
    expect(it.get_by_text("Points: 1 of 3")).to_be_visible()
    it.get_by_role("button", name="Show the answer").click()
    expect(it.get_by_text("Right place: 2")).to_be_visible()
    axe(host.page)
    (answered,) = host.statements("answered")
    assert answered["object"]["definition"]["interactionType"] == "sequencing"
    assert answered["object"]["definition"]["correctResponsesPattern"] == ["0[,]1[,]2"]
    assert answered["result"]["response"] == "0[,]2[,]1"
    host.play("JusticeKit.Sorting", ORDER, state=state)
    assert it.get_by_role("listitem").nth(1).inner_text().startswith("2")
    assert host.js("it.order") == [0, 2, 1]


def part(name, params, uuid=UUID):
    return {"library": f"JusticeKit.{name} 1.0", "params": params, "subContentId": uuid}


def statement_of_truth(words="Silence is consent.", *, is_true=False, uuid=UUID):
    return part("TrueFalse", {"question": f"<p>{words}</p>", "isTrue": is_true}, uuid)


def test_a_text_tells_that_it_was_read(host):
    it = host.play("JusticeKit.Text", {"text": '<p>Read <a href="https://www.unodc.org/">me</a>.</p>'})
    expect(it.get_by_role("link")).to_have_attribute("target", "_blank")
    host.page.wait_for_function("window.statements.length === 2")
    assert host.told() == ["attempted", "consume"]
    assert host.js("it.getMaxScore && it.getMaxScore()") in (None, 0)


def test_a_column_is_completed_by_its_tasks_and_its_children_are_told_from_it(host, axe):
    tasks = [part("Text", {"text": "<p>Read.</p>"}, ""), statement_of_truth(), part("Sorting", ORDER, "")]
    it = host.play("JusticeKit.Column", {"parts": tasks})
    it.get_by_label("False").check()
    it.get_by_role("button", name="Check").first.click()
    expect(it.get_by_text("Tasks done: 1 of 2. Points: 1 of 4")).to_be_visible()
    assert "completed" not in " ".join(host.told())
    it.locator(".jk-sort-moves [aria-disabled=false]").first.click()
    host.js("it.children[2].order = [0, 1, 2]")
    it.get_by_role("button", name="Check").click()
    host.page.wait_for_function("window.statements.some((one) => one.verb.id.endsWith('/completed'))")
    axe(host.page)
    assert host.told()[0] == "attempted"
    assert host.told()[-1] == "completed 4/4"
    (completed,) = host.statements("completed")
    assert completed["object"]["id"] == IRI
    assert "parent" not in completed["context"]["contextActivities"]
    children = [
        one for one in host.js("window.statements") if EXTENSION in one["object"]["definition"]["extensions"]
    ]
    ids = {one["object"]["definition"]["extensions"][EXTENSION] for one in children}
    assert len(ids) == 3
    assert UUID in ids
    assert all(len(one) == 36 for one in ids)
    assert {one["context"]["contextActivities"]["parent"][0]["id"] for one in children} == {IRI}
    tree = host.js("it.getXAPIData()")
    assert tree["statement"]["result"]["score"] == {"min": 0, "max": 4, "raw": 4, "scaled": 1}
    assert [child["statement"]["result"]["response"] for child in tree["children"]] == ["false", "0[,]1[,]2"]
    assert [path for path, _data in host.posts].count("/finished") == 1

    state = host.js("it.getCurrentState()")
    assert state["children"].keys() <= ids
    host.play("JusticeKit.Column", {"parts": tasks}, state=state)
    expect(it.get_by_text("Tasks done: 2 of 2. Points: 4 of 4")).to_be_visible()
    assert host.js("it.getCurrentState()") == state
    assert not host.statements("answered")


def test_a_column_without_tasks_is_completed_when_everything_was_seen_and_has_no_score(host):
    panels = [{"title": "Open me", "text": "<p>Words.</p>"}]
    parts = [part("Text", {"text": "<p>Read.</p>"}, ""), part("Accordion", {"panels": panels}, "")]
    host.play("JusticeKit.Column", {"parts": parts}).get_by_role("button", name="Open me").click()
    host.page.wait_for_function("window.statements.some((one) => one.verb.id.endsWith('/completed'))")
    (completed,) = host.statements("completed")
    assert completed["object"]["id"] == IRI
    assert "score" not in completed["result"]
    assert completed["result"]["completion"] is True
    assert not host.posts


def test_content_inside_content_inside_content_is_told_from_the_whole(host):
    inner = {"questions": [statement_of_truth(uuid=SECOND)], "passPercentage": 0}
    it = host.play("JusticeKit.Column", {"parts": [part("QuestionSet", inner)]})
    it.get_by_label("False").check()
    it.get_by_role("button", name="Check").click()
    it.get_by_role("button", name="Finish").click()
    host.page.wait_for_function(
        "window.statements.filter((one) => one.verb.id.endsWith('/completed')).length === 2"
    )
    assert host.told()[-3:] == ["answered child 1/1", "completed child 1/1", "completed 1/1"]
    (answered,) = host.statements("answered")
    parent = answered["context"]["contextActivities"]["parent"][0]["id"]
    assert parent == f"{IRI}?subContentId={UUID}"
    state = host.js("it.getCurrentState()")
    host.play("JusticeKit.Column", {"parts": [part("QuestionSet", inner)]}, state=state)
    expect(it.get_by_text("Points: 1 of 1 (100 %)")).to_be_visible()


def test_an_evidence_file_waits_for_the_end_of_a_set_like_any_question(host):
    params = example(next(name for name in shipped.shipped_libraries() if "Evidence" in str(name))).params
    questions = [part("EvidenceFile", params), statement_of_truth(uuid=SECOND)]
    behaviour = {"checking": "end", "layout": "all"}
    it = host.play("JusticeKit.QuestionSet", {"questions": questions, "behaviour": behaviour})
    expect(it.get_by_role("button", name="Check")).to_have_count(0)
    it.get_by_role("button", name="Finish").click()
    it.get_by_role("button", name="Finish anyway").click()
    expect(it.get_by_role("heading", name="Your result")).to_be_focused()
    assert host.told()[-1].startswith("completed 0/")


def question_set(**more):
    questions = [
        statement_of_truth("One."),
        part("FillBlanks", GAPS, SECOND),
        statement_of_truth("Three.", is_true=True, uuid=THIRD),
    ]
    return {"questions": questions, "passPercentage": 60, **more}


def test_a_question_set_is_answered_by_keyboard_resumed_and_reported_in_the_order_that_hosts_know(host, axe):
    it = host.play("JusticeKit.QuestionSet", question_set(introduction="<p>Three of them.</p>"))
    keys = host.page.keyboard
    assert host.told() == ["attempted"]
    keys.press("Tab")
    keys.press("Enter")
    expect(it.get_by_role("heading", name="Question 1 of 3")).to_be_focused()
    keys.press("Tab")
    keys.press("ArrowDown")
    keys.press("Tab")
    keys.press("Enter")
    expect(it.get_by_text("Answered: 1 of 3")).to_be_visible()
    axe(host.page)
    shot(host, "set-question")
    keys.press("Tab")
    keys.press("Enter")
    expect(it.get_by_role("heading", name="Question 2 of 3")).to_be_focused()
    assert host.told()[:2] == ["attempted", "attempted child"]
    assert host.told()[-3:] == ["answered child 1/1", "attempted child", "progressed"]
    (progressed,) = host.statements("progressed")
    assert progressed["context"]["extensions"] == {"http://id.tincanapi.com/extension/ending-point": 2}
    state = host.js("it.getCurrentState()")

    host.play("JusticeKit.QuestionSet", question_set(introduction="<p>Three of them.</p>"), state=state)
    expect(it.get_by_role("heading", name="Question 2 of 3")).to_be_visible()
    it.get_by_label("Gap 1 of 3").fill("judge")
    it.get_by_role("button", name="Next").click()
    it.get_by_role("button", name="Finish").click()
    expect(it.get_by_text("Not answered yet: 3.")).to_be_visible()
    it.get_by_role("button", name="Finish anyway").click()
    expect(it.get_by_role("heading", name="Your result")).to_be_focused()
    expect(it.get_by_text("Not passed")).to_be_visible()
    expect(it.get_by_text("Points: 2 of 5 (40 %)")).to_be_visible()
    axe(host.page)
    shot(host, "set-result")
    assert host.told()[-3:] == ["answered child 1/3", "answered child 0/1", "completed 2/5"]
    (completed,) = host.statements("completed")
    assert completed["object"]["id"] == IRI
    assert completed["result"]["success"] is False
    assert host.js("it.getXAPIData().statement.result.success") is False
    assert [post["score"] for path, post in host.posts if path == "/finished"] == ["2"]
    report = report_of([{"statement": completed, "tree": host.js("it.getXAPIData()")}], IRI)
    assert [(one.question, one.raw, one.maximum) for one in report] == [
        ("One.", 1, 1),
        ("Complete it. The ____ sits in ____; 3 * 4 is ____.", 1, 3),
        ("Three.", 0, 1),
    ]
    assert report[1].right == ("judge", "Genève", "12")

    finished = host.js("it.getCurrentState()")
    host.play("JusticeKit.QuestionSet", question_set(), state=finished)
    expect(it.get_by_text("Points: 2 of 5 (40 %)")).to_be_visible()
    assert host.told() == ["attempted"]
    it.get_by_role("button", name="Show the answers").click()
    it.get_by_role("button", name="Next").click()
    expect(it.get_by_text("Right answer: Genève")).to_be_visible()
    it.get_by_role("button", name="Back to the result").click()
    it.get_by_role("button", name="Try all again").click()
    expect(it.get_by_role("heading", name="Question 1 of 3")).to_be_focused()
    expect(it.get_by_role("radio", name="False")).to_be_enabled()
    assert host.js("[it.getScore(), it.getAnswerGiven()]") == [0, False]


def test_a_set_that_is_checked_at_its_end_says_nothing_before(host, axe):
    behaviour = {"layout": "all", "checking": "end"}
    it = host.play("JusticeKit.QuestionSet", question_set(behaviour=behaviour, passPercentage=20))
    expect(it.get_by_role("button", name="Check")).to_have_count(0)
    it.get_by_label("False").first.check()
    it.get_by_label("True").last.check()
    expect(it.get_by_text("Answered: 2 of 3")).to_be_visible()
    it.get_by_label("Gap 2 of 3").fill("Genève")
    expect(it.get_by_text("Answered: 3 of 3")).to_be_visible()
    assert it.locator(".jk-mark").count() == 0
    axe(host.page)
    it.get_by_role("button", name="Finish").click()
    expect(it.get_by_text("Passed", exact=True)).to_be_visible()
    assert host.told()[-4:] == [
        "answered child 1/1",
        "answered child 1/3",
        "answered child 1/1",
        "completed 3/5",
    ]
    it.get_by_role("button", name="Look at question 2").click()
    expect(it.get_by_role("heading", name="Question 2 of 3")).to_be_focused()
    expect(it.get_by_text("Points: 1 of 3")).to_be_visible()


def test_a_drawn_set_asks_as_many_as_it_should_and_keeps_its_draw(host):
    behaviour = {"draw": 2, "randomOrder": True, "layout": "all"}
    it = host.play("JusticeKit.QuestionSet", question_set(behaviour=behaviour))
    expect(it.get_by_role("heading", name="Question 2 of 2")).to_be_visible()
    it.locator("input").first.click()
    state = host.js("(it.touched = true, it.getCurrentState())")
    assert len(state["order"]) == 2
    host.play("JusticeKit.QuestionSet", question_set(behaviour=behaviour), state=state)
    assert host.js("it.children.map((child) => child.subContentId)") == state["order"]


def test_a_set_in_arabic_mirrors_with_the_words_of_its_language_file(host, axe):
    words = words_of("JusticeKit.QuestionSet", "ar")
    question = {
        "question": "<p>الصمت رضا.</p>",
        "isTrue": False,
        "texts": words_of("JusticeKit.TrueFalse", "ar"),
        "picture": {"file": {"path": "images/none.png", "mime": "image/png"}, "alt": "ختم &quot;أ&quot;"},
    }
    host.page.route("**/none.png", lambda route: route.fulfill(content_type="image/png", body=PNG_PIXEL))
    params = {
        "questions": [part("TrueFalse", question)] * 1 + [part("TrueFalse", question, SECOND)],
        "texts": words,
    }
    it = host.play("JusticeKit.QuestionSet", params, language="ar")
    expect(it.get_by_role("img", name='ختم "أ"')).to_be_visible()
    assert it.get_attribute("dir") == "rtl"
    it.get_by_label("خطأ").check()
    it.get_by_role("button", name="التحقق").click()
    shot(host, "set-arabic")
    it.get_by_role("button", name="التالي").click()
    it.get_by_label("صواب").check()
    it.get_by_role("button", name="الإنهاء").click()
    expect(it.get_by_text("تم الإنجاز النقاط: 1 من 2 (50 %)")).to_be_visible()
    assert "success" not in host.statements("completed")[0]["result"]
    axe(host.page)
    shot(host, "set-arabic-result")


def words_of(name, language):
    """The words of the interface in a language."""
    library = next(one for key, one in shipped.shipped_libraries().items() if key.machine_name == name)
    at = next(number for number, one in enumerate(library.semantics) if one["name"] == "texts")
    said = json.loads((library.folder / "language" / f"{language}.json").read_text())["semantics"][at]
    names = [one["name"] for one in library.semantics[at]["fields"]]
    return {name: word["default"] for name, word in zip(names, said["fields"], strict=True)}


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
