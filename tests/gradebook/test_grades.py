"""Working out grades, over plain values: what counts, what it comes to, and that the printed steps say the same."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st

from gradebook.grades import (
    Band,
    CategoryPlan,
    Entered,
    Fact,
    ItemPlan,
    ItemState,
    Plan,
    Scale,
    steps,
    work_out,
)

quick = settings(deadline=None)

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
DISTINCTION = Scale(
    pass_from=Decimal("0.5"),
    bands=(
        Band(Decimal("0.7"), "Distinction"),
        Band(Decimal("0.5"), "Pass"),
        Band(Decimal(0), "Fail"),
    ),
)


def item(key, **fields):
    return ItemPlan(key=key, name=f"Item {key}", **fields)


def category(key, *items, weight=100, **fields):
    return CategoryPlan(key=key, name=f"Category {key}", weight=Decimal(weight), items=items, **fields)


def plan(*categories, **fields):
    return Plan(categories=categories, **fields)


def got(share):
    return Fact(derived=Decimal(share))


def said(kind, score=None):
    return Fact(entered=Entered(kind, None if score is None else Decimal(score)))


def lines(grade):
    with override("en"):
        return [str(step) for step in steps(grade)]


def notes(grade):
    with override("en"):
        return [note for step in steps(grade) for note in step.notes]


QUIZZES = category("quiz", item(1), item(2), weight=40)
ESSAYS = category("essay", item(3), weight=60)


def test_a_total_is_the_weighted_sum_of_averages_and_says_so():
    grade = work_out(plan(QUIZZES, ESSAYS), {1: got("0.8"), 2: got("0.65"), 3: got("0.8")}, now=NOW)

    assert grade.total == Decimal(77)
    assert lines(grade) == [
        "Category quiz, average: (80 + 65) ÷ 2 = 72.5",
        "Category quiz, part of the total: 72.5 × 40 % = 29",
        "Category essay, average: 80",
        "Category essay, part of the total: 80 × 60 % = 48",
        "Total so far: 29 + 48 = 77 %",
    ]


def test_what_does_not_count_yet_gives_its_weight_to_the_rest_and_says_so():
    three = plan(QUIZZES, ESSAYS, category("moot", item(4), weight=20))

    grade = work_out(three, {1: got("0.5"), 3: got("0.8")}, now=NOW)

    assert grade.total == Decimal(68)
    assert "Category quiz, part of the total: 50 × 40 ÷ 100 = 20" not in lines(grade)
    assert "Category moot: nothing counts yet" in lines(grade)
    grade = work_out(three, {1: got("0.5"), 3: got("0.8"), 4: got("1")}, now=NOW)
    assert "Category quiz, part of the total: 50 × 40 ÷ 120 = 16.67" in lines(grade)
    assert "The weights of what counts so far add up to 120, not to 100: each is divided by 120." in notes(
        grade
    )


@pytest.mark.parametrize(
    ("missing_is_zero", "facts", "total"),
    [
        (False, {2: said("excused")}, 80),
        (True, {2: said("excused")}, 80),
        (True, {2: said("score", 0)}, 40),
        (False, {2: said("score", 0)}, 40),
        (True, {2: said("missing")}, 40),
        (False, {2: said("missing")}, 80),
        (True, {2: Fact(due_at=NOW - timedelta(days=1))}, 40),
        (True, {2: Fact(due_at=NOW + timedelta(days=1))}, 80),
        (True, {2: Fact(due_at=NOW - timedelta(days=1), is_waiting=True)}, 80),
    ],
)
def test_excused_zero_and_missing_are_three_things(missing_is_zero, facts, total):
    rules = plan(category("quiz", item(1), item(2)), missing_is_zero=missing_is_zero)

    assert work_out(rules, {1: got("0.8"), **facts}, now=NOW).total == total


@pytest.mark.parametrize(
    ("fact", "is_manual", "state"),
    [
        (Fact(), False, ItemState.NOT_DUE),
        (Fact(due_at=NOW), False, ItemState.MISSING),
        (Fact(due_at=NOW), True, ItemState.WAITING),
        (Fact(ends_at=NOW), False, ItemState.MISSING),
        (Fact(due_at=NOW + timedelta(days=1), ends_at=NOW), False, ItemState.NOT_DUE),
        (Fact(is_waiting=True), False, ItemState.WAITING),
        (Fact(is_waiting=True, derived=Decimal("0.4")), False, ItemState.GRADED),
        (said("excused"), False, ItemState.EXCUSED),
        (replace(said("missing"), derived=Decimal("0.4")), False, ItemState.MISSING),
        (replace(said("cleared"), derived=Decimal("0.4")), False, ItemState.GRADED),
    ],
)
def test_the_state_of_an_item(fact, is_manual, state):
    grade = work_out(plan(category("c", item(1, is_manual=is_manual))), {1: fact}, now=NOW)

    assert grade.item(1).state == state


def test_what_staff_entered_wins_over_what_the_activity_gave():
    grade = work_out(plan(ESSAYS), {3: replace(said("score", "0.9"), derived=Decimal("0.4"))}, now=NOW)

    assert grade.total == 90
    assert grade.item(3).is_override


def test_the_lowest_is_dropped_and_named():
    grade = work_out(
        plan(category("quiz", item(1), item(2), item(3), drop_lowest=1)),
        {1: got("0.9"), 2: got("0.2"), 3: got("0.7")},
        now=NOW,
    )

    assert grade.total == 80
    assert grade.item(2).is_dropped
    assert "“Item 2” is left out: it is among the lowest results." in notes(grade)


def test_the_only_result_is_never_dropped():
    grade = work_out(plan(category("quiz", item(1), item(2), drop_lowest=3)), {1: got("0.4")}, now=NOW)

    assert grade.total == 40


def test_extra_credit_is_added_on_top_and_stops_at_a_hundred():
    rules = plan(category("quiz", item(1), item(2, extra_credit=True, weight=Decimal("0.5"))))

    grade = work_out(rules, {1: got("0.8"), 2: got("0.3")}, now=NOW)
    full = work_out(rules, {1: got("0.8"), 2: got("1")}, now=NOW)

    assert grade.total == 95
    assert lines(grade)[0] == "Category quiz, average: (80 + 30 × 0.5) ÷ 1 = 95"
    assert full.sum == 130
    assert full.total == 100
    assert "More than 100 counts as 100." in notes(full)


def test_a_category_of_extra_credit_alone_comes_on_top_of_the_whole():
    bonus = category("bonus", item(8, extra_credit=True), item(9, extra_credit=True), weight=5)

    grade = work_out(plan(ESSAYS, bonus), {3: got("0.8"), 8: got("1")}, now=NOW)

    assert grade.total == Decimal("82.5")
    assert "Category bonus, part of the total: 50 × 5 % = 2.5" in lines(grade)
    assert work_out(plan(ESSAYS, bonus), {8: got("1")}, now=NOW).total is None


def test_what_is_hidden_leaks_neither_into_the_learners_total_nor_into_the_words():
    rules = plan(category("quiz", item(1), item(2, is_released=False)))
    facts = {
        1: got("0.8"),
        2: replace(said("score", "0.123"), entered=Entered("score", Decimal("0.123"), "Weak")),
    }

    own = work_out(rules, facts, now=NOW, released_only=True)
    staff = work_out(rules, facts, now=NOW)

    assert own.total == 80
    assert own.item(2).state == ItemState.HIDDEN
    assert own.item(2).percent is None
    assert own.item(2).comment == ""
    assert "12.3" not in repr(lines(own) + notes(own))
    assert "This total counts only results that have been released." in notes(own)
    assert staff.total == Decimal("46.15")


def test_what_the_activity_holds_back_is_hidden_until_staff_say_something_themselves():
    rules = plan(category("quiz", item(1), item(2)))
    withheld = Fact(derived=Decimal("0.2"), is_withheld=True)

    own = work_out(rules, {1: got("0.8"), 2: withheld}, now=NOW, released_only=True)
    told = work_out(
        rules,
        {1: got("0.8"), 2: replace(withheld, entered=Entered("score", Decimal("0.4")))},
        now=NOW,
        released_only=True,
    )

    assert (own.item(2).state, own.total) == (ItemState.HIDDEN, 80)
    assert told.total == 60
    assert work_out(rules, {1: got("0.8"), 2: withheld}, now=NOW).total == 50


@pytest.mark.parametrize(
    ("share", "decimals", "down", "number", "word", "passed"),
    [
        ("0.695", 0, False, "70\u00a0%", "Distinction", True),
        ("0.695", 0, True, "69\u00a0%", "Pass", True),
        ("0.695", 1, False, "69.5\u00a0%", "Pass", True),
        ("0.499", 0, True, "49\u00a0%", "Fail", False),
        ("1", 0, False, "100\u00a0%", "Distinction", True),
        ("0", 0, False, "0\u00a0%", "Fail", False),
    ],
)
def test_bands_look_at_the_number_as_it_is_printed(share, decimals, down, number, word, passed):
    rules = plan(ESSAYS, scale=DISTINCTION, decimals=decimals, rounds_down=down)

    standing = work_out(rules, {3: got(share)}, now=NOW).standing

    assert (standing.number, standing.word, standing.passed) == (number, word, passed)


def test_a_scale_in_points_says_how_the_points_come_about():
    rules = plan(ESSAYS, scale=Scale(maximum=Decimal(30), pass_from=Decimal("0.6")))

    grade = work_out(rules, {3: got("0.771")}, now=NOW)

    assert grade.standing.number == "23"
    assert grade.passed
    assert lines(grade)[-1] == "Rounded to a whole number: 77.1 × 30 ÷ 100 ≈ 23"


def test_the_word_of_the_scale_is_explained():
    grade = work_out(plan(ESSAYS, scale=DISTINCTION), {3: got("0.72")}, now=NOW)

    assert "From 70 % on this is “Distinction”." in notes(grade)


def test_numbers_are_written_as_the_reader_writes_them():
    grade = work_out(plan(QUIZZES), {1: got("0.8"), 2: got("0.65")}, now=NOW)

    with override("fr"):
        assert "(80 + 65) ÷ 2 = 72,5" in str(steps(grade)[0])


def test_without_any_result_there_is_no_total_and_a_sentence():
    grade = work_out(plan(QUIZZES, scale=DISTINCTION), {}, now=NOW)

    assert grade.total is None
    assert grade.standing is None
    assert lines(grade)[-1] == "There is no total yet: nothing that counts has a result."


# --- whatever the scheme and the results ---

shares = st.decimals(0, 1, places=3)
weights = st.decimals(0, 100, places=2)
facts_of = st.one_of(
    shares.map(lambda score: Fact(derived=score)),
    st.just(Fact(entered=Entered("excused"))),
    st.just(Fact(entered=Entered("missing"))),
    st.just(Fact(is_waiting=True)),
    st.just(Fact()),
)


@st.composite
def books(draw):
    """A plan and the facts of one learner."""
    categories, facts, number = [], {}, 0
    for place in range(draw(st.integers(1, 4))):
        items = []
        for _one in range(draw(st.integers(0, 5))):
            number += 1
            items.append(
                item(
                    number,
                    weight=draw(
                        st.sampled_from([Decimal(1), Decimal(1), Decimal(2), Decimal("0.5"), Decimal(0)])
                    ),
                    extra_credit=draw(st.integers(0, 4)) == 0,
                    is_released=draw(st.booleans()),
                )
            )
            facts[number] = draw(facts_of)
        categories.append(category(place, *items, weight=draw(weights), drop_lowest=draw(st.integers(0, 2))))
    rules = plan(
        *categories,
        missing_is_zero=draw(st.booleans()),
        scale=draw(st.sampled_from([Scale(), DISTINCTION, Scale(maximum=Decimal(30))])),
        decimals=draw(st.integers(0, 2)),
    )
    return rules, facts


def by_hand(formula):
    """What a person with a pencil gets on the left of the (last) equals sign, to two decimals."""
    worked = formula.replace("×", "*").replace("÷", "/").replace("%", "/100")
    worked = re.sub(r"\d+(\.\d+)?", lambda number: f"Fraction('{number[0]}')", worked)
    value = eval(worked, {"Fraction": Fraction})
    return (Decimal(value.numerator) / Decimal(value.denominator)).quantize(Decimal("0.01"), ROUND_HALF_UP)


@quick
@given(books())
def test_the_explanation_recomputes_to_the_grade(book):
    rules, facts = book

    grade = work_out(rules, facts, now=NOW)

    with override("en"):
        said_steps = steps(grade)
    parts = []
    for step in said_steps:
        if step.label.endswith("average") and "=" in step.formula:
            left, right = step.formula.split(" = ")
            assert by_hand(left) == Decimal(right)
            average = Decimal(right)
        elif step.label.endswith("average"):
            average = Decimal(step.formula)
        elif step.label.endswith("part of the total"):
            left, right = step.formula.split(" = ")
            assert left.startswith(f"{average.normalize():f} ×") or Decimal(left.split(" ×")[0]) == average
            assert by_hand(left) == Decimal(right)
            parts.append(Decimal(right))
        elif step.label == "Total so far":
            terms, *_equals = step.formula.removesuffix(" %").split(" = ")
            assert [Decimal(term) for term in terms.split(" + ")] == parts
            assert grade.total == min(sum(parts), 100)
    assert (grade.total is None) == (not any(step.label == "Total so far" for step in said_steps))


@quick
@given(books())
def test_weights_that_do_not_add_up_to_a_hundred_are_shared_out_and_said(book):
    rules, facts = book

    grade = work_out(rules, facts, now=NOW)

    counting = [one for one in grade.categories if one.contribution is not None and not one.plan.is_bonus]
    if grade.total is not None:
        assert min(one.average for one in counting) - Decimal("0.05") <= grade.sum
        assert all(one.contribution <= one.average + Decimal("0.01") for one in counting)
        if grade.weights != 100:
            assert any("not to 100" in note for note in notes(grade))


@quick
@given(books(), st.integers(0, 3))
def test_dropping_the_lowest_never_lowers_the_grade(book, which):
    rules, facts = book
    place = which % len(rules.categories)
    one = rules.categories[place]
    more = replace(one, drop_lowest=one.drop_lowest + 1)
    generous = replace(rules, categories=(*rules.categories[:place], more, *rules.categories[place + 1 :]))

    before, after = work_out(rules, facts, now=NOW), work_out(generous, facts, now=NOW)

    assert (before.total is None) == (after.total is None)
    assert before.total is None or after.total >= before.total


@quick
@given(books(), st.data())
def test_what_is_excused_never_counts(book, data):
    rules, facts = book
    if not facts:
        return
    key = data.draw(st.sampled_from(sorted(facts)))
    without = replace(
        rules,
        categories=tuple(
            replace(one, items=tuple(each for each in one.items if each.key != key))
            for one in rules.categories
        ),
    )
    of_bonus = any(one.is_bonus and key in {each.key for each in one.items} for one in rules.categories)
    excused = {**facts, key: Fact(entered=Entered("excused"), derived=Decimal("0.9"))}

    grade = work_out(rules, excused, now=NOW)

    assert not grade.item(key).counts
    if not of_bonus and [one.is_bonus for one in without.categories] == [
        one.is_bonus for one in rules.categories
    ]:
        assert grade.total == work_out(without, facts, now=NOW).total


@quick
@given(books(), shares, st.data())
def test_extra_credit_never_lowers_the_grade(book, score, data):
    rules, facts = book
    keys = [each.key for one in rules.categories for each in one.items if each.extra_credit]
    if not keys:
        return
    key = data.draw(st.sampled_from(keys))

    without = work_out(rules, {**facts, key: Fact()}, now=NOW)
    earned = work_out(rules, {**facts, key: Fact(derived=score)}, now=NOW)

    assert (without.total is None) == (earned.total is None)
    assert without.total is None or earned.total >= without.total


@quick
@given(books(), st.randoms())
def test_the_order_of_categories_and_items_makes_no_difference(book, chance):
    rules, facts = book
    shuffled = []
    for one in rules.categories:
        items = list(one.items)
        chance.shuffle(items)
        shuffled.append(replace(one, items=tuple(items)))
    chance.shuffle(shuffled)

    other = work_out(replace(rules, categories=tuple(shuffled)), facts, now=NOW)

    assert other.total == work_out(rules, facts, now=NOW).total


@quick
@given(books(), shares, st.data())
def test_a_hidden_result_changes_nothing_that_the_learner_sees(book, score, data):
    rules, facts = book
    keys = [each.key for one in rules.categories for each in one.items if not each.is_released]
    if not keys:
        return
    key = data.draw(st.sampled_from(keys))

    before = work_out(rules, facts, now=NOW, released_only=True)
    after = work_out(rules, {**facts, key: Fact(derived=score)}, now=NOW, released_only=True)

    assert before == after
