"""A tutor marks essays by keyboard and a coordinator grades a question anew; axe looks at each screen."""

import re

from playwright.sync_api import expect

from accounts.models import Role
from assessments.models import Mark
from tests.factories.accounts import make_person, make_staff
from tests.factories.assessments import correct_key, make_essay, make_question, make_quiz, take_quiz
from tests.factories.enrolments import give_edition_role, make_enrolment, make_tutored_edition

DESK = {"width": 1280, "height": 900}
# The frame, and the message that fades in, are Wagtail's.
OUR_PART = {"include": [["main"]], "exclude": [[".messages"]]}


def learner(edition, name):
    return make_enrolment(edition, make_person(first_name=name, last_name="Okello"))


def test_essays_are_marked_by_keyboard(live_site, signed_in, look):
    quiz = make_quiz(questions=[make_essay(name="Grounds")])
    edition = make_tutored_edition(quiz.course)
    attempts = [
        take_quiz(learner(edition, name), quiz, {"text": f"{name} writes about freezing."})
        for name in ("Amara", "Omar")
    ]
    tutor = make_staff(first_name="Ngozi", last_name="Adeyemi")
    give_edition_role(tutor, edition, Role.TUTOR)
    page = signed_in(tutor, viewport=DESK)

    page.goto(f"{live_site.url}/cms/")
    page.get_by_role("link", name="Quizzes to mark").first.click()
    look(page, OUR_PART)
    page.get_by_role("link", name=quiz.title).click()
    look(page, OUR_PART)
    page.get_by_role("link", name=re.compile(r"Mark\s*: Grounds")).click()
    expect(page.get_by_text("Amara writes about freezing.")).to_be_visible()
    look(page, OUR_PART)
    expect(page.get_by_role("textbox", name="Points")).to_be_focused()
    page.keyboard.type("0.5")
    page.keyboard.press("Tab")
    page.keyboard.type("Name the article.")
    page.reload()
    expect(page.get_by_role("textbox", name="Comment for the learner")).to_have_value("Name the article.")
    expect(page.get_by_text("What you typed here before and did not save is back.")).to_be_visible()
    [(name, owner)] = page.evaluate("Object.entries(JSON.parse(localStorage.kept))")
    assert (name.startswith(f"mark-answer-{tutor.pk}-"), owner) == (True, str(tutor.pk))
    with page.expect_navigation():
        page.keyboard.press("Control+Enter")
    expect(page.get_by_text("Omar writes about freezing.")).to_be_visible()
    expect(page.get_by_role("textbox", name="Points")).to_be_focused()
    page.keyboard.type("1")
    with page.expect_navigation():
        page.keyboard.press("Control+Enter")

    expect(page.get_by_text("Nothing more waits here.")).to_be_visible()
    assert [(float(mark.score), mark.comment) for mark in Mark.objects.order_by("pk")] == [
        (0.5, "Name the article."),
        (1, ""),
    ]
    for attempt, score in zip(attempts, (0.5, 1), strict=True):
        attempt.refresh_from_db()
        assert attempt.score == score


def test_a_wrong_key_is_found_looked_at_and_put_right(live_site, signed_in, look):
    question = make_question(name="Freezing order")
    quiz = make_quiz(questions=[question, make_question(), make_question()])
    edition = make_tutored_edition(quiz.course)
    for number in range(12):
        answers = [["b"], ["a"], ["a"]] if number % 2 else [["a"], ["c"], ["c"]]
        take_quiz(learner(edition, f"Learner {number}"), quiz, *answers)
    coordinator = make_staff(first_name="Luc", last_name="Moreau")
    give_edition_role(coordinator, edition, Role.COORDINATOR)
    page = signed_in(coordinator, viewport=DESK)

    page.goto(f"{live_site.url}/cms/question-analysis/{quiz.pk}/")
    look(page, OUR_PART)
    page.get_by_role("link", name=re.compile("1. Freezing order")).first.click()
    expect(
        page.get_by_text("Those who do well overall choose B, which is marked wrong").first
    ).to_be_visible()
    look(page, OUR_PART)
    correct_key(question, "b")
    page.goto(f"{live_site.url}/cms/regrades/quizzes/{quiz.pk}/?edition={edition.pk}")
    page.get_by_role("combobox", name="Freezing order").select_option("newest")
    page.get_by_role("textbox", name="Reason").fill("The key named the wrong option")
    page.get_by_role("button", name="Show what would change").click()
    expect(page.get_by_role("heading", name="What would change")).to_be_visible()
    expect(page.get_by_text("passes now").first).to_be_visible()
    look(page, OUR_PART)
    with page.expect_navigation():
        page.get_by_role("button", name="Apply the regrade").click()
    expect(page.get_by_text("The regrade has been applied.")).to_be_visible()
    expect(page.get_by_text("12 scores changed.")).to_be_visible()
    look(page, OUR_PART)
