"""The result by the published rules: pure, explained line by line, recomputed here in another way."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from moots.models import BenchRule, RoundKind, TieRule
from moots.standings import Plea, Rules, Speaker, work_out

share = st.integers(0, 1000).map(lambda thousandths: Decimal(thousandths) / 1000)
scores = st.lists(share, min_size=1, max_size=5).map(tuple)
TEAMS = [(number, f"Team {number}") for number in range(1, 5)]


def memorial(team, *given_scores, weight=1, name="Memorials", **fields):
    scored = tuple(Decimal(one) for one in given_scores)
    return Plea(team, name, name, RoundKind.WRITTEN, Decimal(weight), scores=scored, **fields)


def pleading(team, *speakers, weight=1, kind=RoundKind.ORAL, name="Hearing"):
    people = tuple(
        Speaker((team, number), f"Speaker {number} of {team}", tuple(Decimal(one) for one in given_scores))
        for number, given_scores in enumerate(speakers, start=1)
    )
    return Plea(team, name, name, kind, Decimal(weight), speakers=people)


@st.composite
def courts(draw):
    rules = Rules(
        written_weight=draw(share),
        bench_rule=draw(st.sampled_from(BenchRule.values)),
        tie_rule=draw(st.sampled_from(TieRule.values)),
        final_decides=draw(st.booleans()),
        speaker_weight=draw(share),
    )
    pleas = []
    for team, _name in TEAMS:
        pleas.append(memorial(team, *draw(scores), weight=draw(st.integers(0, 3))))
        for hearing in ("One", "Two"):
            people = draw(st.lists(scores, min_size=1, max_size=3))
            pleas.append(pleading(team, *people, name=hearing, weight=draw(st.integers(0, 3))))
    if draw(st.booleans()):
        pleas += [pleading(team, draw(scores), kind=RoundKind.FINAL, name="Final") for team in (1, 2)]
    return rules, pleas


@given(courts(), st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_the_order_in_which_facts_are_read_changes_nothing(court, chance):
    rules, pleas = court
    shuffled = list(pleas)
    chance.shuffle(shuffled)

    assert {team.key: (team.rank, team.total) for team in work_out(rules, TEAMS, pleas).teams} == {
        team.key: (team.rank, team.total) for team in work_out(rules, TEAMS[::-1], shuffled).teams
    }


@given(courts())
@settings(max_examples=60, deadline=None)
def test_every_line_is_what_its_formula_says_and_every_total_is_a_percentage(court):
    rules, pleas = court

    standings = work_out(rules, TEAMS, pleas)

    for standing in (*standings.teams, *standings.speakers):
        assert 0 <= standing.total <= 100
        for line in standing.lines:
            if line.formula:
                assert line.value == worked_by_hand(line.formula), line


def worked_by_hand(formula):
    """The formula as a pupil would work it out, with no code of ours."""
    allowed = formula.replace("×", "*").replace("÷", "/")
    import re

    exact = eval(re.sub(r"(\d+(?:\.\d+)?)", r'Fraction("\1")', allowed), {"Fraction": Fraction})
    return (Decimal(exact.numerator) / exact.denominator).quantize(Decimal("0.01"), ROUND_HALF_UP)


@given(courts())
@settings(max_examples=60, deadline=None)
def test_ranks_begin_at_one_and_no_team_stands_behind_a_worse_one(court):
    rules, pleas = court

    teams = work_out(rules, TEAMS, pleas).teams

    assert teams[0].rank == 1
    assert [team.rank for team in teams] == sorted(team.rank for team in teams)
    for above, below in pairwise(teams):
        if above.final == below.final or not rules.final_decides:
            assert above.total >= below.total


@given(courts(), st.integers(0, 3), share)
@settings(max_examples=60, deadline=None)
def test_a_better_score_never_takes_anything_from_a_team(court, place, better):
    rules, pleas = court
    plea = next(one for one in pleas if one.team == 1 and one.is_written)
    place = place % len(plea.scores)
    raised = tuple(max(one, better) if number == place else one for number, one in enumerate(plea.scores))
    changed = [Plea(**{**vars(one), "scores": raised}) if one is plea else one for one in pleas]

    before, after = work_out(rules, TEAMS, pleas), work_out(rules, TEAMS, changed)

    assert after.team(1).total >= before.team(1).total
    assert after.team(1).rank <= before.team(1).rank


def test_written_and_oral_are_mixed_by_their_weights():
    rules = Rules(written_weight=Decimal("0.4"))

    [team] = work_out(
        rules, TEAMS[:1], [memorial(1, "0.8", "0.7"), pleading(1, ["0.9"], ["0.5", "0.6"])]
    ).teams

    assert (team.written, team.oral, team.total) == (Decimal(75), Decimal("72.50"), Decimal("73.50"))
    assert team.lines[-1].formula == "75.00 × 0.4 + 72.50 × 0.6"
    assert team.score == Decimal("0.735")


def test_where_only_one_part_is_held_it_counts_alone():
    [team] = work_out(Rules(), TEAMS[:1], [memorial(1, "0.8")]).teams

    assert team.total == 80


@pytest.mark.parametrize(
    ("judges", "value"),
    [(["0.2", "0.8"], "50"), (["0.2", "0.7", "1"], "70"), (["0", "0.6", "0.8", "1"], "70")],
)
def test_the_trimmed_mean_leaves_out_the_highest_and_lowest_of_three_or_more(judges, value):
    [team] = work_out(Rules(bench_rule=BenchRule.TRIMMED), TEAMS[:1], [memorial(1, *judges)]).teams

    assert team.total == Decimal(value)


def test_a_memorial_that_was_not_handed_in_counts_nothing_and_says_so():
    [team] = work_out(Rules(), TEAMS[:1], [memorial(1, is_missing=True)]).teams

    assert team.total == 0
    assert team.lines[0].label == "Memorials: no memorial was handed in"


def test_while_a_score_is_missing_there_is_no_total():
    standings = work_out(Rules(), TEAMS[:2], [memorial(1, "0.8"), memorial(2)])

    assert (standings.team(2).total, standings.is_complete) == (None, False)
    assert standings.team(1).rank == 1


def test_the_final_decides_between_its_teams_and_puts_them_first():
    pleas = [memorial(1, "0.6"), memorial(2, "0.7"), memorial(3, "0.9")]
    pleas += [pleading(1, ["0.9"], kind=RoundKind.FINAL), pleading(2, ["0.8"], kind=RoundKind.FINAL)]

    decided = work_out(Rules(), TEAMS[:3], pleas)
    counted = work_out(Rules(final_decides=False), TEAMS[:2], pleas)

    assert [team.key for team in decided.teams] == [1, 2, 3]
    assert decided.team(1).total == 60
    assert counted.team(1).total == 75


@pytest.mark.parametrize(
    ("rule", "ranks"),
    [(TieRule.ORAL, {1: 2, 2: 1}), (TieRule.WRITTEN, {1: 1, 2: 2}), (TieRule.SHARED, {1: 1, 2: 1})],
)
def test_equal_totals_are_parted_by_the_rule_or_shared(rule, ranks):
    pleas = [memorial(1, "0.8"), pleading(1, ["0.6"]), memorial(2, "0.6"), pleading(2, ["0.8"])]

    teams = work_out(Rules(tie_rule=rule), TEAMS[:2], pleas).teams

    assert {team.key: team.rank for team in teams} == ranks


def test_a_member_takes_home_the_teams_result_mixed_with_their_own_pleading():
    rules = Rules(speaker_weight=Decimal("0.5"))
    standings = work_out(rules, TEAMS[:1], [memorial(1, "0.8"), pleading(1, ["1"], ["0.6"])])

    assert standings.member_score(1, (1, 1)) == Decimal("0.900")
    assert standings.member_score(1, (1, 2)) == Decimal("0.700")
    assert standings.member_score(1, "who wrote and did not plead") == Decimal("0.800")


def test_speakers_are_ranked_over_all_teams():
    pleas = [pleading(1, ["0.7", "0.9"], ["0.6"]), pleading(2, ["0.8"], ["0.9"])]

    speakers = work_out(Rules(), TEAMS[:2], pleas).speakers

    assert [(one.key, one.rank, one.total) for one in speakers] == [
        ((2, 2), 1, Decimal(90)),
        ((1, 1), 2, Decimal(80)),
        ((2, 1), 2, Decimal(80)),
        ((1, 2), 4, Decimal(60)),
    ]
