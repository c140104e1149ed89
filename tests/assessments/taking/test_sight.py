"""What may be seen of an attempt: never more than the quiz allows, whenever it is looked at."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.models import Reviewable, ReviewMoment, default_review
from assessments.models.sight import RIGHT_AFTER, Situation, moment_of, sight_of

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
around = st.one_of(st.none(), st.integers(-100, 100).map(lambda hours: NOW + timedelta(hours=hours)))
things = st.lists(st.sampled_from(Reviewable.values), unique=True)
rules = st.fixed_dictionaries(
    {
        "review": st.dictionaries(st.sampled_from(ReviewMoment.values), things),
        "right_when_spent": st.booleans(),
    }
)
situations = st.builds(Situation, around, around, around, st.booleans(), st.booleans())
EVERY = {"review": {moment: list(Reviewable.values) for moment in ReviewMoment.values}}


@given(rules, situations)
def test_nothing_is_seen_that_the_rules_of_the_moment_do_not_name(rules, situation):
    sight = sight_of(rules, situation, NOW)
    named = (rules["review"] or default_review()).get(moment_of(situation, NOW), [])

    for thing in ("answers", "marks", "feedback"):
        assert not getattr(sight, thing) or thing in named
    spent = rules["right_when_spent"] and situation.is_spent
    assert not sight.right or (("right" in named or spent) and "answers" in named)


@given(rules, situations)
def test_nothing_is_seen_before_the_hand_in_or_the_review_date(rules, situation):
    too_early = situation.review_at and situation.review_at > NOW

    if situation.finished_at is None or too_early:
        assert not sight_of(rules, situation, NOW).anything


@given(rules, situations)
def test_right_answers_are_never_seen_while_an_attempt_is_open(rules, situation):
    if situation.another_is_open:
        assert not sight_of(rules, situation, NOW).right


@given(situations)
def test_what_everything_is_allowed_of_is_seen_whole_once_the_time_has_come(situation):
    early = situation.finished_at is None or (situation.review_at and situation.review_at > NOW)
    sight = sight_of(EVERY, situation, NOW)

    assert sight.marks is not bool(early)
    assert sight.right is not bool(early or situation.another_is_open)


@pytest.mark.parametrize(
    ("minutes_ago", "closes_in", "moment"),
    [(1, None, "after"), (60, None, "later"), (60, 10, "later"), (1, -10, "closed"), (60, -10, "closed")],
)
def test_the_moment_is_told_by_the_hand_in_and_the_closing(minutes_ago, closes_in, moment):
    closes_at = None if closes_in is None else NOW + timedelta(minutes=closes_in)

    assert moment_of(Situation(NOW - timedelta(minutes=minutes_ago), closes_at=closes_at), NOW) == moment
    assert timedelta(minutes=1) < RIGHT_AFTER < timedelta(minutes=60)


# The same on the pages.

ONLY_LATER = {"after": [], "later": [], "closed": ["answers", "marks", "feedback", "right"]}


@pytest.mark.django_db
def test_before_anything_may_be_seen_there_is_only_the_receipt(take):
    taking = take(review=ONLY_LATER, right_when_spent=False, attempts_allowed=1)
    taking.post("stay", **{f"item-{item.pk}": "a" for item in taking.items})

    page = taking.hand_in()

    assert page.redirect_chain[-1][0] == taking.url("receipt")
    for secret in ("100\xa0%", "Passed", "Feedback on", "Freeze it", "option--right"):
        assert secret not in page.text
    quiz = taking.client.get(taking.url("quiz", taking.quiz.pk)).text
    lesson = taking.quiz.placements.get().lesson
    code = taking.enrolment.edition.code
    for text in (
        quiz,
        taking.client.get(f"/en/learn/{code}/{lesson.pk}/").text,
        taking.client.get(f"/en/learn/{code}/").text,
    ):
        assert "100\xa0%" not in text


@pytest.mark.django_db
def test_a_failed_grade_that_is_held_back_is_in_no_list_of_what_is_left(take):
    taking = take(review=ONLY_LATER, right_when_spent=False)
    taking.post("stay", **{f"item-{taking.items[0].pk}": "a"})
    taking.hand_in()
    code = taking.enrolment.edition.code

    for address in (f"/en/learn/{code}/", "/en/learn/", taking.url("quiz", taking.quiz.pk)):
        assert "25\xa0%" not in taking.client.get(address).text


@pytest.mark.django_db
def test_after_the_quiz_has_closed_the_result_is_there(take):
    taking = take(review=ONLY_LATER, attempts_allowed=1)
    taking.post("stay", **{f"item-{item.pk}": "a" for item in taking.items})
    taking.hand_in()
    taking.enrolment.edition.schedules.create(
        activity=taking.quiz, closes_at=datetime(2020, 1, 1, tzinfo=UTC)
    )

    page = taking.page(name="result")

    assert "100\xa0%" in page.text
    assert "General feedback" in page.text


@pytest.mark.django_db
def test_the_review_date_is_named_on_the_receipt(take):
    taking = take(schedule={"review_at": datetime(2099, 5, 4, 10, tzinfo=UTC)})

    page = taking.hand_in()

    assert "The result can be seen from" in page.text
    assert "4\xa0May\xa02099" in page.text
    assert "Only your receipt until" in taking.client.get(taking.url("quiz", taking.quiz.pk)).text


@pytest.mark.django_db
def test_marks_without_answers_show_the_score_alone(take):
    taking = take(review={"after": ["marks"], "later": ["marks"]}, right_when_spent=True, attempts_allowed=1)
    taking.post("stay", **{f"item-{taking.items[0].pk}": "a"})

    page = taking.hand_in()

    assert "25\xa0%" in page.text
    assert "Freeze it" not in page.text


@pytest.mark.django_db
def test_answers_without_marks_judge_nothing(take):
    only = {"after": ["answers"], "later": ["answers"]}
    taking = take(review=only, right_when_spent=False)
    taking.post("stay", **{f"item-{item.pk}": "b" for item in taking.items})

    page = taking.hand_in()

    assert "Your answer" in page.text
    for judgement in ("correct", "Not passed", "0\xa0%", "option--wrong", "Feedback on"):
        assert judgement not in page.text


@pytest.mark.django_db
def test_what_was_shown_in_error_can_be_hidden_again(take):
    taking = take(attempts_allowed=1)
    taking.post("stay", **{f"item-{item.pk}": "a" for item in taking.items})
    assert "General feedback" in taking.hand_in().text

    taking.quiz.review, taking.quiz.right_when_spent = ONLY_LATER, False
    taking.quiz.save()

    assert taking.page(name="result").url == taking.url("receipt")
