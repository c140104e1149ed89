"""What a quiz does not say yet is said nowhere else either: no mark in the lesson, no question that lies ahead."""

from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from assessments.results import result_of
from assessments.services import begin_quiz, turn_page
from assessments.standing import quiz_standing
from learning.progress import progress, reason
from tests.factories.assessments import make_essay, make_quiz, take_quiz
from tests.factories.enrolments import make_edition, make_enrolment

pytestmark = pytest.mark.django_db

RECEIPT_ONLY = {"after": [], "later": [], "closed": []}


def lesson_page(client, enrolment, quiz):
    lesson = quiz.placements.get().lesson_id
    return client.get(reverse("learning:lesson", args=[enrolment.edition.code, lesson])).text


def what_is_left(enrolment):
    return [reason(lesson, state) for lesson, state in progress(enrolment, "en").missing]


@pytest.fixture
def silent(enrolment):
    return make_quiz(enrolment.edition.course, title="Freezing", questions=2, review=RECEIPT_ONLY)


def test_a_mark_that_is_shown_stands_in_the_lesson_and_in_what_is_left(client, learner, enrolment, quiz):
    take_quiz(enrolment, quiz, ["a"], ["b"])

    assert "you have 50" in lesson_page(client, enrolment, quiz)
    assert "you have 50" in what_is_left(enrolment)[0]


@pytest.mark.parametrize("second", ["a", "b"])
def test_a_mark_that_is_not_shown_stands_nowhere(client, learner, enrolment, silent, second):
    take_quiz(enrolment, silent, ["a"], [second])

    page = lesson_page(client, enrolment, silent)

    for number in ("50", "100"):
        assert f"{number}\u00a0%" not in page
        assert not any(number in sentence for sentence in what_is_left(enrolment))


def test_an_essay_that_waits_is_not_called_failed_in_its_lesson(client, db):
    quiz = make_quiz(questions=[make_essay()])
    enrolment = make_enrolment(make_edition(quiz.course))
    client.force_login(enrolment.person)
    take_quiz(enrolment, quiz, {"text": "My view"})

    page = lesson_page(client, enrolment, quiz)

    assert "Handed in" in page
    assert "Not passed yet" not in page


def test_questions_that_lie_ahead_are_not_given_away_by_looking_over(client, learner, enrolment):
    quiz = make_quiz(enrolment.edition.course, questions=2, sequential=True, questions_per_page=1)
    attempt = begin_quiz(enrolment, quiz, language="en").attempt
    first, second = (item.question_version.question_id for item in attempt.quiz_attempt.items.all())
    address = reverse("assessments:review", args=[enrolment.edition.code, attempt.pk])

    page = client.get(address).text

    assert f"[en {first}]" in page
    assert f"[en {second}]" not in page
    assert "2 questions are not answered" in page
    turn_page(attempt, 1)
    assert f"[en {second}]" in client.get(address).text


@pytest.mark.parametrize("is_silent", [False, True])
def test_a_post_test_says_what_was_gained_only_where_the_mark_before_may_be_seen(enrolment, is_silent):
    course = enrolment.edition.course
    before = make_quiz(course, questions=2, **({"review": RECEIPT_ONLY} if is_silent else {}))
    after = make_quiz(course, questions=1, pretest=before)
    take_quiz(enrolment, before, ["a"], ["b"])
    attempt = take_quiz(enrolment, after, ["a"])

    gain = result_of(attempt, quiz_standing(enrolment, after), "en", None).gain

    assert (gain and gain.before) == (None if is_silent else Decimal("0.5"))


@pytest.mark.parametrize("whose", ["own", "another's"])
def test_a_file_for_what_is_no_essay_of_ones_own_attempt_is_not_taken(
    client, learner, enrolment, quiz, whose
):
    other = make_enrolment(enrolment.edition)
    attempt = begin_quiz(enrolment, quiz, language="en").attempt
    theirs = begin_quiz(other, quiz, language="en").attempt
    item = (attempt if whose == "own" else theirs).quiz_attempt.items.first()

    answer = client.post(
        reverse("assessments:add_file", args=[enrolment.edition.code, attempt.pk, item.pk]),
        {f"item-{item.pk}-file": SimpleUploadedFile("view.pdf", b"%PDF-1.7")},
    )

    assert answer.status_code == 404
    assert not item.files.exists()
