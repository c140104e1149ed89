"""The analysis of a quiz as trainers read it."""

import random

import pytest

from assessments.item_analysis import analysis_of
from assessments.models import Answer, RegradeAction
from assessments.regrades import Choice, regrade_preview
from assessments.services import MarkGiven, apply_regrade, begin_regrade, mark_item
from assessments.wrong_answers import Wrong, commonest_wrong
from tests.factories.accounts import make_staff
from tests.factories.assessments import correct_key, make_essay, make_question, make_quiz, take_quiz
from tests.factories.enrolments import make_edition, make_enrolment

pytestmark = pytest.mark.django_db


@pytest.fixture
def quiz(db):
    return make_quiz(questions=[make_question(languages=("en", "ar")) for _number in range(4)])


@pytest.fixture
def edition(quiz):
    return make_edition(quiz.course)


def take(edition, quiz, *answers, **options):
    return take_quiz(make_enrolment(edition), quiz, *answers, **options)


def sat(quiz, edition, how_many=12):
    """Half of the learners know everything but the first question, half nothing."""
    for number in range(how_many):
        good = number % 2
        take(edition, quiz, ["b"] if good else ["a"], *([["a"]] * 3 if good else [["c"]] * 3))


def test_a_wrong_key_is_found_and_said(quiz, edition):
    sat(quiz, edition)

    first, second, *_others = analysis_of(quiz, [edition]).items

    assert first.stats.discrimination == pytest.approx(-1)
    assert first.sentences[0].startswith("Those who do well overall choose B, which is marked wrong")
    assert second.sentences == []
    assert [option.count.upper for option in first.options] == [0, 6, 0]


def test_a_few_answers_are_shown_and_not_judged(quiz, edition):
    sat(quiz, edition, 8)

    found = analysis_of(quiz, [edition])

    assert found.papers == 8
    assert all(item.stats.is_small and not item.flags for item in found.items)
    assert found.reliability is None


def test_a_translation_that_makes_a_question_harder_is_said(quiz, edition):
    for number in range(40):
        arabic = number % 2
        first = ["b"] if arabic and number % 4 == 1 else ["a"]
        rest = [["a"] if (number + place) % 3 else ["b"] for place in range(3)]
        take(edition, quiz, first, *rest, language="ar" if arabic else "en")

    first, *_others = analysis_of(quiz, [edition]).items

    assert (
        "Harder in Arabic than in English by 50 points of a hundred: look at the translation."
        in first.sentences
    )
    assert [(one.code, one.stats.n) for one in first.languages] == [("ar", 20), ("en", 20)]


def test_it_can_be_narrowed_down_to_one_language(quiz, edition):
    take(edition, quiz, ["a"], language="en")
    take(edition, quiz, ["b"], language="ar")

    (only,) = [
        item for item in analysis_of(quiz, [edition], language="ar").items if item.stats.unanswered == 0
    ]

    assert (only.stats.n, only.stats.facility) == (1, 0)


def test_repeated_attempts_are_left_out_unless_asked_for(edition):
    quiz = make_quiz(edition.course, questions=2)
    enrolment = make_enrolment(edition)
    take_quiz(enrolment, quiz, ["b"], ["b"])
    take_quiz(enrolment, quiz, ["a"], ["a"])

    assert analysis_of(quiz, [edition]).papers == 1
    assert analysis_of(quiz, [edition], first_only=False).papers == 2


def test_versions_of_a_question_are_told_apart_and_stand_together(quiz, edition):
    from assessments.publishing import freeze_quiz

    take(edition, quiz, ["a"], ["a"], ["a"], ["a"])
    correct_key(quiz.items.first().question, "b")
    freeze_quiz(quiz)
    take(edition, quiz, ["a"], ["a"], ["a"], ["a"])

    items = analysis_of(quiz, [edition]).items

    assert [(item.number, item.version.number, item.stats.facility) for item in items] == [
        (1, 1, 1),
        (1, 2, 0),
        (2, 1, 1),
        (3, 1, 1),
        (4, 1, 1),
    ]


def test_a_regrade_and_marks_count_as_they_do_for_the_learner(edition):
    question, essay = make_question(), make_essay()
    quiz = make_quiz(edition.course, questions=[question, essay])
    attempt = take(edition, quiz, ["b"], {"text": "Essay"})
    assert len(analysis_of(quiz, [edition]).items) == 1
    staff = make_staff()
    mark_item(attempt.quiz_attempt.items.last(), MarkGiven(0.5), marker=staff, seen=None)
    choices = {question.pk: Choice(question.pk, RegradeAction.NEWEST, correct_key(question, "b").pk)}
    seen = regrade_preview(quiz, [edition], choices).fingerprint

    apply_regrade(begin_regrade(quiz, [edition], choices, by=staff, reason="Wrong key", seen=seen))

    assert [item.stats.facility for item in analysis_of(quiz, [edition]).items] == [1, 0.5]


def test_it_asks_no_more_for_twelve_papers_than_for_two(quiz, edition, django_assert_num_queries):
    sat(quiz, edition, 2)
    with django_assert_num_queries(5):
        analysis_of(quiz, [edition])
    sat(quiz, edition, 10)

    with django_assert_num_queries(5):
        assert analysis_of(quiz, [edition]).papers == 12


def test_times_are_those_the_answers_carry(quiz, edition):
    for seconds in (10, 20, 30):
        attempt = take(edition, quiz, ["a"])
        Answer.objects.filter(quiz_attempt=attempt.pk).update(seconds=seconds)

    first, *_others = analysis_of(quiz, [edition]).items

    assert (first.stats.times.n, first.stats.times.median) == (3, 20)


def words(**texts):
    return {"en": {"stem": "<p>?</p>", "options": {key: {"text": text} for key, text in texts.items()}}}


def test_wrong_answers_are_counted_by_part_and_spelling_apart_from_case():
    texts = words(a="habeas corpus", x="Court", y="Police", t="Rome", u="Turin")
    short = {"kind": "short_answer", "options": [{"key": "a", "weight": "1"}], "settings": {}, "texts": texts}
    pairs = {
        "kind": "matching",
        "options": [{"key": "x", "match": "t"}, {"key": "y", "match": "u"}],
        "settings": {"targets": ["t", "u"]},
        "texts": texts,
    }
    gap = {
        "key": "1",
        "mode": "chosen",
        "points": "1",
        "choices": [{"key": "t", "weight": "1"}, {"key": "u", "weight": "0"}],
    }
    gaps = {"kind": "gaps", "options": [gap], "settings": {}, "texts": texts}
    typed = [{"text": "Mandamus"}, {"text": "mandamus"}, {"text": "habeas corpus"}, {}]
    random.Random(1).shuffle(typed)

    assert [(one.given.casefold(), one.count) for one in commonest_wrong(short, texts["en"], typed)] == [
        ("mandamus", 2)
    ]
    assert commonest_wrong(pairs, texts["en"], [{"x": "u", "y": "u"}]) == (Wrong("Court", "Turin", 1),)
    assert commonest_wrong(gaps, texts["en"], [{"1": "u"}, {"1": "t"}]) == (Wrong("[[1]]", "Turin", 1),)
