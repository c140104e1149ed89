from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gradebook.grades import Band, Scale
from programmes.models import ModuleOutcome, ResitRule
from programmes.records.reckoning import (
    Criteria,
    Figures,
    Result,
    as_printed,
    average,
    classify,
    counted,
    counted_share,
    outcome_of,
    place,
)

SCALE = Scale(pass_from=Decimal("0.6"), bands=(Band(Decimal("0.9"), "A"), Band(Decimal("0.6"), "C")))


def result(score, attempt=1, outcome=None):
    score = Decimal(score)
    return Result(attempt, score, outcome or outcome_of(score, SCALE), place(score, SCALE, 0))


@pytest.mark.parametrize(("score", "outcome"), [("0.594", "failed"), ("0.595", "passed"), ("0.6", "passed")])
def test_a_module_is_passed_by_the_number_that_is_printed(score, outcome):
    assert outcome_of(Decimal(score), SCALE) == outcome


def test_a_modules_own_pass_mark_goes_before_the_scales():
    assert outcome_of(Decimal("0.65"), SCALE, pass_mark=Decimal("0.7")) == ModuleOutcome.FAILED


def test_without_a_result_a_module_is_incomplete():
    assert outcome_of(None, SCALE) == ModuleOutcome.INCOMPLETE


@pytest.mark.parametrize(
    ("rule", "attempt"), [(ResitRule.BEST, 1), (ResitRule.LAST, 2), (ResitRule.CAPPED, 1)]
)
def test_the_rules_say_which_of_two_results_counts(rule, attempt):
    found = counted([result("0.8"), result("0.7", 2)], rule)

    assert found.attempt == attempt


def test_a_resit_counts_no_more_than_the_pass_mark_where_the_rules_cap_it():
    again = result("0.95", 2)

    assert counted_share(again, ResitRule.CAPPED, SCALE.pass_from) == Fraction(3, 5)
    assert counted_share(again, ResitRule.BEST, SCALE.pass_from) == Fraction(95, 100)


def test_what_was_recognized_from_elsewhere_is_passed_and_not_averaged():
    recognized = Result(1, None, ModuleOutcome.EXEMPT)

    assert recognized.passed
    assert counted_share(recognized, ResitRule.BEST, SCALE.pass_from) is None


def test_the_average_weighs_by_credits_and_is_rounded_as_it_is_printed():
    exact = average([(Fraction(8, 10), Decimal(6)), (Fraction(7, 10), Decimal(3)), (None, Decimal(3))])

    assert exact == Fraction(69, 90)
    assert as_printed(exact, SCALE, 1).number == "76.7\N{NO-BREAK SPACE}%"


def test_nothing_that_counts_has_no_average():
    assert average([]) is None
    assert average([(Fraction(1), Decimal(0))]) is None


shares = st.fractions(min_value=0, max_value=1, max_denominator=100)
parts = st.lists(st.tuples(shares, st.decimals("0.5", "12", places=1)), min_size=1, max_size=12)


@given(parts)
def test_an_average_lies_between_the_lowest_and_the_highest_result(given_parts):
    found = average(given_parts)

    assert min(share for share, _weight in given_parts) <= found <= max(share for share, _w in given_parts)


@given(parts, st.randoms())
def test_an_average_does_not_depend_on_the_order_of_modules(given_parts, chance):
    mixed = list(given_parts)
    chance.shuffle(mixed)

    assert average(mixed) == average(given_parts)


CLASSES = [
    Criteria(1, "With distinction", least_average=Decimal("0.85"), most_resits=0),
    Criteria(
        2, "Pass", least_average=Decimal("0.6"), least_credits=Decimal(30), least_attendance=Decimal("0.8")
    ),
]


def test_the_first_class_that_is_met_is_the_one():
    verdicts = classify(CLASSES, Figures(Fraction(9, 10), Decimal(30), Fraction(1), 0))

    assert [verdict.criteria.key for verdict in verdicts] == [1]
    assert verdicts[-1].is_met


def test_a_resit_costs_the_distinction_and_the_reason_is_said():
    verdicts = classify(CLASSES, Figures(Fraction(9, 10), Decimal(30), Fraction(1), 1))

    assert verdicts[0].missing == ("Re-sits: 1; it allows 0.",)
    assert verdicts[-1].criteria.key == 2
    assert verdicts[-1].is_met


def test_whoever_meets_no_class_is_told_everything_that_is_missing():
    verdicts = classify(CLASSES, Figures(Fraction(1, 2), Decimal(27), None, 0))

    assert not verdicts[-1].is_met
    assert len(verdicts[-1].missing) == 3
