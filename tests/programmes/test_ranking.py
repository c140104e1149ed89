"""The arithmetic of a ranking: checked with a pencil, and with whatever hypothesis thinks of."""

from collections import Counter
from decimal import Decimal
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from programmes.selection.ranking import (
    Measure,
    Rule,
    Scored,
    Sheet,
    Trait,
    Workload,
    balance,
    rank,
    share_out,
    total_of,
)

RULE = Rule(assessors=2, wide_spread=Decimal("0.25"))
MEASURES = (Measure(1, Decimal(10), Decimal(60)), Measure(2, Decimal(5), Decimal(40)))

points = st.fixed_dictionaries(
    {
        1: st.decimals(min_value=0, max_value=10, places=2),
        2: st.decimals(min_value=0, max_value=5, places=2),
    }
)
applications = st.lists(st.lists(points, max_size=4), max_size=12).map(
    lambda found: [
        Scored(pk, tuple(Sheet(assessor, given) for assessor, given in enumerate(sheets)))
        for pk, sheets in enumerate(found)
    ]
)


def test_a_total_weighs_each_criterion_by_its_share_of_points():
    sheet = Sheet(7, {1: Decimal("7.5"), 2: Decimal(4)})

    # 60 × 7.5/10 + 40 × 4/5 = 45 + 32 of 100
    assert total_of(sheet, MEASURES).share == Decimal("0.770")


def test_mean_spread_and_flag_are_those_of_the_totals_as_printed():
    high, low = Sheet(1, {1: Decimal(9), 2: Decimal(5)}), Sheet(2, {1: Decimal(6), 2: Decimal(3)})

    (standing,) = rank([Scored(1, (high, low))], MEASURES, RULE)

    assert [total.share for total in standing.totals] == [Decimal("0.940"), Decimal("0.600")]
    assert (standing.mean, standing.spread, standing.is_wide) == (Decimal("0.770"), Decimal("0.340"), True)
    assert (standing.rank, standing.missing, standing.is_provisional) == (1, 0, False)


def test_equal_means_share_a_rank_and_the_next_one_counts_them():
    sheets = [Decimal(8), Decimal(8), Decimal(4)]
    scored = [Scored(pk, (Sheet(1, {1: earned, 2: Decimal(5)}),)) for pk, earned in enumerate(sheets)]

    assert [standing.rank for standing in rank(scored, MEASURES, RULE)] == [1, 1, 3]


@given(applications)
def test_every_application_is_ranked_once_between_0_and_1_and_those_without_sheets_come_last(scored):
    standings = rank(scored, MEASURES, RULE)

    assert sorted(one.application for one in standings) == [one.application for one in scored]
    means = [one.mean for one in standings]
    known = [mean for mean in means if mean is not None]
    assert means == known + [None] * (len(means) - len(known))
    assert known == sorted(known, reverse=True)
    assert all(0 <= mean <= 1 for mean in known)
    for one in standings:
        shares = [total.share for total in one.totals]
        assert (one.rank is None) == (not shares)
        assert one.mean is None or min(shares) <= one.mean <= max(shares)
        assert one.spread == (max(shares) - min(shares) if len(shares) > 1 else None)


@given(applications, st.randoms())
def test_the_order_in_which_applications_come_changes_no_rank(scored, chance):
    shuffled = list(scored)
    chance.shuffle(shuffled)

    def ranks(found):
        return {one.application: (one.rank, one.mean) for one in rank(found, MEASURES, RULE)}

    assert ranks(scored) == ranks(shuffled)


@given(st.lists(st.tuples(st.sampled_from("ABC"), st.sampled_from(["admit", "waiting"])), max_size=30))
def test_a_balance_counts_everybody_once(people):
    lines = balance([Trait(outcome, {"region": group}) for group, outcome in people], "region")

    assert sum(line.applied for line in lines) == len(people)
    assert Counter(outcome for _group, outcome in people)["admit"] == sum(
        line.count("admit") for line in lines
    )
    assert [line.applied for line in lines] == sorted((line.applied for line in lines), reverse=True)


@given(
    st.integers(0, 30),
    st.integers(0, 8),
    st.integers(1, 4),
    st.sets(st.tuples(st.integers(0, 29), st.integers(100, 107)), max_size=40),
    st.integers(),
)
def test_sharing_out_respects_every_bar_and_says_what_falls_short(count, people, wanted, barred, seed):
    assessors = [100 + number for number in range(people)]
    shuffled = Random(seed).sample(assessors, len(assessors))
    work = Workload(range(count), assessors, wanted, frozenset(barred))

    share = share_out(work, shuffled)

    assert len(set(share.pairs)) == len(share.pairs)
    assert not set(share.pairs) & barred
    given_to = Counter(application for application, _assessor in share.pairs)
    for application in range(count):
        possible = sum((application, one) not in barred for one in assessors)
        assert given_to[application] == min(wanted, possible)
        assert (application in share.short) == (possible < wanted)


@given(st.integers(1, 60), st.integers(2, 8), st.integers(1, 2), st.integers())
def test_without_bars_nobody_has_more_than_one_application_above_another(count, people, wanted, seed):
    assessors = list(range(people))
    shuffled = Random(seed).sample(assessors, people)

    share = share_out(Workload(range(count), assessors, wanted), shuffled)

    load = Counter(dict.fromkeys(assessors, 0))
    load.update(assessor for _application, assessor in share.pairs)
    assert max(load.values()) - min(load.values()) <= 1


def test_whoever_assesses_already_keeps_it_and_is_not_given_it_twice():
    work = Workload([1], [10, 11, 12], 2, standing=frozenset({(1, 10)}))

    share = share_out(work, [10, 11, 12])

    assert len(share.pairs) == 1
    assert share.pairs[0][1] != 10
