"""Authors write every kind of question, look at it, put it into a quiz and have it approved: by keyboard alone."""

import pytest
from django.urls import reverse

from accounts.models import Role
from assessments import drafts
from assessments.models import QuizItem
from tests.e2e.test_quizzes import shoot
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


def test_the_forms_of_all_kinds_stand_up_to_axe(course, author, signed_in, live_site, axe):
    page = signed_in(author, viewport=DESK)
    bank = make_bank(course)
    for kind in READY:
        question = make_ready_question(kind, bank, image=make_image() if kind == "hotspot" else None)
        page.goto(live_site.url + reverse("question_bank:edit", args=[question.pk]))
        page.locator("iframe[name=question-preview][srcdoc]").wait_for()
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
        ("quizzes", "add_section", quiz),
        ("question_bank", "index", None),
        ("question_bank", "bank", bank),
        ("question_bank", "categories", bank),
        ("question_bank", "question", case),
    ]:
        page.goto(live_site.url + reverse(f"{app}:{name}", args=[row.pk] if row else []))
        page.evaluate("document.querySelectorAll('main details').forEach((group) => (group.open = true))")
        page.wait_for_load_state("networkidle")
        shoot(page, f"screen-{app}-{name}")
        axe(page, "main")
