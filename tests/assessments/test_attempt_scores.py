"""What a whole attempt is worth, and the receipt that stands for it: from its questions, answers and marks alone."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from assessments.models import Answer, AttemptItem, Mark, QuestionVersion
from assessments.receipts import receipt_of
from assessments.scoring import attempt_score, earned, total
from learning.models import Attempt
from tests.assessments.kinds import questions as q

NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)
HALF = Decimal("0.5")


def item(pk, content=None, points=1, **fields):
    """One question of an attempt, single choice with a right unless asked otherwise."""
    version = QuestionVersion(pk=pk, content=content or q.choice())
    return AttemptItem(pk=pk, question_version=version, points=Decimal(points), **fields)


def answers(items, *responses):
    """An answer to each of the first questions."""
    return {
        one.pk: Answer(item=one, response=response, saved_at=NOW)
        for one, response in zip(items, responses, strict=False)
    }


def worth(items, *responses, marks=None):
    return attempt_score(items, answers(items, *responses), marks or {})


def test_questions_count_by_their_points():
    assert worth([item(1, points=3), item(2)], ["a"], ["b"]) == Decimal("0.75")


def test_what_was_not_answered_earns_nothing():
    assert worth([item(1), item(2)], ["a"]) == HALF


def test_a_dropped_question_leaves_the_total_whatever_was_answered():
    assert worth([item(1), item(2, dropped_at=NOW)], ["a"], ["b"]) == 1
    assert worth([item(1), item(2, points=9, dropped_at=NOW)], ["b"], ["a"]) == 0


def test_a_dropped_essay_waits_for_nobody():
    assert worth([item(1), item(2, q.essay(), dropped_at=NOW)], ["a"], {"text": "Mine"}) == 1


def test_an_attempt_waits_while_an_essay_does():
    items = [item(1), item(2, q.essay())]

    assert worth(items, ["a"], {"text": "Mine"}) is None
    assert worth(items, ["a"], {}) == HALF
    assert worth(items, ["a"]) == HALF
    assert worth(items, ["a"], {"text": "Mine"}, marks={2: Mark(score=HALF)}) == Decimal("0.75")


def test_a_persons_mark_stands_before_what_the_key_says():
    assert worth([item(1)], ["a"], marks={1: Mark(score=Decimal("0.25"))}) == Decimal("0.25")
    assert worth([item(1)], marks={1: Mark(score=Decimal(1))}) == 1


def test_a_later_key_grades_the_answer_where_a_regrade_said_so():
    corrected = QuestionVersion(pk=9, content=q.choice(right="b"))

    assert worth([item(1, graded_by=corrected)], ["b"]) == 1
    assert worth([item(1, graded_by=corrected)], ["a"]) == 0


def test_an_answer_that_a_later_key_no_longer_understands_earns_nothing():
    corrected = QuestionVersion(pk=9, content=q.matching())

    assert earned(item(1, graded_by=corrected), Answer(response=["a"]), None) == 0


def test_an_attempt_that_has_nothing_left_to_count_is_worth_nothing():
    assert worth([item(1, dropped_at=NOW)], ["a"]) == 0
    assert worth([item(1, points=0)], ["a"]) == 0
    assert worth([]) == 0


def test_seven_of_ten_is_seven_of_ten_and_no_more_is_made_of_less():
    assert total([(Decimal(1), Decimal(7)), (Decimal(0), Decimal(3))]) == Decimal("0.7")
    assert total([(Decimal("0.333"), Decimal(1))] * 3) == Decimal("0.333")
    assert total([(None, Decimal(0)), (Decimal(1), Decimal(1))]) is None


@pytest.fixture
def handed_in():
    items = [item(1), item(2, q.essay())]
    return items, answers(items, ["a"], {"text": "My view", "files": [3]})


def receipt(handed_in, attempt_id=5):
    return receipt_of(Attempt(pk=attempt_id), *handed_in)


def test_the_same_answers_have_the_same_receipt_whatever_they_are_worth(handed_in):
    before = receipt(handed_in)
    handed_in[1][1].score = Decimal(1)
    handed_in[0][0].dropped_at = NOW

    assert receipt(handed_in) == before
    assert len(before) == 64


@pytest.mark.parametrize(
    "change",
    [
        lambda items, given: setattr(given[1], "response", ["b"]),
        lambda items, given: setattr(given[2], "response", {"text": "My view", "files": [4]}),
        lambda items, given: setattr(given[1], "saved_at", NOW + timedelta(microseconds=1)),
        lambda items, given: given.pop(1),
        lambda items, given: items.reverse(),
        lambda items, given: items.pop(),
    ],
)
def test_whatever_was_handed_in_otherwise_has_another_receipt(handed_in, change):
    before = receipt(handed_in)

    change(*handed_in)

    assert receipt(handed_in) != before


def test_another_attempt_has_another_receipt(handed_in):
    assert receipt(handed_in) != receipt(handed_in, 6)


def test_a_receipt_can_be_written_for_any_answer_a_database_may_hold(handed_in):
    handed_in[1][1].response = ["\ud800"]

    assert receipt(handed_in)
