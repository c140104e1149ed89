"""What a response is worth, for every question there could be."""

from decimal import Decimal
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.kinds.choice import right_keys
from assessments.models import GradingMethod, Quiz
from assessments.scoring import clean_response, score, total

# A quiz that is not saved still asks which content type it has.
pytestmark = pytest.mark.django_db

KEYS = "abcdefgh"


@st.composite
def questions(draw, kinds=("single", "multiple", "true_false")):
    """Any question: some options, some of them right (exactly one where only one may be chosen)."""
    kind = draw(st.sampled_from(kinds))
    keys = list(KEYS[: draw(st.integers(2, len(KEYS)))])
    right = (
        draw(st.sets(st.sampled_from(keys), min_size=1))
        if kind == "multiple"
        else {draw(st.sampled_from(keys))}
    )
    return {"kind": kind, "options": [{"key": key, "correct": key in right} for key in keys]}


responses = st.lists(st.sampled_from(KEYS), unique=True)
marks = st.decimals(min_value=0, max_value=1, places=3)
points = st.decimals(min_value=0, max_value=100, places=2)


@given(questions(), responses)
def test_a_score_is_never_below_0_and_never_above_1(content, response):
    assert 0 <= score(content, clean_response(content, response)) <= 1


@given(questions())
def test_all_right_and_nothing_else_is_worth_1(content):
    assert score(content, right_keys(content)) == 1


@given(questions())
def test_no_answer_is_worth_nothing(content):
    assert score(content, []) == 0


@given(questions(), responses, st.randoms())
def test_the_order_of_options_and_of_choices_is_irrelevant(content, response, random):
    chosen = clean_response(content, response)
    shuffled = {**content, "options": random.sample(content["options"], len(content["options"]))}

    assert score(shuffled, random.sample(chosen, len(chosen))) == score(content, chosen)


@given(questions(kinds=("multiple",)), responses)
def test_a_wrong_choice_more_never_raises_the_score(content, response):
    chosen = clean_response(content, response)
    wrong = [option["key"] for option in content["options"] if not option["correct"]]

    assert score(content, {*chosen, *wrong}) <= score(content, chosen)


@given(questions(kinds=("multiple",)), responses)
def test_a_right_choice_more_never_lowers_the_score(content, response):
    chosen = clean_response(content, response)

    assert score(content, {*chosen, *right_keys(content)}) >= score(content, chosen)


@given(questions(kinds=("single", "true_false")), responses)
def test_where_one_answer_counts_a_second_choice_is_not_kept(content, response):
    assert len(clean_response(content, response)) <= 1


@given(questions(), st.lists(st.text()))
def test_what_is_no_option_is_not_kept(content, response):
    assert set(clean_response(content, response)) <= {option["key"] for option in content["options"]}


@given(st.lists(st.tuples(marks, points)))
def test_a_quiz_is_worth_between_0_and_1(scores_and_points):
    assert 0 <= total(scores_and_points) <= 1


@given(st.lists(points.filter(bool), min_size=1))
def test_a_quiz_with_every_question_right_is_worth_1(worth):
    assert total([(Decimal(1), one) for one in worth]) == 1


@given(st.lists(st.tuples(marks, points)), st.randoms())
def test_the_order_of_questions_is_irrelevant(scores_and_points, random):
    assert total(random.sample(scores_and_points, len(scores_and_points))) == total(scores_and_points)


def test_a_quiz_just_below_the_mark_is_not_rounded_up_to_it():
    assert total([(Decimal("0.6996"), Decimal(1))]) == Decimal("0.699")


def attempts(*scores, mark="0.7"):
    return [
        SimpleNamespace(score=Decimal(s), pass_mark=Decimal(mark), passed=Decimal(s) >= Decimal(mark))
        for s in scores
    ]


@pytest.mark.parametrize(
    ("method", "grade", "passed"),
    [
        (GradingMethod.BEST, "0.8", True),
        (GradingMethod.LAST, "0.6", False),
        (GradingMethod.FIRST, "0.4", False),
        (GradingMethod.MEAN, "0.6", False),
    ],
)
def test_the_grading_method_decides_which_attempt_counts(method, grade, passed):
    quiz = Quiz(grading_method=method)
    taken = attempts("0.4", "0.8", "0.6")

    assert quiz.grade(taken) == Decimal(grade)
    assert quiz.is_passed_by(taken) is passed


@given(st.sampled_from(GradingMethod.values), st.lists(marks, min_size=1))
def test_a_grade_lies_between_the_worst_and_the_best_attempt(method, scores):
    taken = [SimpleNamespace(score=one, pass_mark=Decimal("0.7"), passed=False) for one in scores]

    assert min(scores) <= Quiz(grading_method=method).grade(taken) <= max(scores)


@pytest.mark.parametrize("method", GradingMethod.values)
def test_without_attempts_there_is_no_grade_and_no_pass(method):
    quiz = Quiz(grading_method=method)

    assert quiz.grade([]) is None
    assert quiz.is_passed_by([]) is False


def test_a_grade_of_nothing_right_is_still_a_decimal_number():
    taken = attempts("0")
    assert isinstance(Quiz(grading_method=GradingMethod.BEST).grade(taken), Decimal)
