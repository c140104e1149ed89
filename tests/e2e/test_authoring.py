"""Authors write every kind of question, look at it, put it into a quiz and have it approved: by keyboard alone."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from accounts.models import Role
from assessments import drafts
from assessments.kinds import plain
from assessments.models import Question, QuizItem
from tests.e2e.cms import typed
from tests.e2e.test_quizzes import SHOTS, shoot
from tests.factories.accounts import make_staff
from tests.factories.assessments import make_bank, make_question, make_quiz
from tests.factories.cms import make_image
from tests.factories.courses import give_course_role, make_course
from tests.factories.kinds import READY, make_ready_question

DESK = {"width": 1400, "height": 1000}


@pytest.fixture
def course(live_site):
    return make_course("Freezing criminal assets")


@pytest.fixture
def author(course):
    author = make_staff(first_name="Nadia", last_name="Author")
    give_course_role(author, course, Role.AUTHOR)
    return author


def test_the_forms_of_questions_stand_up_to_axe(course, author, signed_in, live_site, axe):
    page = signed_in(author, viewport=DESK)
    bank = make_bank(course)
    # Between them they hold every part a form is made of.
    for kind in READY if SHOTS else ("numeric", "gaps", "hotspot", "essay"):
        question = make_ready_question(kind, bank, image=make_image() if kind == "hotspot" else None)
        page.goto(live_site.url + reverse("question_bank:edit", args=[question.pk]))
        expect(page.locator("iframe[name=question-preview][srcdoc]")).to_be_visible()
        shoot(page, f"form-{kind}")
        axe(page, "main")


def test_the_screens_of_quizzes_and_banks_stand_up_to_axe(course, author, signed_in, live_site, axe):
    bank = make_bank(course)
    drawer = bank.categories.create(name="Freezing")
    bank.categories.create(name="Urgent cases", parent=drawer)
    questions = [make_question(bank, name=f"Who may freeze? {number}") for number in range(3)]
    case, part = make_ready_question("case", bank, name="The house at the lake"), questions.pop()
    drafts.add_parts(case, [part], points=2, user=author)
    quiz = make_quiz(course, questions=[*questions, case], title="Final test")
    drafts.place_item(quiz, QuizItem(kind="section", words={"en": {"title": "Part two"}}), user=author)
    drafts.place_item(
        quiz, QuizItem(kind="draw", draw_bank=bank, draw_category=drawer, draw_count=2), user=author
    )
    page = signed_in(author, viewport=DESK)

    for app, name, row in [
        ("quizzes", "edit", quiz),
        ("quizzes", "rules", quiz),
        ("quizzes", "choose", quiz),
        ("quizzes", "add_draw", quiz),
        ("question_bank", "index", None),
        ("question_bank", "bank", bank),
        ("question_bank", "categories", bank),
        ("question_bank", "question", case),
    ]:
        answer = page.goto(live_site.url + reverse(f"{app}:{name}", args=[row.pk] if row else []))
        assert answer.ok, page.url
        expect(page.get_by_role("main").get_by_role("heading").first).not_to_be_empty()
        page.evaluate("document.querySelectorAll('main details').forEach((group) => (group.open = true))")
        page.wait_for_load_state()
        shoot(page, f"screen-{app}-{name}")
        axe(page, "main")


def go_to(control):
    """Put the focus on a control that the Tab key reaches."""
    control.focus()
    assert control.evaluate("element => element.tabIndex >= 0 || element.isContentEditable")
    expect(control).to_be_focused()


def press(page, control, key="Enter"):
    """Go to a control and press Enter."""
    go_to(control)
    page.keyboard.press(key)


def write(page, editor, words):
    """Go to an editor or a field and type."""
    go_to(editor)
    page.keyboard.type(words)
    if editor.get_attribute("contenteditable"):
        typed(page, words)


def save(page):
    with page.expect_navigation():
        press(page, page.get_by_role("button", name="Save", exact=True))


def test_a_case_is_written_put_into_a_quiz_with_a_draw_and_approved_by_keyboard(
    course, author, signed_in, live_site, axe
):
    bank = make_bank(course)
    reviewer = make_staff(first_name="Omar", last_name="Reviewer")
    give_course_role(reviewer, course, Role.REVIEWER)
    quiz = make_quiz(course, questions=1, title="Final test")
    page = signed_in(author, viewport=DESK)
    page.goto(live_site.url + reverse("question_bank:bank", args=[bank.pk]))

    press(page, page.get_by_text("New question"))
    press(page, page.get_by_role("link", name="Case with several questions"))
    write(page, page.get_by_role("textbox", name="The case"), "A villa was bought in cash.")
    save(page)

    press(page, page.get_by_role("link", name="Single choice"))
    write(page, page.get_by_role("textbox", name="Question", exact=True), "Who orders the freeze?")
    options = page.get_by_role("textbox", name="Option", exact=True)
    write(page, options.nth(0), "The judge")
    write(page, options.nth(1), "The bank")
    press(page, page.get_by_role("checkbox", name="Right").first, "Space")
    save(page)
    press(page, page.get_by_role("link", name="Ordering"))
    write(page, page.get_by_role("textbox", name="Question", exact=True), "In which order?")
    steps = page.get_by_role("textbox", name="Step", exact=True)
    write(page, steps.nth(0), "Confiscate")
    write(page, steps.nth(1), "Freeze")
    press(page, page.get_by_role("button", name="Move this row up").nth(1))
    save(page)
    press(page, page.get_by_role("link", name="Short answer"))
    write(page, page.get_by_role("textbox", name="Question", exact=True), "In which city was it signed?")
    write(page, page.get_by_role("textbox", name="Answer", exact=True).first, "Merida")
    save(page)

    preview = page.frame_locator("iframe[name=question-preview]")
    expect(preview.get_by_text("A villa was bought in cash.")).to_be_visible()
    for stem in ("Who orders the freeze?", "In which order?", "In which city was it signed?"):
        expect(preview.get_by_text(stem)).to_be_visible()
    shoot(page, "journey-case")
    axe(page, "main")
    press(page, page.get_by_role("button", name="Move this question up").nth(2))
    save(page)
    case = Question.objects.get(kind="case")
    parts = [part.question.kind for part in case.get_latest_revision_as_object().parts.all()]
    assert parts == ["single", "short_answer", "ordering"]
    assert plain_steps(case) == ["Freeze", "Confiscate"]

    page.goto(live_site.url + reverse("quizzes:edit", args=[quiz.pk]))
    press(page, page.get_by_role("link", name="Questions from a bank"))
    press(page, page.get_by_role("checkbox", name="A villa was bought in cash."), "Space")
    press(page, page.get_by_role("button", name="Add the chosen questions"))
    press(page, page.get_by_role("link", name="Random questions"))
    expect(page.get_by_role("status").filter(has_text="can be drawn")).to_contain_text("1 approved")
    save(page)
    press(page, page.get_by_role("button", name="Move row 3 up"))
    expect(page.get_by_role("button", name="Move row 2 up")).to_be_focused()
    shoot(page, "journey-quiz")

    page.goto(live_site.url + reverse("question_bank:question", args=[case.pk]))
    press(page, page.get_by_role("button", name="Send for approval"))
    expect(page.get_by_text("Nobody can change it until it is answered.")).to_be_visible()
    reading = signed_in(reviewer, viewport=DESK)
    reading.goto(live_site.url + reverse("question_bank:question", args=[case.pk]))
    axe(reading, "main")
    shoot(reading, "journey-approval")
    press(reading, reading.get_by_role("button", name="Approve"))
    expect(reading.get_by_text("Approved. Quizzes can draw it now.")).to_be_visible()
    assert (
        Question.objects.filter(live=True, kind__in=["case", "single", "ordering", "short_answer"]).count()
        == 5
    )


def plain_steps(case):
    """The words of the ordering question of a case, in order."""
    part = next(
        part for part in case.get_latest_revision_as_object().parts.all() if part.question.kind == "ordering"
    )
    question = part.question_as_pinned
    words = question.wording("en").options
    return [plain(words[step["key"]]["text"]) for step in question.options]


def test_a_gap_is_added_with_a_button_and_its_rows_appear(course, author, signed_in, live_site):
    bank = make_bank(course)
    page = signed_in(author, viewport=DESK)
    page.goto(live_site.url + f"{reverse('question_bank:add', args=[bank.pk])}?kind=gaps")
    editor = page.get_by_role("textbox", name="Question", exact=True)
    write(page, editor, "Signed in ")

    press(page, page.get_by_role("button", name="Add a gap"))
    expect(editor).to_contain_text("Signed in [[1]]")
    editor.focus()
    page.keyboard.press("End")
    page.keyboard.type(" and in force since [[2]].")
    block = page.get_by_role("region", name="Gap [[2]]")
    expect(block).to_be_visible()
    write(
        page,
        page.get_by_role("region", name="Gap [[1]]").get_by_role("textbox", name="Answer").first,
        "Merida",
    )
    block.get_by_label("Filled").select_option("number")
    write(page, block.get_by_role("textbox", name="Answer").first, "2005")
    expect(page.frame_locator("iframe[name=question-preview]").get_by_role("textbox")).to_have_count(2)
    shoot(page, "journey-gaps")
    save(page)

    question = Question.objects.get()
    assert [(gap["key"], gap["mode"]) for gap in question.options] == [("1", "typed"), ("2", "number")]
    assert question.problems("en") == []


def test_areas_are_drawn_with_the_mouse_and_moved_with_the_arrow_keys(course, author, signed_in, live_site):
    question = make_ready_question("hotspot", make_bank(course), image=make_image())
    page = signed_in(author, viewport=DESK)
    page.goto(live_site.url + reverse("question_bank:edit", args=[question.pk]))
    area = page.get_by_role("button", name="Area 1 Upper left")
    expect(area).to_be_visible()

    area.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowDown")
    page.locator("[data-frame]").scroll_into_view_if_needed()
    place = page.locator("[data-frame]").bounding_box()
    page.mouse.move(place["x"] + place["width"] * 0.5, place["y"] + place["height"] * 0.5)
    page.mouse.down()
    page.mouse.move(place["x"] + place["width"] * 0.7, place["y"] + place["height"] * 0.8, steps=4)
    page.mouse.up()
    expect(page.get_by_role("textbox", name="Name of the area").nth(2)).to_be_focused()
    page.keyboard.type("Lower middle")
    shoot(page, "journey-areas")
    save(page)

    options = Question.objects.get().get_latest_revision_as_object().options
    assert options[0]["shape"] == {"x": "11", "y": "20", "width": "15", "height": "11"}
    assert [round(float(side)) for side in options[2]["shape"].values()] == [50, 50, 20, 30]
