"""Practice, feedback by band, and what was gained since the pre-test."""

import pytest
from bs4 import BeautifulSoup

from assessments.publishing import freeze_quiz
from tests.factories.assessments import make_quiz
from tests.factories.courses import make_course

pytestmark = pytest.mark.django_db


def test_a_checked_question_says_at_once_whether_it_is_right_and_stands(take):
    taking = take(practice=True)
    first = taking.items[0]

    page = taking.post(f"check-{first.pk}", **{f"item-{first.pk}": "b", f"anchor-{first.pk}": "question-1"})

    shown = BeautifulSoup(page.content, "html.parser").select_one("#question-1")
    assert "Not correct" in shown.text
    assert "Feedback on b" in shown.text
    assert "General feedback" in shown.text
    assert not shown.select("input[type=radio]")
    refused = taking.client.post(
        taking.url("save_answer", taking.attempt.pk, first.pk), {f"item-{first.pk}": "a"}
    )
    assert refused.status_code == 409
    assert "its answer stands" in refused.text


def test_only_what_was_checked_is_shown(take):
    taking = take(practice=True)
    first = taking.items[0]
    taking.post("stay", **{f"item-{item.pk}": "a" for item in taking.items})

    page = taking.post(f"check-{first.pk}", **{f"item-{first.pk}": "a"})

    assert page.text.count("General feedback") == 1


def test_by_script_the_question_comes_back_alone(take):
    taking = take(practice=True)
    first = taking.items[0]

    answer = taking.client.post(
        taking.url("check_answer", taking.attempt.pk, first.pk), {f"item-{first.pk}": "a"}
    )

    assert "Correct" in answer.text
    assert "<html" not in answer.text
    assert answer.text.count("data-question=") == 1


def test_nothing_is_checked_without_an_answer(take):
    taking = take(practice=True)
    first = taking.items[0]

    page = taking.post(f"check-{first.pk}")

    assert "General feedback" not in page.text
    assert not taking.quiz_attempt.answers.filter(checked_at__isnull=False).exists()


def test_an_exam_checks_nothing(take):
    taking = take()
    first = taking.items[0]
    assert "data-check" not in taking.page().text

    answer = taking.client.post(
        taking.url("check_answer", taking.attempt.pk, first.pk), {f"item-{first.pk}": "a"}
    )

    assert answer.status_code == 409
    assert "feedback" not in answer.text.lower()


def test_the_feedback_of_the_band_that_was_reached_is_shown(take):
    bands = [{"key": "good", "from": "0.8"}, {"key": "fair", "from": "0.4"}, {"key": "low", "from": "0"}]
    words = {"good": "<p>Well done.</p>", "fair": "<p>Nearly there.</p>", "low": "<p>Read again.</p>"}
    taking = take(begun=False, questions=2, bands=bands)
    taking.quiz.texts.create(language="en", bands=words)
    taking.quiz.save()
    freeze_quiz(taking.quiz)
    taking.begin()
    taking.post("stay", **{f"item-{taking.items[0].pk}": "a"})

    result = taking.hand_in()

    assert "Nearly there." in result.text
    assert "Well done." not in result.text
    assert "Read again." not in result.text


def test_the_post_test_says_what_was_gained(take):
    course = make_course()
    before = take(course=course, questions=2)
    before.post("stay", **{f"item-{before.items[0].pk}": "a"})
    before.hand_in()
    after = make_quiz(course, questions=2, pretest=before.quiz)
    before.quiz = after
    before.begin()
    before.post("stay", **{f"item-{item.pk}": "a" for item in before.items})

    result = before.hand_in()

    assert "you reached 50\xa0%, now 100\xa0%: you gained 50\xa0%" in result.text
