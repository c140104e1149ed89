"""Item statistics: known examples, bounds, and what must not matter."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.analysis import (
    Finding,
    Flag,
    ItemStats,
    OptionCount,
    Reply,
    Row,
    correlation,
    findings,
    item_stats,
    option_counts,
    reliability,
    rows_by_item,
    times,
    upper_lower,
)

shares = st.floats(0, 1).map(lambda value: round(value, 3))


@st.composite
def papers(draw, least=1):
    """Papers that ask the same few questions."""
    points = draw(st.lists(st.floats(0.5, 5), min_size=2, max_size=5))
    how_many = draw(st.integers(least, 25))
    return [
        [
            Reply(number, draw(shares), worth, draw(st.sampled_from("ea")))
            for number, worth in enumerate(points)
        ]
        for _paper in range(how_many)
    ]


def paper(*scores):
    return [Reply(number, score) for number, score in enumerate(scores)]


def stats(**fields):
    return ItemStats(
        **{
            "n": 40,
            "facility": 0.6,
            "spread": 0.4,
            "unanswered": 0,
            "discrimination": 0.4,
            "upper_lower": 0.5,
            "times": None,
            "rest": 0.6,
        }
        | fields
    )


def flags(*arguments, **fields):
    return [finding.flag for finding in findings(stats(**fields), *arguments)]


@given(papers())
def test_every_figure_keeps_its_bounds(sat):
    for rows in rows_by_item(sat).values():
        found = item_stats(rows)
        assert 0 <= found.facility <= 1
        assert 0 <= found.spread <= 0.5 + 1e-9
        assert found.discrimination is None or -1 <= found.discrimination <= 1
        assert all(row.rest is None or -1e-9 <= row.rest <= 1 + 1e-9 for row in rows)


@given(papers(least=3), st.randoms())
def test_the_order_of_papers_and_of_questions_is_irrelevant(sat, random):
    shuffled = [random.sample(one, len(one)) for one in random.sample(sat, len(sat))]
    first, second = rows_by_item(sat), rows_by_item(shuffled)
    for item, rows in first.items():
        before, after = item_stats(rows), item_stats(second[item])
        assert before.facility == pytest.approx(after.facility)
        assert (before.discrimination is None) == (after.discrimination is None)
        if before.discrimination is not None:
            assert before.discrimination == pytest.approx(after.discrimination, abs=1e-6)


@given(papers(least=10))
def test_alpha_never_exceeds_one_and_points_of_another_size_change_nothing(sat):
    whole = reliability(sat)
    if whole is None:
        return
    tenfold = [[Reply(reply.item, reply.score, reply.points * 10) for reply in one] for one in sat]
    assert whole.alpha <= 1 + 1e-9
    assert reliability(tenfold).alpha == pytest.approx(whole.alpha, abs=1e-6)
    assert reliability(tenfold).error == pytest.approx(whole.error, abs=1e-6)


@given(st.lists(st.tuples(shares, shares), min_size=30, max_size=60), st.randoms())
def test_upper_less_lower_keeps_its_bounds_and_minds_no_order(pairs, random):
    found = upper_lower(pairs)

    assert -1 <= found <= 1
    assert upper_lower(random.sample(pairs, len(pairs))) == pytest.approx(found)


def test_alpha_of_a_known_example():
    """Two questions that always agree have an alpha of 1; two that never do have less than 0."""
    agree = [paper(*pair) for pair in [(1, 1), (0, 0)] * 6]
    differ = [paper(*pair) for pair in [(1, 0), (0, 1), (1, 1), (0, 0)] * 3]

    assert reliability(agree).alpha == pytest.approx(1)
    assert reliability(agree).error == pytest.approx(0)
    assert reliability(differ).alpha == pytest.approx(0)


def test_alpha_by_hand():
    """Three questions vary by 0.3, 0.3 and 0.2, the totals by 1.7: 3/2 × (1 - 0.8/1.7) = 27/34."""
    five = [(1, 1, 1), (1, 1, 0), (1, 0, 0), (0, 0, 0), (0, 0, 0)]

    assert reliability([paper(*scores) for scores in five] * 2).alpha == pytest.approx(27 / 34)


def test_the_rest_of_a_paper_leaves_the_question_itself_out():
    (row,) = rows_by_item([[Reply("a", 1, 2), Reply("b", 0.5, 1), Reply("c", 0, 3)]])["a"]

    assert row.rest == pytest.approx(0.125)


def test_discrimination_of_a_known_example():
    assert correlation([1, 2, 3, 4, 5], [2, 4, 5, 4, 5]) == pytest.approx(0.7746, abs=1e-4)
    assert correlation([1, 1, 1], [0, 1, 0]) is None


def test_the_best_and_the_worst_27_percent_of_a_known_example():
    thirty = [(1.0, 1 - number / 30) for number in range(8)] + [
        (0.0, 0.5 - number / 60) for number in range(22)
    ]

    assert upper_lower(thirty) == pytest.approx(1)


def test_times_that_were_not_measured_are_left_out():
    found = times([0, 10, 20, 30, 40, 0])

    assert (found.n, found.first, found.median, found.third) == (4, 17.5, 25, 32.5)
    assert times([0, 0]) is None


def test_options_are_counted_in_the_better_and_the_worse_half():
    rows = [
        Row(Reply("q", 0, chosen=(key,)), rest)
        for key, rest in zip("aabb", (0.9, 0.8, 0.2, 0.1), strict=True)
    ]

    assert option_counts(rows, [("a", True), ("b", False), ("c", False)]) == (
        OptionCount("a", True, 2, 2, 0),
        OptionCount("b", False, 2, 0, 2),
        OptionCount("c", False, 0, 0, 0),
    )


def test_small_numbers_are_never_flagged():
    options = [OptionCount("a", True, 0, 0, 0), OptionCount("b", False, 9, 9, 0)]

    assert flags(options, n=9, facility=0, discrimination=-1) == []


@pytest.mark.parametrize(
    ("fields", "flag"),
    [
        ({"facility": 0.97}, Flag.EASY),
        ({"facility": 0.15}, Flag.HARD),
        ({"discrimination": -0.2}, Flag.NEGATIVE),
        ({"discrimination": 0.05}, Flag.WEAK),
        ({"unanswered": 0.25}, Flag.SKIPPED),
    ],
)
def test_each_figure_has_its_flag(fields, flag):
    assert flags(**fields) == [flag]
    assert flags() == []


def test_a_wrong_option_that_the_better_half_prefers_puts_the_key_in_doubt():
    options = [OptionCount("a", True, 12, 4, 8), OptionCount("b", False, 20, 15, 5)]

    assert findings(stats(), options) == (Finding(Flag.KEY, option="b", figure=15),)


def test_an_option_nobody_chose_is_named_once_there_are_many():
    options = [OptionCount("a", True, 30, 20, 10), OptionCount("b", False, 0, 0, 0)]

    assert flags(options, n=40) == [Flag.UNUSED]
    assert flags(options, n=20) == []


def test_a_language_is_flagged_when_it_is_harder_beyond_its_readers_and_beyond_chance():
    english, arabic = stats(facility=0.8, n=40), stats(facility=0.5, n=40)

    assert findings(stats(), (), {"en": english, "ar": arabic}) == (
        Finding(Flag.LANGUAGE, language="ar", other="en", figure=pytest.approx(0.3)),
    )
    weaker_readers = stats(facility=0.5, n=40, rest=0.35)
    assert flags((), {"en": english, "ar": weaker_readers}) == []
    assert flags((), {"en": english, "ar": stats(facility=0.5, n=9)}) == []
    assert flags((), {"en": stats(facility=0.8, n=10), "ar": stats(facility=0.55, n=10, spread=0.5)}) == []


def test_nothing_varies_and_nothing_is_made_up():
    rows = rows_by_item([paper(1, 1)] * 12)[0]
    found = item_stats(rows)

    assert (found.facility, found.discrimination) == (1, None)
    assert reliability([paper(1, 1)] * 12) is None
    assert math.isclose(found.spread, 0)
