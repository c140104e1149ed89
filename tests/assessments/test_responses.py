"""Answers as a table."""

from decimal import Decimal

import pytest

from assessments.codes import code_of
from assessments.responses import Responses
from tests.factories.accounts import make_person
from tests.factories.assessments import make_essay, make_question, make_quiz, take_quiz
from tests.factories.enrolments import make_edition, make_enrolment

pytestmark = pytest.mark.django_db


@pytest.fixture
def quiz(db):
    return make_quiz(questions=[make_question(), make_essay()])


@pytest.fixture
def edition(quiz):
    return make_edition(quiz.course)


def take(edition, quiz, *answers, **person):
    return take_quiz(make_enrolment(edition, make_person(**person)), quiz, *answers)


def test_a_row_holds_the_learner_the_attempt_and_every_answer(quiz, edition):
    take(edition, quiz, ["a"], {"text": "My view"}, first_name="Amara", last_name="Okello")
    table = Responses(quiz, [edition], named=True)

    (row,) = table.rows()

    assert len(row) == len(table.headings)
    assert row[:2] == ["Okello", "Amara"]
    assert row[3:6] == [edition.code, 1, "en"]
    assert row[8:] == ["", "Freeze it [en]", 1.0, "", "My view", "", ""]


def test_without_names_nothing_says_who_it_was(quiz, edition):
    attempt = take(edition, quiz, ["a"], first_name="Amara", last_name="Okello")
    table = Responses(quiz, [edition], named=False)

    (row,) = table.rows()

    assert row[0] == code_of(attempt.pk)
    said = " ".join(str(cell) for cell in (*table.headings, *row))
    assert "Okello" not in said
    assert attempt.enrolment.person.email not in said


def test_codes_are_stable_and_differ():
    assert code_of(7) == code_of(7)
    assert len({code_of(number) for number in range(500)}) == 500


def test_it_asks_no_more_for_twelve_attempts_than_for_two(quiz, edition, django_assert_num_queries):
    for _number in range(2):
        take(edition, quiz, ["a"], {"text": "Text"})
    with django_assert_num_queries(7):
        list(Responses(quiz, [edition], named=True).rows())
    for _number in range(10):
        take(edition, quiz, ["b"], {"text": "Text"})

    with django_assert_num_queries(7):
        assert len(list(Responses(quiz, [edition], named=True).rows())) == 12


def test_points_are_what_counts(edition):
    quiz = make_quiz(edition.course, questions=2)
    quiz.versions.get().quiz_items.update(points=Decimal("2.5"))
    take(edition, quiz, ["a"], ["b"])
    table = Responses(quiz, [edition], named=False)

    (row,) = table.rows()

    assert [row[8], row[11]] == [2.5, 0]
