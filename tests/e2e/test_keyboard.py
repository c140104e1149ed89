"""Everything a learner needs can be done with the keyboard alone, and one always sees where one is."""

import pytest
from playwright.sync_api import expect

from tests.factories.assessments import make_quiz
from tests.factories.courses import make_course, make_lesson, make_unit
from tests.factories.enrolments import make_edition

FOCUS_IS_VISIBLE = """() => {
  const element = document.activeElement;
  if (!element || element === document.body) return true;
  const outlined = one => {
    const style = getComputedStyle(one);
    return (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2) || style.boxShadow !== 'none';
  };
  const around = element.closest('label');
  const box = element.getBoundingClientRect();
  const inside = box.bottom > 0 && box.top < innerHeight;
  return inside && (outlined(element) || (around !== null && outlined(around)));
}"""
MOST_STEPS = 80


@pytest.fixture
def edition(live_site):
    course = make_course("Tracing criminal assets")
    unit = make_unit(course)
    make_lesson(unit, "Follow the money", read=True)
    quiz = make_quiz(course, placed=False, shuffle_options=False)
    make_lesson(unit, "Check yourself", activities=[quiz])
    return make_edition(course, code="assets")


def tab_to(page, target):
    """Press Tab until the target has the focus; every stop on the way must be visible."""
    for _step in range(MOST_STEPS):
        page.keyboard.press("Tab")
        stop = page.evaluate("document.activeElement.outerHTML.slice(0, 160)")
        assert page.evaluate(FOCUS_IS_VISIBLE), f"no visible focus on {page.url}: {stop}"
        if target.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError(f"{target} cannot be reached with the Tab key on {page.url}")


def test_from_enrolling_to_passing_without_a_mouse(live_site, edition, person, signed_in):
    page = signed_in(person, viewport={"width": 1280, "height": 800})
    page.set_default_timeout(15_000)
    page.goto(f"{live_site.url}/en/courses/assets/enrol/")
    main = page.get_by_role("main")

    def press(target):
        tab_to(page, target)
        with page.expect_navigation():
            page.keyboard.press("Enter")

    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the content")
    expect(skip).to_be_focused()
    page.keyboard.press("Enter")
    press(main.get_by_role("button", name="Enrol in this course"))
    press(main.get_by_role("link", name="Begin").first)
    tab_to(page, main.get_by_role("button", name="Mark as read"))
    page.keyboard.press("Enter")
    expect(main.get_by_text("You have read this lesson.")).to_be_focused()
    press(main.locator("a[rel=next]"))
    press(main.get_by_role("link", name="Open the quiz"))
    press(main.get_by_role("button", name="Begin the quiz"))
    for number in (1, 2):
        question = page.locator(f"#question-{number}")
        tab_to(page, question.get_by_role("radio").first)
        page.keyboard.press("Space")
        expect(question.locator(".saved")).to_be_visible()
    press(main.get_by_role("button", name="Look over your answers"))
    press(main.get_by_role("button", name="Hand in"))

    expect(main.get_by_role("heading", name="Passed")).to_be_visible()
    assert person.enrolments.get().course_completion
