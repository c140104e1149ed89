"""Bad luck: two tabs at once, and a network that goes away in the middle of a quiz."""

import re

import pytest
from playwright.sync_api import expect

from assessments.models import Answer
from learning.models import CourseCompletion
from tests.factories.assessments import make_quiz
from tests.factories.courses import make_course, make_lesson, make_unit
from tests.factories.enrolments import make_edition, make_enrolment


@pytest.fixture
def course():
    return make_course("Tracing criminal assets")


@pytest.fixture
def enrolment(live_site, course, person):
    return make_enrolment(make_edition(course, code="assets"), person)


def test_two_tabs_that_finish_the_last_two_lessons_complete_the_course_once(
    live_site, course, enrolment, person, signed_in
):
    unit = make_unit(course)
    lessons = [make_lesson(unit, title, read=True) for title in ("First", "Second")]
    first = signed_in(person)
    second = first.context.new_page()
    for tab, lesson in zip((first, second), lessons, strict=True):
        tab.goto(f"{live_site.url}/en/learn/assets/{lesson.pk}/")

    for tab in (first, second):
        tab.get_by_role("button", name="Mark as read").click(no_wait_after=True)
    for tab in (first, second):
        expect(tab.get_by_text("You have read this lesson.")).to_be_visible()

    assert CourseCompletion.objects.filter(enrolment=enrolment).count() == 1


def test_a_second_tab_does_not_undo_the_answers_of_the_first(live_site, course, enrolment, person, signed_in):
    quiz = make_quiz(course, shuffle_options=False)
    first = signed_in(person)
    first.goto(f"{live_site.url}/en/learn/assets/quiz/{quiz.pk}/")
    first.get_by_role("button", name="Begin the quiz").click()
    first.wait_for_url("**/attempts/**")
    second = first.context.new_page()
    second.goto(first.url)

    first.locator("#question-1").get_by_text("Freeze it").click()
    expect(first.locator("#question-1 .saved")).to_be_visible()
    second.locator("#question-2").get_by_text("Freeze it").click()
    expect(second.locator("#question-2 .saved")).to_be_visible()
    second.get_by_role("button", name="Look over your answers").click()

    expect(second.get_by_text("All questions are answered.")).to_be_visible()
    assert list(Answer.objects.values_list("response", flat=True)) == [["a"], ["a"]]


def test_an_answer_given_without_a_network_is_kept_and_sent_when_it_is_back(
    live_site, course, enrolment, person, signed_in, page_problems
):
    page_problems.allow("ERR_INTERNET_DISCONNECTED")
    quiz = make_quiz(course, shuffle_options=False)
    page = signed_in(person)
    page.goto(f"{live_site.url}/en/learn/assets/quiz/{quiz.pk}/")
    page.get_by_role("button", name="Begin the quiz").click()
    page.wait_for_url("**/attempts/**")

    page.context.set_offline(True)
    page.locator("#question-1").get_by_text("Freeze it").click()
    expect(page.get_by_text("Not saved: there is no connection.").first).to_be_visible()
    assert Answer.objects.count() == 0
    page.context.set_offline(False)

    expect(page.locator("#question-1 .saved")).to_have_text(re.compile(r"^\s*Saved"), timeout=40_000)
    assert Answer.objects.get().response == ["a"]
    page.reload()
    expect(page.locator("#question-1").get_by_role("radio").first).to_be_checked()
