"""What is remembered of playing, and what it comes to: saved, scored, tried again."""

import json
from datetime import timedelta
from decimal import Decimal
from itertools import permutations
from uuid import uuid4

import pytest
from django.utils import timezone

from enrolments.services import withdraw
from h5p.core.completing import outcome
from h5p.core.xapi import read_reports
from learning.interactive.playing import preloaded
from learning.interactive.refusals import ReportRefusal, ReportRefused
from learning.interactive.results import result_of
from learning.interactive.services import results, states
from learning.interactive.services.again import try_again
from learning.interactive.services.beginning import begin_next
from learning.interactive.services.results import record_result, record_statements
from learning.interactive.services.states import load_state, save_state
from learning.models import Attempt, H5PAttempt, H5PState, H5PStatement
from tests.factories.courses import make_course
from tests.factories.enrolments import make_edition, make_enrolment
from tests.factories.interactive import add_version, make_content, make_interactive, make_played
from tests.h5p.statements import CONSUME, PART, choice, statement, tree

pytestmark = pytest.mark.django_db


@pytest.fixture
def course():
    return make_course()


@pytest.fixture
def enrolment(course):
    return make_enrolment(make_edition(course))


@pytest.fixture
def activity(course):
    return make_interactive(course)


@pytest.fixture
def played(enrolment, activity):
    return make_played(enrolment, activity)


def report(played, *sent):
    """Report statements about the activity, as its player would."""
    iri = played.attempt.activity.specific.iri
    text = json.dumps({"statements": list(sent)}).replace("https://example.org/h5p/activities/5f0c", iri)
    return record_statements(played, read_reports(text.encode(), iri))


def points(raw, maximum, seconds=None):
    return outcome(Decimal(raw), Decimal(maximum), seconds)


def refused(doing):
    with pytest.raises(ReportRefused) as refusal:
        doing()
    return refusal.value.reason


def test_a_state_is_found_again_by_its_kind_and_part(played):
    save_state(played, '{"at":1}', preload=True)
    save_state(played, '{"part":2}', sub_content_id=PART, preload=True)
    save_state(played, "kept apart", data_type="answers")

    assert load_state(played, "state", "0") == '{"at":1}'
    assert load_state(played, "state", "1") is None
    assert preloaded(played) == {"0": {"state": '{"at":1}'}, PART: {"state": '{"part":2}'}}


def test_saving_again_replaces_and_zero_removes(played):
    for data in ("first", "second", "second"):
        save_state(played, data)
    assert load_state(played, "state", "0") == "second"

    save_state(played, "0")
    save_state(played, "0")

    assert not H5PState.objects.exists()


def test_a_state_after_the_result_belongs_to_the_same_attempt(played):
    record_result(played, points(1, 1))

    save_state(played, "solutions shown")

    assert load_state(played, "state", "0") == "solutions shown"
    assert Attempt.objects.count() == 1


@pytest.mark.parametrize(
    ("kept", "reason"),
    [
        ({"data": "x" * (states.LONGEST_STATE + 1)}, ReportRefusal.TOO_LARGE),
        ({"data": "a\0b"}, ReportRefusal.BAD_DATA),
        ({"data": "x", "data_type": "../state"}, ReportRefusal.BAD_PART),
        ({"data": "x", "data_type": ""}, ReportRefusal.BAD_PART),
        ({"data": "x", "sub_content_id": "x" * 37}, ReportRefusal.BAD_PART),
        ({"data": "x", "sub_content_id": "' or 1=1"}, ReportRefusal.BAD_PART),
    ],
)
def test_a_state_that_no_player_sends_is_refused(played, kept, reason):
    assert refused(lambda: save_state(played, **kept)) == reason
    assert not H5PState.objects.exists()


