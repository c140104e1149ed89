"""Two markers, a marker and a regrade, a regrade twice: nothing is lost and nothing counts twice."""

from decimal import Decimal

import pytest

from assessments.models import Mark, Regrade, RegradeAction, RegradedAttempt
from assessments.refusals import MarkRefused, RegradeRefused
from assessments.regrades import Choice, regrade_preview
from assessments.services import (
    MarkGiven,
    apply_regrade,
    begin_quiz,
    begin_regrade,
    hand_in,
    mark_item,
    save_answer,
)
from foundation.audit.models import Entry
from tests.factories.accounts import make_staff
from tests.factories.assessments import correct_key, make_essay, make_question, make_quiz, take_quiz
from tests.factories.enrolments import make_edition, make_enrolment
from tests.threads import at_once

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def question(db):
    return make_question()


@pytest.fixture
def quiz(question):
    return make_quiz(questions=[question, make_essay(), make_essay()])


@pytest.fixture
def edition(quiz):
    return make_edition(quiz.course)


@pytest.fixture
def attempt(quiz, edition):
    return take_quiz(make_enrolment(edition), quiz, ["b"], {"text": "One"}, {"text": "Two"})


def new_key(question):
    return {question.pk: Choice(question.pk, RegradeAction.NEWEST, correct_key(question, "b").pk)}


def begun(quiz, edition, choices):
    seen = regrade_preview(quiz, [edition], choices).fingerprint
    return begin_regrade(quiz, [edition], choices, by=make_staff(), reason="Wrong key", seen=seen)


def test_of_two_markers_of_one_answer_the_later_is_told_and_nothing_is_overwritten(attempt):
    item = attempt.quiz_attempt.items.get(sort_order=1)
    markers = [make_staff(), make_staff()]

    ended = at_once(
        lambda: mark_item(item, MarkGiven(Decimal("0.4")), marker=markers[0], seen=None),
        lambda: mark_item(item, MarkGiven(Decimal("0.8")), marker=markers[1], seen=None),
    )

    (mark,) = [one for one in ended if isinstance(one, Mark)]
    (refusal,) = [one for one in ended if isinstance(one, MarkRefused)]
    assert refusal.mark == mark
    assert Mark.objects.get() == mark


def test_two_markers_of_two_answers_leave_the_attempt_with_the_score_of_both(attempt):
    first, second = attempt.quiz_attempt.items.filter(sort_order__gt=0)
    markers = [make_staff(), make_staff()]

    at_once(
        lambda: mark_item(first, MarkGiven(Decimal(1)), marker=markers[0], seen=None),
        lambda: mark_item(second, MarkGiven(Decimal("0.5")), marker=markers[1], seen=None),
    )

    attempt.refresh_from_db()
    assert attempt.score == Decimal("0.5")


def test_a_marker_and_a_regrade_at_once_both_count(quiz, question, edition, attempt):
    first, second = attempt.quiz_attempt.items.filter(sort_order__gt=0)
    mark_item(first, MarkGiven(Decimal("0.5")), marker=make_staff(), seen=None)
    regrade, marker = begun(quiz, edition, new_key(question)), make_staff()

    at_once(
        lambda: apply_regrade(regrade),
        lambda: mark_item(second, MarkGiven(Decimal("0.75")), marker=marker, seen=None),
    )

    attempt.refresh_from_db()
    assert attempt.score == Decimal("0.75")
    assert Mark.objects.count() == 2


def test_a_mark_on_the_regraded_question_itself_stands(quiz, question, edition, attempt):
    marked, first, second = attempt.quiz_attempt.items.all()
    for item in (first, second):
        mark_item(item, MarkGiven(Decimal(1)), marker=make_staff(), seen=None)
    regrade, marker = begun(quiz, edition, new_key(question)), make_staff()

    at_once(
        lambda: apply_regrade(regrade),
        lambda: mark_item(marked, MarkGiven(Decimal("0.1"), reason="Copied"), marker=marker, seen=None),
    )

    attempt.refresh_from_db()
    assert attempt.score == Decimal("0.7")


def test_a_regrade_decided_twice_at_once_is_one(quiz, question, edition, attempt):
    choices = new_key(question)
    seen = regrade_preview(quiz, [edition], choices).fingerprint
    deciders = [make_staff(), make_staff()]

    ended = at_once(
        *[
            lambda by=by: begin_regrade(quiz, [edition], choices, by=by, reason="Wrong key", seen=seen)
            for by in deciders
        ]
    )

    assert sorted(type(one).__name__ for one in ended) == ["Regrade", RegradeRefused.__name__]
    assert Regrade.objects.count() == 1


def test_a_regrade_applied_twice_at_once_regrades_each_attempt_once(quiz, question, edition):
    learners = [make_enrolment(edition) for _number in range(6)]
    short = make_quiz(quiz.course, questions=[question, make_question()])
    attempts = [take_quiz(learner, short, ["b"], ["a"]) for learner in learners]
    regrade = begun(short, edition, new_key(question))

    ended = at_once(lambda: apply_regrade(regrade), lambda: apply_regrade(regrade))

    assert ended == [None, None]
    assert RegradedAttempt.objects.count() == len(attempts)
    assert Entry.objects.filter(action="learning.rescore_attempt").count() == len(attempts)
    assert {type(attempt).objects.get(pk=attempt.pk).score for attempt in attempts} == {Decimal(1)}


def test_handing_in_during_a_regrade_is_graded_by_the_new_key(quiz, question, edition):
    short = make_quiz(quiz.course, questions=[question])
    attempt = begin_quiz(make_enrolment(edition), short, language="en").attempt
    save_answer(attempt, attempt.quiz_attempt.items.get(), ["b"], language="en")
    regrade = begun(short, edition, new_key(question))

    at_once(lambda: apply_regrade(regrade), lambda: hand_in(attempt))

    attempt.refresh_from_db()
    assert attempt.score == 1
