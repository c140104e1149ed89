"""A quiz from both sides: a judge takes it on a phone with a bad line, a trainer writes one."""

import os
import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from accounts.models import Role
from assessments.kinds import plain
from assessments.models import Answer, Quiz
from assessments.services import begin_quiz
from tests.e2e.cms import write_line, write_question
from tests.e2e.conftest import PHONE
from tests.factories.accounts import make_staff
from tests.factories.assessments import make_bank, make_question, make_quiz
from tests.factories.courses import give_course_role, make_course, translate
from tests.factories.enrolments import make_edition, make_enrolment

SHOTS = os.environ.get("SCREENSHOTS")


def shoot(page, name):
    """Keep a picture where SCREENSHOTS names a folder."""
    if SHOTS:
        page.screenshot(path=f"{SHOTS}/{name}.png", full_page=True)


@pytest.fixture
def quiz(live_site):
    course = make_course("Freezing criminal assets")
    bank = make_bank(course)
    kinds = [("single", ("a",)), ("multiple", ("a", "b")), ("true_false", ("true",))]
    questions = [make_question(bank, kind, right=right, languages=("en", "ar")) for kind, right in kinds]
    quiz = make_quiz(course, questions=questions)
    translate(quiz.placements.get().lesson, "ar", "أوامر التجميد")
    return quiz


@pytest.fixture
def enrolment(quiz):
    return make_enrolment(make_edition(quiz.course))


def test_a_judge_takes_a_quiz_on_a_phone(quiz, enrolment, signed_in, live_site, look):
    page = signed_in(enrolment.person, **PHONE)
    page.goto(live_site.url + reverse("assessments:quiz", args=[enrolment.edition.code, quiz.pk]))
    look(page)
    shoot(page, "intro")
    page.get_by_role("button", name="Begin the quiz").click()
    look(page)
    first = page.get_by_role("radiogroup", name=re.compile("Question 1 of 3"))
    first.get_by_role("radio", name="Ask first").check()
    expect(first.get_by_role("status")).to_contain_text("Saved")
    shoot(page, "attempt")

    page.get_by_role("button", name="Look over your answers").click()
    expect(page.get_by_text("2 questions are not answered")).to_be_visible()
    look(page)
    shoot(page, "review")
    page.get_by_role("link", name="Back to the questions").click()
    page.get_by_role("radiogroup", name=re.compile("Question 1 of 3")).get_by_role(
        "radio", name="Freeze it"
    ).check()
    second = page.get_by_role("group", name=re.compile("Question 2 of 3"))
    second.get_by_role("checkbox", name="Freeze it").check()
    second.get_by_role("checkbox", name="Wait").check()
    page.get_by_role("button", name="Look over your answers").click()
    page.get_by_role("button", name="Hand in").click()

    expect(page.get_by_role("heading", name="Not passed yet")).to_be_visible()
    look(page)
    shoot(page, "failed")
    page.get_by_role("link", name="Try again").click()
    page.get_by_role("button", name="Try again").click()
    page.get_by_role("radiogroup", name=re.compile("Question 1 of 3")).get_by_role(
        "radio", name="Freeze it"
    ).check()
    second.get_by_role("checkbox", name="Freeze it").check()
    second.get_by_role("checkbox", name="Ask first").check()
    page.get_by_role("radiogroup", name=re.compile("Question 3 of 3")).get_by_role(
        "radio", name="true"
    ).check()
    page.get_by_role("button", name="Look over your answers").click()
    page.get_by_role("button", name="Hand in").click()

    expect(page.get_by_role("heading", name="Passed")).to_be_visible()
    look(page)
    shoot(page, "passed")


