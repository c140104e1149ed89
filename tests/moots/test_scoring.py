"""Judges score alone, save without overwriting, hand in; the bench writes reasons; results are released."""

from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from foundation.audit.models import Entry
from foundation.outbox.models import Message
from learning.models import Attempt, Completion
from moots import services
from moots.bench import scores_are_open, what_to_score
from moots.drawing import History, cost, draw, swapped
from moots.facts import standings_of, what_is_missing
from moots.models import MemberResult, ScoreCard, Side
from moots.refusals import MootRefused, NewerSave, Refusal
from tests.factories.accounts import make_person
from tests.factories.enrolments import make_edition, make_enrolment
from tests.factories.moots import (
    fresh,
    make_exchanged,
    make_hearing,
    make_moot,
    make_moot_activity,
    make_pairing,
    make_round,
    make_team,
    member_of,
    person_of,
    save,
    score,
    seat,
    side,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def pairing():
    return make_exchanged()


@pytest.fixture
def judge(pairing):
    return seat(pairing)


def test_a_save_from_an_older_state_never_overwrites_a_newer_one(pairing, judge):
    save(judge, side(pairing), c1="fair")

    with pytest.raises(NewerSave) as refused:
        save(judge, side(pairing), c1="weak", sequence=0)

    card = ScoreCard.objects.get()
    assert (card.choices, card.sequence) == ({"c1": "fair"}, 1)
    assert refused.value.saved == card


def test_the_same_save_sent_twice_is_kept_once(pairing, judge):
    first = save(judge, side(pairing), c1="fair", note="Clear.")
    again = save(judge, side(pairing), c1="fair", note="Clear.")

    assert (first.pk, again.sequence, ScoreCard.objects.count()) == (again.pk, 1, 1)


def test_levels_the_rubric_does_not_know_are_left_out(pairing, judge):
    card = save(judge, side(pairing), c1="splendid", c9="strong", c2="weak")

    assert card.choices == {"c2": "weak"}


def test_scores_are_handed_in_whole_and_then_stay(pairing, judge):
    save(judge, side(pairing), c1="strong")
    with pytest.raises(MootRefused, match=r"Still open: .*Prosecution.*, .*Defence"):
        services.hand_in_scores(judge)

    save(judge, side(pairing), c1="strong", c2="fair", sequence=1)
    save(judge, side(pairing, Side.DEFENCE), c1="fair", c2="fair")
    services.hand_in_scores(judge)
    services.hand_in_scores(judge)

    assert sorted(card.score for card in ScoreCard.objects.all()) == [Decimal("0.5"), Decimal("0.75")]
    with pytest.raises(MootRefused) as refused:
        save(judge, side(pairing), c1="weak", sequence=2)
    assert refused.value.refusal == Refusal.HANDED_IN


def test_memorials_are_not_scored_before_the_exchange():
    pairing = make_pairing(make_round(make_moot()))

    with pytest.raises(MootRefused) as refused:
        save(seat(pairing), side(pairing), c1="fair")

    assert refused.value.refusal == Refusal.NOT_EXCHANGED


def test_every_speaker_is_scored_by_every_judge():
    hearing = make_hearing()

    wanted = what_to_score(hearing)

    assert [(one.appearance.side, one.number) for one in wanted] == [
        (Side.PROSECUTION, 1),
        (Side.PROSECUTION, 2),
        (Side.DEFENCE, 1),
        (Side.DEFENCE, 2),
    ]


def test_scores_stay_blind_until_the_last_judge_hands_in(pairing, judge):
    other = seat(pairing)

    score(judge)
    assert not scores_are_open(pairing)
    score(other)

    assert scores_are_open(pairing)


def test_the_coordinator_may_open_scores_with_a_reason(pairing, judge):
    with pytest.raises(MootRefused):
        services.open_scores(pairing, by=make_person(), reason="")
    services.open_scores(pairing, by=make_person(), reason="A judge is ill.")

    assert scores_are_open(fresh(pairing))
    assert Entry.objects.get(action="moots.open_scores").reason == "A judge is ill."


def test_reopened_scores_begin_with_the_old_ones_which_are_kept(pairing, judge):
    score(judge, "fair")

    services.reopen_scores(judge, by=make_person(), reason="The wrong level was tapped.")

    standing = ScoreCard.objects.standing()
    assert {(card.score, tuple(card.choices.values())) for card in standing} == {(None, ("fair", "fair"))}
    assert ScoreCard.objects.exclude(replaced_at=None).count() == 2
    assert fresh(judge).handed_in_at is None
    assert Message.objects.filter(kind="moots.scores_reopened").count() == 1


def test_nobody_judges_a_court_they_take_part_in(pairing):
    with pytest.raises(MootRefused) as refused:
        seat(pairing, person_of(side(pairing).team))

    assert refused.value.refusal == Refusal.JUDGE_TAKES_PART


def test_a_judge_who_enrols_later_is_put_into_no_team(pairing, judge):
    moot = pairing.round.moot
    team, enrolment = make_team(moot), make_enrolment(moot.edition, judge.person)

    with pytest.raises(MootRefused, match="Relieve the judge first") as refused:
        services.join_team(team, [enrolment], by=make_person())
    services.relieve_judge(judge, by=make_person(), reason="Takes part now.")
    services.join_team(team, [enrolment], by=make_person())

    assert refused.value.refusal == Refusal.IS_JUDGE
    assert team.members.current().filter(enrolment=enrolment).exists()


def test_a_judge_who_has_scored_is_not_relieved_and_one_who_has_not_may_score_no_more(pairing, judge):
    other = seat(pairing)
    score(judge)

    with pytest.raises(MootRefused) as kept:
        services.relieve_judge(judge, by=make_person(), reason="A reason")
    services.relieve_judge(other, by=make_person(), reason="Fell ill.")
    with pytest.raises(MootRefused) as gone:
        save(other, side(pairing), c1="fair")

    assert (kept.value.refusal, gone.value.refusal) == (Refusal.HAS_SCORED, Refusal.NOT_SEATED)
    assert scores_are_open(pairing)


def test_reasons_are_written_once_scores_are_open_and_never_over_a_newer_text(pairing, judge):
    appearance = side(pairing)
    with pytest.raises(MootRefused) as blind:
        services.write_reasons(appearance, "Well argued.", number=0, seat=judge)
    score(judge)

    services.write_reasons(appearance, "Well argued.", number=0, seat=judge)
    with pytest.raises(NewerSave) as newer:
        services.write_reasons(appearance, "Poorly argued.", number=0, seat=judge)
    services.write_reasons(appearance, "Well argued, with sources.", number=1, seat=judge)

    assert blind.value.refusal == Refusal.STILL_BLIND
    assert newer.value.saved.text == "Well argued."
    assert appearance.reasons.count() == 2


@pytest.fixture
def finished():
    """A court with a written round and a hearing, all scored: the prosecution of the first won."""
    moot = make_moot(graded=True)
    written = make_exchanged(moot)
    first, second = side(written).team, side(written, Side.DEFENCE).team
    hearing = make_hearing(moot, prosecution=second, defence=first)
    score(seat(written), prosecution="strong", defence="fair")
    score(seat(hearing), prosecution="weak", defence="fair")
    return moot


def test_results_reach_every_member_by_an_attempt_and_a_letter(finished):
    services.release_results(finished, by=make_person())

    standings = standings_of(finished)
    assert [(team.rank, team.total) for team in standings.teams] == [(1, Decimal(75)), (2, Decimal(25))]
    attempts = Attempt.objects.filter(activity=finished.activity)
    assert sorted(attempt.score for attempt in attempts) == [
        *[Decimal("0.25")] * 2,
        *[Decimal("0.75")] * 2,
    ]
    assert all(attempt.finished_at for attempt in attempts)
    assert Completion.objects.filter(activity=finished.activity).count() == 4
    assert Message.objects.filter(kind="moots.released").count() == 4


def test_releasing_twice_tells_nothing_twice(finished):
    first = services.release_results(finished, by=make_person())

    assert services.release_results(finished, by=make_person()) == first
    assert (Attempt.objects.count(), Message.objects.filter(kind="moots.released").count()) == (4, 4)


def test_a_changed_result_needs_a_reason_and_what_was_told_stays_as_it_was(finished):
    first = services.release_results(finished, by=make_person())
    changed = finished.rounds.first().pairings.first().seats.get()
    services.reopen_scores(changed, by=make_person(), reason="The wrong level was tapped.")
    save(changed, side(changed.pairing, Side.DEFENCE), c1="strong", c2="strong", sequence=1)
    services.hand_in_scores(changed)

    with pytest.raises(MootRefused) as refused:
        services.release_results(finished, by=make_person())
    second = services.release_results(finished, by=make_person(), reason="A level was tapped wrongly.")

    assert refused.value.refusal == Refusal.RELEASED
    told = {release.number: set() for release in (first, second)}
    for number, points in MemberResult.objects.values_list("release__number", "score"):
        told[number].add(points)
    assert told == {1: {Decimal("0.75"), Decimal("0.25")}, 2: {Decimal("0.75"), Decimal("0.5")}}
    assert {team.total for team in standings_of(finished, at=first.released_at).teams} == {75, 25}
    assert {team.total for team in standings_of(finished, at=second.released_at).teams} == {75, 50}
    assert Attempt.objects.filter(activity=finished.activity).count() == 4
    assert Entry.objects.filter(action="learning.rescore_attempt").count() == 2


def test_what_is_added_after_a_release_changes_nothing_that_was_told(finished):
    released = services.release_results(finished, by=make_person())
    before = standings_of(finished, at=released.released_at)

    later = make_exchanged(finished)
    services.seat_judge(later, make_person(), by=make_person())
    changed = finished.rounds.first().pairings.first().seats.get()
    services.reopen_scores(changed, by=make_person(), reason="A level was tapped wrongly.")
    services.relieve_judge(changed, by=make_person(), reason="Fell ill.")

    assert standings_of(finished, at=released.released_at) == before
    assert standings_of(finished) != before


def test_nothing_is_released_while_something_is_missing(finished):
    hearing = finished.rounds.last().pairings.first()
    late = seat(hearing)

    with pytest.raises(MootRefused) as refused:
        services.release_results(finished, by=make_person())

    assert refused.value.refusal == Refusal.NOT_COMPLETE
    assert late.person.full_name in str(refused.value)
    assert what_is_missing(finished) == [f"{hearing}: scores of {late.person.full_name}"]


def test_results_of_an_activity_that_stands_nowhere_are_refused_with_the_way_forward(finished):
    finished.activity = make_moot_activity(finished.edition.course, placed=False)
    finished.save()

    with pytest.raises(MootRefused, match="stands in no published lesson"):
        services.release_results(finished, by=make_person())

    assert not finished.releases.exists()


def test_who_has_withdrawn_is_told_no_result(finished):
    team = finished.teams.first()
    gone = member_of(team).enrolment
    gone.withdrawn_at = gone.enrolled_at
    gone.save()

    services.release_results(finished, by=make_person())

    assert not Attempt.objects.filter(enrolment=gone).exists()
    assert Attempt.objects.count() == 3


def test_reading_standings_costs_the_same_for_two_teams_and_six(django_assert_num_queries):
    moot = make_moot()
    small = make_exchanged(moot)
    score(seat(small))

    with django_assert_num_queries(4):
        standings_of(moot)
    for _more in range(2):
        pairing = make_pairing(moot.rounds.get())
        score_later = seat(pairing)
        assert score_later
    with django_assert_num_queries(4):
        standings_of(moot)


# Teams and pairings


def test_somebody_is_in_one_team_of_a_court_and_of_its_edition(pairing):
    moot = pairing.round.moot
    team, other = moot.teams.all()

    with pytest.raises(MootRefused) as twice:
        services.join_team(other, [member_of(team).enrolment], by=make_person())
    with pytest.raises(MootRefused) as stranger:
        services.join_team(team, [make_enrolment(make_edition())], by=make_person())

    assert (twice.value.refusal, stranger.value.refusal) == (Refusal.IN_A_TEAM, Refusal.OTHER_EDITION)


def test_sides_are_swapped_from_round_to_round():
    moot = make_moot()
    first = make_pairing(make_round(moot))

    [second] = services.swap_pairings(make_round(moot), by=make_person())

    assert {one.side: one.team for one in second.appearances.all()} == {
        Side.PROSECUTION: side(first, Side.DEFENCE).team,
        Side.DEFENCE: side(first).team,
    }


def test_pairings_are_drawn_for_all_teams_or_refused_with_the_reason():
    moot = make_moot()
    for _team in range(3):
        make_team(moot)

    with pytest.raises(MootRefused, match="3 teams cannot be shared out"):
        services.draw_pairings(make_round(moot), [Side.PROSECUTION, Side.DEFENCE], by=make_person())
    [pairing] = services.draw_pairings(make_round(moot), Side.values, by=make_person())

    assert {one.team for one in pairing.appearances.all()} == set(moot.teams.all())


teams = st.lists(st.integers(), unique=True, min_size=2, max_size=12)


@given(teams, st.sampled_from([2, 3]), st.randoms(use_true_random=False))
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_draw_holds_every_team_once(teams, size, chance):
    sides = Side.values[:size]
    if len(teams) % size:
        with pytest.raises(ValueError):
            draw(teams, sides, History(), chance)
        return

    drawn = draw(teams, sides, History(), chance)

    assert sorted(team for pairing in drawn for team in pairing.values()) == sorted(teams)
    assert all(list(pairing) == sides for pairing in drawn)
    assert cost([swapped(pairing) for pairing in drawn], History()) == 0


def test_a_draw_keeps_away_from_old_opponents_and_old_sides():
    import random

    met = frozenset(map(frozenset, [("a", "b"), ("c", "d")]))
    sides = {("a", "prosecution"): 1, ("c", "prosecution"): 1, ("b", "defence"): 1, ("d", "defence"): 1}

    drawn = draw(["a", "b", "c", "d"], ["prosecution", "defence"], History(met, sides), random.Random(4))

    assert cost(drawn, History(met, sides)) == 0
    assert all({pairing["prosecution"], pairing["defence"]} not in met for pairing in drawn)


def test_a_judge_opens_neither_the_others_scores_nor_their_own_again(pairing, judge):
    with pytest.raises(MootRefused) as early:
        services.open_scores(pairing, by=judge.person, reason="I am curious.")
    score(judge, "fair")
    with pytest.raises(MootRefused) as again:
        services.reopen_scores(judge, by=judge.person, reason="I saw the others.")

    assert early.value.refusal == again.value.refusal == Refusal.OWN_SCORES
