"""Interactive content in the gradebook: shown, marked as reported by browsers, and worth nothing until staff say so."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role
from gradebook.book import Book
from gradebook.services import create_scheme
from learning.progress import progress
from tests.factories.accounts import make_staff
from tests.factories.assessments import make_quiz
from tests.factories.courses import make_course, place
from tests.factories.enrolments import make_edition, make_enrolment
from tests.factories.interactive import make_interactive
from tests.factories.learning import make_attempt

pytestmark = pytest.mark.django_db
SAID = "Reported by the learner’s browser: formative unless staff say otherwise"


@pytest.fixture
def course():
    return make_course()


@pytest.fixture
def edition(course):
    return make_edition(course)


@pytest.fixture
def enrolment(edition):
    return make_enrolment(edition)


@pytest.fixture
def coordinator():
    return make_staff(Role.COORDINATOR)


@pytest.fixture
def quiz(course):
    quiz = make_quiz(course)
    if not quiz.placements.exists():
        place(quiz)
    return quiz


@pytest.fixture
def activity(course):
    return make_interactive(course)


def test_it_is_shown_and_counts_for_nothing_before_a_gradebook_is_begun(edition, enrolment, quiz, activity):
    make_attempt(enrolment, quiz, score=Decimal("0.4"))
    make_attempt(enrolment, activity, score=Decimal(1))

    grade = Book(edition).grade(enrolment)

    assert {category.plan.key: category.plan.weight for category in grade.categories} == {
        "quiz": 100,
        "h5p": 0,
    }
    assert grade.total == 40
    assert grade.item(activity.pk).percent == 100
    assert grade.item(activity.pk).plan.is_formative


def test_a_gradebook_begins_with_it_at_no_weight(edition, enrolment, quiz, activity, coordinator):
    scheme = create_scheme(edition, by=coordinator)

    weights = dict(scheme.categories.values_list("kind", "weight"))

    assert weights == {"quiz": 100, "h5p": 0}


def test_staff_make_it_count_by_giving_it_a_weight(edition, enrolment, quiz, activity, coordinator):
    scheme = create_scheme(edition, by=coordinator)
    make_attempt(enrolment, quiz, score=Decimal("0.4"))
    make_attempt(enrolment, activity, score=Decimal(1))

    scheme.categories.filter(kind="h5p").update(weight=100)

    assert Book(edition).grade(enrolment).total == 70


def test_alone_it_makes_no_total(edition, enrolment, activity):
    make_attempt(enrolment, activity, score=Decimal(1))

    assert Book(edition).grade(enrolment).total is None


@pytest.mark.parametrize(
    ("library", "offered"),
    [
        ("JusticeKit.Accordion 1.0", False),
        ("H5P.Dialogcards 1.9", False),
        ("H5P.Column 1.18", True),
        ("X 1.0", True),
    ],
)
def test_what_never_reports_a_score_is_not_offered(course, edition, library, offered):
    make_interactive(course, library=library)

    assert bool(Book(edition).columns) is offered


def test_what_ended_without_a_score_is_neither_missing_nor_waiting(edition, enrolment, activity):
    edition.ends_on = timezone.localdate() - timedelta(days=2)
    edition.save()
    make_attempt(enrolment, activity, finished=True)

    item = Book(edition).grade(enrolment).item(activity.pk)

    assert item.state_words == "Done, without a score"
    assert item.counted is None


def test_staff_and_learners_are_told_whose_word_it_is(
    client, edition, enrolment, quiz, activity, coordinator
):
    make_attempt(enrolment, quiz, score=Decimal("0.4"))
    make_attempt(enrolment, activity, score=Decimal(1))
    client.force_login(enrolment.person)
    own = client.get(reverse("gradebook:my_results", args=[edition.code])).content.decode()
    client.force_login(coordinator)
    create_scheme(edition, by=coordinator)
    grid = client.get(reverse("edition_grades:grid", args=[edition.pk])).content.decode()
    learner = client.get(reverse("edition_grades:learner", args=[edition.pk, enrolment.pk])).content.decode()
    setup = client.get(reverse("edition_grades:setup", args=[edition.pk])).content.decode()

    assert own.count("Reported by your browser: formative unless staff say otherwise.") == 1
    assert "These results are formative: they do not count towards the total." in own
    assert SAID in grid and SAID in learner
    assert setup.count("formative unless you give it a weight") == 1


def test_a_course_with_nothing_else_can_still_be_set_up(client, edition, activity, coordinator):
    scheme = create_scheme(edition, by=coordinator)
    category, item = scheme.categories.get(), scheme.items.get()
    client.force_login(coordinator)
    sent = {
        "rules-decimals": 1,
        "rules-rounding": "nearest",
        "rules-missing": "left_out",
        "rules-new_results": "shown",
        **{
            f"{part}-{key}": 1 for part in ("categories", "items") for key in ("TOTAL_FORMS", "INITIAL_FORMS")
        },
        "categories-0-id": category.pk,
        "categories-0-name": category.name,
        "categories-0-weight": 0,
        "categories-0-drop_lowest": 0,
        "categories-0-sort_order": 0,
        "items-0-id": item.pk,
        "items-0-category": category.pk,
        "items-0-points": 100,
        "items-0-weight": 1,
        "items-0-sort_order": 0,
        "reason": "One decimal, as agreed",
    }

    response = client.post(reverse("edition_grades:setup", args=[edition.pk]), sent)

    assert response.status_code == 302
    scheme.refresh_from_db()
    assert scheme.decimals == 1


@pytest.mark.parametrize(
    ("rule", "mark", "sentence"),
    [
        ("marked", "0", "Mark the interactive activity in “Seals” as done."),
        ("finished", "0", "Finish the interactive activity in “Seals”."),
        ("passed", "0.7", "Pass the interactive activity in “Seals” (you need 70 %)."),
    ],
)
def test_learners_are_told_what_is_left(course, enrolment, rule, mark, sentence):
    lesson = place(
        make_interactive(course, completion_rule=rule, pass_mark=Decimal(mark), placed=False)
    ).lesson
    lesson.title = "Seals"
    lesson.save()

    (reason,) = progress(enrolment).reasons
    assert reason.replace("\u00a0", " ").startswith(sentence)


def test_what_was_reached_is_said_with_what_is_needed(course, enrolment):
    activity = make_interactive(course, completion_rule="passed", pass_mark=Decimal("0.7"))
    make_attempt(enrolment, activity, score=Decimal("0.5"))

    assert "you have 50" in progress(enrolment).reasons[0]