def test_one_attempt_keeps_so_many_states_and_no_more(played, monkeypatch):
    monkeypatch.setattr(states, "MOST_STATES", 2)
    for part in ("a", "b"):
        save_state(played, "x", sub_content_id=part)

    assert refused(lambda: save_state(played, "x", sub_content_id="c")) == ReportRefusal.TOO_MUCH
    save_state(played, "newer", sub_content_id="b")

    monkeypatch.setattr(states, "MOST_IN_ALL", 10)
    assert refused(lambda: save_state(played, "x" * 10, sub_content_id="b")) == ReportRefusal.TOO_MUCH


def test_nothing_is_taken_from_whoever_has_withdrawn(played, enrolment):
    withdraw(enrolment, by=enrolment.person, reason="")

    for doing in (
        lambda: save_state(played, "x"),
        lambda: record_result(played, points(1, 1)),
        lambda: report(played, tree(raw=1, maximum=1)),
        lambda: try_again(played, uuid4()),
    ):
        assert refused(doing) == ReportRefusal.OVER
    assert not H5PState.objects.exists()
    assert not H5PStatement.objects.exists()


def test_a_result_ends_the_attempt_and_completes_the_activity(played, enrolment, activity):
    Attempt.objects.update(started_at=timezone.now() - timedelta(minutes=5))
    played = H5PAttempt.objects.get()

    record_result(played, points(3, 4, 90))

    kept = H5PAttempt.objects.select_related("attempt").get()
    assert (kept.raw, kept.maximum, kept.seconds) == (3, 4, 90)
    assert kept.attempt.score == Decimal("0.75")
    assert enrolment.completions.filter(activity=activity).exists()


def test_the_first_score_stands_whatever_comes_later(played):
    record_result(played, points(1, 4))
    record_result(played, points(4, 4))
    report(played, tree(raw=4, maximum=4), tree(raw=1, maximum=1))

    kept = H5PAttempt.objects.select_related("attempt").get()
    assert (kept.raw, kept.maximum, kept.attempt.score) == (1, 4, Decimal("0.25"))
    assert H5PStatement.objects.count() == 2


@pytest.mark.parametrize("order", permutations(range(4)))
def test_in_whatever_order_things_arrive_and_however_often_the_first_score_stands(played, order):
    arrivals = [
        (None, lambda: report(played, statement("mastered"))),
        (Decimal("0.25"), lambda: record_result(played, points(1, 4))),
        (Decimal("0.75"), lambda: report(played, tree(choice(), raw=3, maximum=4))),
        (None, lambda: report(played, choice(), statement("progressed"))),
    ]

    for place in (*order, *order):
        arrivals[place][1]()

    scores = [arrivals[place][0] for place in order if arrivals[place][0] is not None]
    assert Attempt.objects.get().score == scores[0]
    assert H5PStatement.objects.count() == 4


def test_an_end_without_a_score_may_be_followed_by_the_score(played):
    report(played, statement("mastered"))
    assert Attempt.objects.get().finished_at and Attempt.objects.get().score is None

    report(played, statement("answered", raw=1, maximum=2))
    report(played, statement("answered", raw=2, maximum=2))

    assert Attempt.objects.get().score == Decimal("0.5")


def test_a_score_after_the_word_passes_what_needs_a_pass(course, enrolment):
    activity = make_interactive(course, completion_rule="passed", pass_mark=Decimal("0.5"))
    played = make_played(enrolment, activity)

    report(played, statement("mastered"))
    assert not enrolment.completions.exists()

    report(played, statement("answered", raw=1, maximum=2))
    assert enrolment.completions.filter(activity=activity).exists()


@pytest.mark.parametrize(
    ("raw", "maximum", "score"),
    [(9, 4, "1"), (-3, 4, "0"), (1, 3, "0.333"), (2.5, 5, "0.5"), (2, 3, "0.667")],
)
def test_points_are_clamped_and_shared_to_a_thousandth(played, raw, maximum, score):
    report(played, tree(raw=raw, maximum=maximum))

    assert Attempt.objects.get().score == Decimal(score)