def test_what_is_answered_without_a_connection_is_sent_when_it_is_back(
    quiz, enrolment, signed_in, live_site, page_problems
):
    page_problems.allow("ERR_INTERNET_DISCONNECTED")
    attempt = begin_quiz(enrolment, quiz, language="en").attempt
    page = signed_in(enrolment.person)
    page.goto(live_site.url + reverse("assessments:attempt", args=[enrolment.edition.code, attempt.pk]))
    first = page.get_by_role("radiogroup", name=re.compile("Question 1 of 3"))

    page.context.set_offline(True)
    first.get_by_role("radio", name="Wait").check()
    first.get_by_role("radio", name="Freeze it").check()
    expect(first.get_by_role("status")).to_contain_text("Not saved")
    page.get_by_role("button", name="Look over your answers").click()
    expect(page.get_by_role("alert")).to_contain_text("Your answer is kept here")
    assert not Answer.objects.exists()

    page.context.set_offline(False)
    expect(first.get_by_role("status")).to_contain_text("Saved", timeout=15_000)
    assert Answer.objects.get().response == ["a"]


def test_an_answer_survives_a_window_closed_without_a_connection(
    quiz, enrolment, signed_in, live_site, page_problems
):
    page_problems.allow("ERR_INTERNET_DISCONNECTED")
    attempt = begin_quiz(enrolment, quiz, language="en").attempt
    url = live_site.url + reverse("assessments:attempt", args=[enrolment.edition.code, attempt.pk])
    page = signed_in(enrolment.person)
    page.goto(url)
    page.context.set_offline(True)
    page.get_by_role("radiogroup", name=re.compile("Question 1 of 3")).get_by_role(
        "radio", name="Wait"
    ).check()
    context = page.context
    page.close()

    context.set_offline(False)
    page = context.new_page()
    page.goto(url)

    first = page.get_by_role("radiogroup", name=re.compile("Question 1 of 3"))
    expect(first.get_by_role("radio", name="Wait")).to_be_checked()
    expect(first.get_by_role("status")).to_contain_text("Saved")
    assert Answer.objects.get().response == ["c"]


def test_the_quiz_mirrors_in_arabic_and_works_with_the_keyboard(quiz, enrolment, signed_in, live_site, look):
    attempt = begin_quiz(enrolment, quiz, language="ar").attempt
    page = signed_in(enrolment.person, viewport={"width": 1280, "height": 900})
    path = reverse("assessments:attempt", args=[enrolment.edition.code, attempt.pk])
    page.goto(live_site.url + path.replace("/en/", "/ar/"))
    look(page)
    shoot(page, "attempt-ar")

    page.get_by_role("radio").first.focus()
    page.keyboard.press("ArrowDown")
    expect(page.locator("#question-1 .saved .icon")).to_be_visible()

    assert page.evaluate("document.dir") == "rtl"
    assert Answer.objects.count() == 1


def test_a_trainer_writes_a_question_with_its_options(quiz, signed_in, live_site, axe):
    author = make_staff()
    give_course_role(author, quiz.course, Role.AUTHOR)
    page = signed_in(author, viewport={"width": 1400, "height": 900})
    page.goto(live_site.url + reverse("quizzes:edit", args=[quiz.pk]))
    shoot(page, "authoring-quiz")
    axe(page, "main")
    page.get_by_role("link", name="Single choice").click()
    write_question(page, "Who may order a freeze?", [("A judge", "Yes."), ("Anybody", "No.")], right=0)
    page.get_by_role("button", name="Add an option").click()
    write_line(
        page,
        page.get_by_role("textbox", name="Option", exact=True).nth(4),
        "A prosecutor, in urgent cases",
    )
    page.get_by_role("button", name="Move this row up").nth(4).click()
    preview = page.frame_locator("iframe[name=question-preview]")
    expect(preview.get_by_role("radio", name="Anybody")).to_be_visible()
    shoot(page, "authoring-question")
    axe(page, "main")
    page.get_by_role("button", name="Save", exact=True).click()

    expect(page.get_by_role("link", name="Who may order a freeze?")).to_be_visible()
    shown = Quiz.objects.get(pk=quiz.pk).get_latest_revision_as_object().items_to_read()[-1].shown
    words = shown.wording("en").options
    assert [plain(words[option["key"]]["text"]) for option in shown.options] == [
        "A judge",
        "Anybody",
        "A prosecutor, in urgent cases",
    ]
    assert [option["correct"] for option in shown.options] == [True, False, False]
