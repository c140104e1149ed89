"""Taking a quiz where things go wrong: no line, a dead browser, two devices, no mouse, the end of the time."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from assessments.models import Answer, EndedBy, QuizAttempt
from assessments.services import begin_quiz
from tests.e2e.conftest import PHONE
from tests.factories.assessments import make_bank, make_quiz
from tests.factories.courses import make_course, translate
from tests.factories.enrolments import make_edition, make_enrolment
from tests.factories.questions import SAMPLES, make_case, make_one_of_each

WIDE = {"viewport": {"width": 1280, "height": 900}}


class Exam:
    """An attempt under way, and where its pages are."""

    def __init__(self, live_site, questions, languages=("en",), **fields):
        course = make_course("Freezing criminal assets")
        bank = make_bank(course)
        chosen = make_one_of_each(bank, languages=languages, kinds=questions)
        if fields.pop("case", False):
            chosen.append(make_case(bank, languages=languages))
        self.quiz = make_quiz(course, questions=chosen, **fields)
        for language in languages[1:]:
            translate(self.quiz.placements.get().lesson, language)
        self.enrolment = make_enrolment(make_edition(course))
        self.person = self.enrolment.person
        self.row = begin_quiz(self.enrolment, self.quiz, language="en")
        self.url = live_site.url + reverse(
            "assessments:attempt", args=[self.enrolment.edition.code, self.row.pk]
        )

    def answer(self, kind):
        return Answer.objects.filter(item__question_version__content__kind=kind).first()

    def end_in(self, **time):
        QuizAttempt.objects.update(deadline_at=timezone.now() + timedelta(**time))


@pytest.fixture
def exam(live_site):
    def begun(*questions, **fields):
        return Exam(live_site, questions or tuple(SAMPLES), **fields)

    return begun


def question(page, number):
    return page.locator(f"#question-{number}")


def saved(page, number):
    return question(page, number).get_by_role("status").last


def test_a_timed_exam_survives_a_cut_line_and_a_dead_browser(exam, signed_in, new_context, page_problems):
    page_problems.allow("ERR_INTERNET_DISCONNECTED")
    exam = exam("single", "short_answer", "multiple", time_limit=45, questions_per_page=2, attempts_allowed=1)
    page = signed_in(exam.person)
    page.goto(exam.url)
    expect(page.locator("[data-timer]")).to_contain_text("45 min")
    page.get_by_role("radio", name="Wait").check()
    expect(saved(page, 1)).to_contain_text("Saved")

    page.context.set_offline(True)
    page.get_by_role("radio", name="Freeze it").check()
    question(page, 2).get_by_label("Your answer").fill("confiscation")
    expect(saved(page, 2)).to_contain_text("Not saved: there is no connection")
    page.get_by_role("button", name="Next page").click()
    expect(page.get_by_role("alert")).to_contain_text("Your answer is kept here")
    dead = page.context.storage_state()
    page.context.close()
    assert exam.answer("short_answer") is None

    again = new_context(storage_state=dead).new_page()
    again.goto(exam.url)
    expect(again.get_by_role("radio", name="Freeze it")).to_be_checked()
    expect(question(again, 2).get_by_label("Your answer")).to_have_value("confiscation")
    expect(saved(again, 1)).to_contain_text("Saved")
    expect(saved(again, 2)).to_contain_text("Saved")
    assert exam.answer("single").response == ["a"]
    assert exam.answer("short_answer").response == {"text": "confiscation"}

    again.get_by_role("button", name="Next page").click()
    again.get_by_role("checkbox", name="A judge").check()
    again.get_by_role("checkbox", name="A prosecutor").check()
    again.get_by_role("button", name="Look over your answers").first.click()
    expect(again.get_by_text("All questions are answered.")).to_be_visible()
    again.get_by_role("button", name="Hand in").click()
    expect(again.get_by_role("heading", name="Passed")).to_be_visible()
    assert again.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('quiz-'))") == []


def test_two_devices_never_overwrite_each_other_unasked(exam, signed_in, page_problems):
    page_problems.allow("ERR_INTERNET_DISCONNECTED|409")
    exam = exam("short_answer", "single")
    laptop, phone = signed_in(exam.person, **WIDE), signed_in(exam.person, **PHONE)
    for page in (laptop, phone):
        page.goto(exam.url)
    laptop.context.set_offline(True)
    laptop.get_by_label("Your answer").fill("typed on the laptop")
    expect(saved(laptop, 1)).to_contain_text("Not saved")
    phone.get_by_label("Your answer").fill("typed on the phone")
    expect(saved(phone, 1)).to_contain_text("Saved")

    laptop.context.set_offline(False)
    expect(saved(laptop, 1)).to_contain_text("a newer answer was saved elsewhere", timeout=20_000)
    assert exam.answer("short_answer").response == {"text": "typed on the phone"}
    laptop.get_by_role("button", name="Use what I typed").click()

    expect(saved(laptop, 1)).to_contain_text("Saved")
    assert exam.answer("short_answer").response == {"text": "typed on the laptop"}
    phone.get_by_label("Your answer").fill("once more on the phone")
    expect(saved(phone, 1)).to_contain_text("a newer answer was saved elsewhere")
    phone.get_by_role("button", name="Show the newer answer").click()
    expect(phone.get_by_label("Your answer")).to_have_value("typed on the laptop")


def test_what_is_typed_while_signed_out_is_sent_after_signing_in_again(exam, signed_in, page_problems):
    page_problems.allow("403")
    exam = exam("short_answer")
    page = signed_in(exam.person)
    page.goto(exam.url)
    session = page.context.cookies()
    page.context.clear_cookies()
    page.get_by_label("Your answer").fill("confiscation")
    expect(saved(page, 1)).to_contain_text("you are signed out")

    page.context.add_cookies(session)

    expect(saved(page, 1)).to_contain_text("Saved", timeout=20_000)
    assert exam.answer("short_answer").response == {"text": "confiscation"}


def test_another_account_on_the_same_computer_sees_and_sends_nothing(exam, signed_in, page_problems):
    page_problems.allow("ERR_INTERNET_DISCONNECTED|403|404")
    exam = exam("short_answer")
    page = signed_in(exam.person)
    page.goto(exam.url)
    page.context.set_offline(True)
    page.get_by_label("Your answer").fill("mine alone")
    expect(saved(page, 1)).to_contain_text("Not saved")
    page.context.clear_cookies()
    colleague = make_enrolment(exam.enrolment.edition)
    theirs = begin_quiz(colleague, exam.quiz, language="en")
    other = signed_in(colleague.person)
    page.context.add_cookies(other.context.cookies())
    page.context.set_offline(False)

    page.goto(exam.url.replace(f"/{exam.row.pk}/", f"/{theirs.pk}/"))

    expect(page.get_by_label("Your answer")).to_have_value("")
    page.wait_for_load_state("networkidle")
    assert not Answer.objects.exists()


def test_at_zero_the_browser_saves_and_hands_in(exam, signed_in):
    exam = exam("short_answer", "single", time_limit=60, attempts_allowed=1)
    exam.end_in(seconds=20)
    page = signed_in(exam.person)
    page.goto(exam.url)
    expect(page.locator("[data-timer]")).to_have_class(re.compile("timer--soon"))
    page.get_by_role("radio", name="Freeze it").check()
    page.get_by_label("Your answer").focus()
    page.keyboard.type("confiscation", delay=20)

    expect(page.get_by_role("heading", name="Passed")).to_be_visible(timeout=40_000)

    assert exam.answer("short_answer").response == {"text": "confiscation"}
    exam.row.refresh_from_db()
    assert exam.row.ended_by == EndedBy.TIME


def test_five_minutes_and_one_are_announced(exam, signed_in):
    exam = exam("single", time_limit=60)
    exam.end_in(minutes=5, seconds=20)
    page = signed_in(exam.person)
    page.goto(exam.url)
    expect(page.locator("[data-timer]")).not_to_have_class(re.compile("timer--soon"))

    expect(page.locator("[data-time-said]")).to_have_text("Five minutes are left.", timeout=40_000)
    exam.end_in(minutes=1, seconds=2)
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")

    expect(page.locator("[data-time-said]")).to_contain_text("One minute is left.", timeout=10_000)


def test_who_comes_back_when_the_time_is_over_hands_in_what_was_saved(exam, signed_in):
    exam = exam("single", time_limit=60)
    exam.end_in(minutes=-5)
    page = signed_in(exam.person)

    page.goto(exam.url)

    expect(page.get_by_role("heading", name="Not passed yet")).to_be_visible()
    exam.row.refresh_from_db()
    assert exam.row.ended_by == EndedBy.TIME


def press(page, *keys):
    for key in keys:
        page.keyboard.press(key)


def test_every_kind_is_answered_with_the_keyboard_alone(exam, signed_in, look):
    exam = exam(case=True)
    page = signed_in(exam.person, **WIDE)
    page.goto(exam.url)
    look(page)
    question(page, 1).get_by_role("radio").first.focus()
    press(page, "Space", "ArrowDown")
    question(page, 2).get_by_role("checkbox").first.focus()
    press(page, "Space", "Tab", "Space")
    question(page, 3).get_by_role("radio").first.focus()
    press(page, "Space")
    question(page, 4).get_by_role("combobox").first.focus()
    press(page, "ArrowDown", "Tab", "ArrowDown", "ArrowDown")
    moving = question(page, 5).get_by_role("button", name="Move down").first
    step = question(page, 5).locator("[data-step]").first.inner_text().splitlines()[-1]
    moving.focus()
    press(page, "Enter")
    expect(question(page, 5).get_by_role("status").first).to_have_text("Now at place 2 of 3.")
    expect(question(page, 5).locator("[data-step]").nth(1)).to_contain_text(step)
    expect(question(page, 5).get_by_role("button", name="Move down").nth(1)).to_be_focused()
    question(page, 6).get_by_label("Your answer").focus()
    page.keyboard.type("confiscation")
    question(page, 7).get_by_label("Number").focus()
    page.keyboard.type("42")
    press(page, "Tab", "k")
    question(page, 8).get_by_label("Gap 1 of 3").focus()
    page.keyboard.type("court")
    press(page, "Tab", "m", "Tab")
    page.keyboard.type("30")
    question(page, 9).get_by_role("radio", name="The seal").focus()
    press(page, "Space")
    question(page, 10).get_by_label("Your text").focus()
    page.keyboard.type("The court weighs both.")
    expect(question(page, 10).locator("[data-count]")).to_contain_text("4 / 500")
    press(page, "Tab")
    for number in range(1, 11):
        expect(saved(page, number)).to_contain_text("Saved")
    expect(page.get_by_text("10 of 12 answered")).to_be_visible()

    question(page, 10).get_by_role("button", name=re.compile("Flag")).focus()
    press(page, "Enter")
    expect(page.locator("[data-glance] .quiz__jump[data-flagged=true]")).to_have_text(
        re.compile(r"10\s*, answered, flagged")
    )
    page.get_by_role("button", name="Look over your answers").first.focus()
    press(page, "Enter")
    expect(page.get_by_text("2 questions are not answered")).to_be_visible()
    look(page)
    assert {kind for kind in SAMPLES if exam.answer(kind).response} == set(SAMPLES)


def test_steps_are_dragged_into_their_order(exam, signed_in):
    exam = exam("ordering")
    page = signed_in(exam.person, **WIDE)
    page.goto(exam.url)
    steps = page.locator("[data-step]")
    for wanted, word in ((2, "Confiscate"), (0, "Trace")):
        grip = steps.filter(has_text=word).locator(".step__grip").bounding_box()
        target = steps.nth(wanted).bounding_box()
        page.mouse.move(grip["x"] + 5, grip["y"] + 5)
        page.mouse.down()
        page.mouse.move(grip["x"] + 5, target["y"] + (target["height"] - 4 if wanted else 4), steps=6)
        page.mouse.up()

    expect(saved(page, 1)).to_contain_text("Saved")
    assert [row.splitlines()[-1] for row in steps.all_inner_texts()] == ["Trace", "Freeze", "Confiscate"]
    page.wait_for_load_state("networkidle")
    assert exam.answer("ordering").response == ["s1", "s2", "s3"]


def test_an_area_is_chosen_on_the_picture_or_by_its_name(exam, signed_in):
    exam = exam("hotspot")
    page = signed_in(exam.person, **WIDE)
    page.goto(exam.url)

    page.locator(".hotspot__label").nth(1).click()
    expect(page.get_by_role("radio", name="The signature")).to_be_checked()
    page.get_by_text("The seal").click()

    expect(saved(page, 1)).to_contain_text("Saved")
    page.wait_for_load_state("networkidle")
    assert exam.answer("hotspot").response == ["h1"]


def test_files_of_an_essay_are_added_and_taken_back_on_the_page(exam, signed_in, page_problems):
    page_problems.allow("422")
    exam = exam("essay")
    page = signed_in(exam.person)
    page.goto(exam.url)
    page.get_by_label("Your text").fill("With an annex.")
    file = {"name": "annex.txt", "mimeType": "text/plain", "buffer": b"An annex, in plain words."}

    page.get_by_label("Add a file").set_input_files(file)
    expect(page.get_by_role("link", name="annex.txt")).to_be_visible()
    page.get_by_label("Add a file").set_input_files(file | {"name": "annex.exe"})
    expect(page.get_by_role("alert")).to_contain_text("of a type that is not taken here")
    page.get_by_role("button", name="Remove annex.txt").click()
    expect(page.get_by_role("link", name="annex.txt")).to_be_hidden()
    expect(page.get_by_label("Your text")).to_have_value("With an annex.")

    page.get_by_label("Add a file").set_input_files(file)
    expect(page.get_by_role("link", name="annex.txt")).to_be_visible()
    page.get_by_role("button", name="Look over your answers").first.click()
    page.get_by_role("button", name="Hand in").click()
    expect(page.get_by_text("Your essay is waiting for its mark.")).to_be_visible()
    expect(page.get_by_role("link", name="annex.txt")).to_be_visible()


def test_a_practice_question_is_checked_without_leaving_the_page(exam, signed_in, look):
    exam = exam("single", "short_answer", practice=True)
    page = signed_in(exam.person)
    page.goto(exam.url)
    page.get_by_role("radio", name="Wait").check()

    question(page, 1).get_by_role("button", name=re.compile("Check")).click()

    expect(question(page, 1)).to_contain_text("Not correct")
    expect(question(page, 1)).to_contain_text("Feedback on c")
    expect(question(page, 1)).to_be_focused()
    expect(question(page, 2).get_by_label("Your answer")).to_be_visible()
    look(page)


def test_in_arabic_on_a_phone_every_kind_mirrors_and_no_picture_does(exam, signed_in, look):
    exam = exam(languages=("en", "ar"), case=True, time_limit=60, attempts_allowed=1)
    page = signed_in(exam.person, **PHONE)
    page.goto(exam.url.replace("/en/", "/ar/"))
    look(page)
    flag = page.locator(".question__flag").first.bounding_box()
    seal, signature = (page.locator(".hotspot__label").nth(place).bounding_box() for place in (0, 1))
    assert flag["x"] < 180
    assert seal["x"] < signature["x"]
    page.locator(".option input").first.check()
    expect(page.locator("#question-1 .saved .icon")).to_be_visible()

    page.goto(exam.url.replace("/en/", "/ar/") + "review/")
    look(page)
    page.locator("form[data-hand-in] button").click()
    look(page)
    page.goto(exam.url.replace("/en/", "/ar/") + "receipt/")
    look(page)