@pytest.mark.parametrize(("mark", "passed"), [("0.751", False), ("0.75", True)])
def test_the_server_decides_about_passing_and_not_the_browser(course, enrolment, mark, passed):
    activity = make_interactive(course, completion_rule="passed", pass_mark=Decimal(mark))

    report(make_played(enrolment, activity), tree(raw=3, maximum=4))  # it says "success": true

    assert enrolment.completions.filter(activity=activity).exists() is passed


@pytest.mark.parametrize(
    "sent",
    [
        choice(),
        statement("attempted"),
        statement("progressed"),
        statement("completed", part=PART, raw=4, maximum=4),
        statement("answered", iri="https://example.org/h5p/activities/5f0c?subContentId=1", raw=4, maximum=4),
    ],
)
def test_what_is_said_of_a_part_or_on_the_way_is_kept_and_ends_nothing(played, sent):
    report(played, sent)

    assert Attempt.objects.get().finished_at is None
    assert H5PStatement.objects.count() == 1


def test_a_type_that_reports_without_a_score_is_done_by_its_word(course, enrolment):
    activity = make_interactive(course, library="JusticeKit.Accordion 1.0")
    played = make_played(enrolment, activity)

    report(played, statement(CONSUME))

    assert enrolment.completions.filter(activity=activity).exists()
    assert Attempt.objects.get().score is None


def test_what_the_learner_marks_is_not_done_by_a_report(course, enrolment):
    activity = make_interactive(course, completion_rule="marked")

    report(make_played(enrolment, activity), tree(raw=1, maximum=1))

    assert not enrolment.completions.exists()
    assert Attempt.objects.get().score == 1


def test_every_statement_is_kept_once_and_as_it_was_sent(played):
    first, second = choice(), choice(response="1", raw=0)

    report(played, first, second, first)
    report(played, second, tree(first, raw=1, maximum=1))

    kept = list(H5PStatement.objects.all())
    assert [row.raw.get("actor", {}).get("name") for row in kept] == ["Somebody else", "Somebody else", None]
    assert kept[0].sub_content_id == PART
    assert {"statement", "tree"} == set(kept[2].raw)


def test_statements_are_bounded_and_results_are_recorded_all_the_same(played, monkeypatch):
    monkeypatch.setattr(results, "MOST_STATEMENTS", 3)
    monkeypatch.setattr(results, "SPARE_STATEMENTS", 1)
    report(played, *[choice(response=str(number)) for number in range(5)])
    assert H5PStatement.objects.count() == 3

    report(played, tree(raw=1, maximum=2), tree(raw=2, maximum=2))

    assert H5PStatement.objects.count() == 4
    assert Attempt.objects.get().score == Decimal("0.5")


def test_statements_are_bounded_in_bytes(played, monkeypatch):
    monkeypatch.setattr(results, "MOST_BYTES", 3000)

    report(played, *[choice(response=str(number)) for number in range(9)])

    assert 0 < H5PStatement.objects.count() < 4


def test_the_time_it_took_cannot_be_longer_than_it_was_open(played):
    record_result(played, points(1, 1, 10**6))

    assert H5PAttempt.objects.get().seconds < 60


def test_trying_again_begins_the_next_attempt_once(played):
    record_result(played, points(1, 4))
    asked_as = uuid4()

    second, third = try_again(played, asked_as), try_again(played, asked_as)
    other_tab = try_again(played, uuid4())

    assert second == third == other_tab
    assert Attempt.objects.count() == 2
    record_result(second, points(4, 4))
    assert list(Attempt.objects.values_list("score", flat=True)) == [Decimal("0.25"), Decimal(1)]
    assert try_again(played, asked_as) == second


def test_without_a_result_there_is_nothing_to_try_again(played):
    assert try_again(played, uuid4()) == played
    assert Attempt.objects.count() == 1


def test_a_frame_with_an_earlier_version_begins_no_attempt_at_a_newer_one(played, activity):
    record_result(played, points(1, 4))
    add_version(activity.words.get().content)

    assert refused(lambda: try_again(played, uuid4())) == ReportRefusal.OVER
    assert Attempt.objects.count() == 1


def test_a_frame_with_an_earlier_version_is_not_given_an_attempt_that_moved_on(played, enrolment, activity):
    record_result(played, points(1, 4))
    asked_as = uuid4()
    try_again(played, asked_as)
    add_version(activity.words.get().content)
    begin_next(enrolment, activity, language="en")

    assert refused(lambda: try_again(played, asked_as)) == ReportRefusal.OVER


def test_the_name_of_somebody_elses_go_is_refused(played, course, activity):
    other = make_played(make_enrolment(make_edition(course)), activity)
    for one in (played, other):
        record_result(one, points(1, 1))
    asked_as = uuid4()
    try_again(other, asked_as)

    assert refused(lambda: try_again(played, asked_as)) == ReportRefusal.BAD_DATA


def test_coming_back_goes_on_with_the_attempt_under_way(played, enrolment, activity):
    assert begin_next(enrolment, activity, language="en") == played

    record_result(played, points(1, 1))

    assert begin_next(enrolment, activity, language="en") != played


def test_changed_content_resets_an_attempt_under_way_with_a_clear_word(played, enrolment, activity):
    save_state(played, '{"at":1}', preload=True, invalidate=True)
    save_state(played, '"large"', data_type="font-size")
    newer = add_version(activity.words.get().content)

    again = begin_next(enrolment, activity, language="en")

    assert (again, again.version) == (played, newer)
    assert load_state(again, "state", "0") == "RESET"
    assert load_state(again, "font-size", "0") == '"large"'
    assert refused(lambda: save_state(played, "of the old content")) == ReportRefusal.OVER


def test_whoever_saved_after_a_change_is_not_told_of_it_again(played, enrolment, activity):
    save_state(played, '{"at":1}', preload=True, invalidate=True)
    save_state(played, '{"part":2}', sub_content_id=PART, preload=True, invalidate=True)
    save_state(played, "large", data_type="font-size")
    add_version(activity.words.get().content)
    again = begin_next(enrolment, activity, language="en")

    save_state(again, '{"at":0}', preload=True, invalidate=True)

    assert preloaded(again) == {"0": {"state": '{"at":0}'}}
    assert load_state(again, "font-size", "0") == "large"


def test_changed_content_leaves_a_result_with_what_was_played(played, enrolment, activity):
    record_result(played, points(1, 1))
    add_version(activity.words.get().content)

    again = begin_next(enrolment, activity, language="en")

    assert again != played
    assert H5PAttempt.objects.get(pk=played.pk).version == played.version
    assert again.version.number == 2


def test_a_language_is_played_in_its_own_content(course, enrolment, activity):
    french = make_content("Sceller les pièces")
    activity.words.create(language="fr", content=french)

    assert begin_next(enrolment, activity, language="fr").version.content == french


def test_an_attempt_that_moves_to_content_of_another_language_is_in_that_language(
    played, enrolment, activity
):
    activity.words.create(language="fr", content=make_content("Sceller les pièces"))

    moved = begin_next(enrolment, activity, language="fr")

    assert moved == played
    assert moved.attempt.language == "fr"
    assert Attempt.objects.get().language == "fr"


def test_an_end_without_a_score_is_not_said_to_be_enough_where_a_pass_is_needed(course, enrolment):
    strict = make_played(
        enrolment, make_interactive(course, completion_rule="passed", pass_mark=Decimal("0.5"))
    )
    easy = make_played(enrolment, make_interactive(course))

    lines = [result_of(report(one, statement("mastered"))).line for one in (strict, easy)]

    assert lines == ["Not passed yet", "Result saved: you are through."]


def test_results_and_states_cost_so_many_queries_and_no_more(played, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        save_state(played, "x")
    with django_assert_max_num_queries(8):
        save_state(played, "y")
    with django_assert_max_num_queries(30):
        report(played, *[choice(response=str(number)) for number in range(40)], tree(raw=3, maximum=4))
