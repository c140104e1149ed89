"""Taking a quiz through the services: beginning, answering, handing in."""

import datetime
from decimal import Decimal

import pytest
from django.utils import timezone

from assessments.models import QuestionKind
from assessments.refusals import QuizRefusal, QuizRefused
from assessments.services import AnswerSave, attempt_refusal, begin_quiz, hand_in, save_answer, save_answers
from assessments.standing import quiz_standing
from courses.models import CompletionRule
from enrolments.models import ActivitySchedule
from learning.services import LearningRefused
from tests.factories.assessments import make_bank, make_question, make_quiz
from tests.factories.enrolments import make_edition, make_enrolment

pytestmark = pytest.mark.django_db


def begin(enrolment, quiz):
    return begin_quiz(enrolment, quiz, language="en").attempt


def take(enrolment, quiz, *responses):
    """One whole attempt; the responses in the order of the questions."""
    attempt = begin(enrolment, quiz)
    for item, response in zip(attempt.quiz_attempt.items.all(), responses, strict=False):
        save_answer(attempt, item, response, language="en")
    return hand_in(attempt)


def test_right_answers_pass_the_quiz_and_complete_the_course(enrolment, quiz):
    attempt = take(enrolment, quiz, ["a"], ["a"])

    assert attempt.score == 1
    assert enrolment.completions.filter(activity=quiz).exists()
    assert enrolment.course_completion


def test_wrong_answers_complete_nothing(enrolment, quiz):
    attempt = take(enrolment, quiz, ["a"], ["b"])

    assert attempt.score == Decimal("0.5")
    assert not enrolment.completions.exists()


def test_a_quiz_done_when_handed_in_needs_no_pass():
    quiz = make_quiz(completion_rule=CompletionRule.FINISHED)
    enrolment = make_enrolment(make_edition(quiz.course))

    take(enrolment, quiz, ["b"], ["b"])

    assert enrolment.completions.filter(activity=quiz).exists()


def test_an_answer_records_the_language_the_question_was_shown_in(enrolment, quiz):
    attempt = begin(enrolment, quiz)

    answer = save_answer(attempt, attempt.quiz_attempt.items.first(), ["a"], language="ar")

    assert answer.language == "en"


def test_an_unanswered_question_counts_as_wrong(enrolment, quiz):
    assert take(enrolment, quiz, ["a"]).score == Decimal("0.5")


def test_points_weigh_the_questions():
    course = make_quiz(placed=False).course
    bank = make_bank(course)
    quiz = make_quiz(course, questions=[make_question(bank), make_question(bank)])
    quiz.items.update(points=1)
    quiz.items.filter(sort_order=0).update(points=3)
    from assessments.publishing import freeze_quiz

    freeze_quiz(quiz)
    enrolment = make_enrolment(make_edition(course))

    assert take(enrolment, quiz, ["a"], ["b"]).score == Decimal("0.75")


def test_several_right_options_earn_their_share():
    course = make_quiz(placed=False).course
    question = make_question(make_bank(course), QuestionKind.MULTIPLE, right=("a", "b"), keys="abcd")
    quiz = make_quiz(course, questions=[question])
    enrolment = make_enrolment(make_edition(course))

    assert take(enrolment, quiz, ["a"]).score == Decimal("0.5")
    assert take(enrolment, quiz, ["a", "b", "c"]).score == Decimal("0.5")
    assert take(enrolment, quiz, ["a", "b"]).score == 1


def test_beginning_twice_goes_on_with_the_same_attempt(enrolment, quiz):
    assert begin(enrolment, quiz) == begin(enrolment, quiz)


def test_the_last_answer_given_counts_and_its_number_grows():
    quiz = make_quiz(languages=("en", "fr"))
    enrolment = make_enrolment(make_edition(quiz.course))
    attempt = begin(enrolment, quiz)
    item = attempt.quiz_attempt.items.first()

    first = save_answer(attempt, item, ["b"], language="en")
    second = save_answer(attempt, item, ["a"], language="fr")

    stored = attempt.quiz_attempt.answers.get()
    assert stored.response == ["a"]
    assert stored.language == "fr"
    assert (first.sequence, second.sequence) == (1, 2)


def test_an_answer_can_be_taken_back(enrolment, quiz):
    attempt = begin(enrolment, quiz)
    item = attempt.quiz_attempt.items.first()
    save_answer(attempt, item, ["b"], language="en")

    save_answer(attempt, item, [], language="en")

    assert attempt.quiz_attempt.answers.get().response == []


def test_answers_are_saved_all_or_none(enrolment, quiz):
    attempt = begin(enrolment, quiz)
    items = list(attempt.quiz_attempt.items.all())

    save_answers(attempt, {item.pk: AnswerSave(["a"]) for item in items}, language="en")

    assert attempt.quiz_attempt.answers.count() == 2


def test_after_handing_in_nothing_changes_any_more(enrolment, quiz):
    attempt = take(enrolment, quiz, ["a"], ["b"])

    with pytest.raises(QuizRefused) as refused:
        save_answer(attempt, attempt.quiz_attempt.items.last(), ["a"], language="en")

    assert refused.value.refusal == QuizRefusal.HANDED_IN
    assert hand_in(attempt).score == Decimal("0.5")


def test_handing_in_twice_is_one_hand_in(enrolment, quiz):
    attempt = begin(enrolment, quiz)
    first = hand_in(attempt)

    second = hand_in(attempt)

    assert first.finished_at == second.finished_at


def test_attempts_end_when_all_are_used(enrolment, quiz):
    take(enrolment, quiz, ["b"])
    take(enrolment, quiz, ["b"])

    assert attempt_refusal(enrolment, quiz) == QuizRefusal.NO_ATTEMPTS_LEFT
    with pytest.raises(QuizRefused):
        begin(enrolment, quiz)


def test_without_a_limit_attempts_go_on():
    quiz = make_quiz(attempts_allowed=0)
    enrolment = make_enrolment(make_edition(quiz.course))
    for _time in range(5):
        take(enrolment, quiz, ["b"])

    assert attempt_refusal(enrolment, quiz) is None
    assert quiz_standing(enrolment, quiz).attempts_left is None


@pytest.mark.parametrize(
    ("dates", "refusal"),
    [
        ({"opens_at": 1}, QuizRefusal.NOT_OPEN),
        ({"closes_at": -1}, QuizRefusal.CLOSED),
        ({"opens_at": -1, "closes_at": 1}, None),
    ],
)
def test_the_dates_of_the_edition_open_and_close_a_quiz(enrolment, quiz, dates, refusal):
    moments = {name: timezone.now() + datetime.timedelta(hours=hours) for name, hours in dates.items()}
    ActivitySchedule.objects.create(edition=enrolment.edition, activity=quiz, **moments)

    assert attempt_refusal(enrolment, quiz) == refusal


def test_a_quiz_never_published_cannot_be_begun():
    quiz = make_quiz(published=False)
    enrolment = make_enrolment(make_edition(quiz.course))

    assert attempt_refusal(enrolment, quiz) == QuizRefusal.NOT_PUBLISHED


def test_who_has_withdrawn_cannot_begin(enrolment, quiz):
    enrolment.withdrawn_at = timezone.now()
    enrolment.save()

    with pytest.raises(LearningRefused):
        begin(enrolment, quiz)


def test_an_open_attempt_keeps_the_version_it_was_begun_with(enrolment, quiz):
    from assessments.publishing import freeze_quiz

    attempt = begin(enrolment, quiz)
    question = quiz.items.first().question
    question.options = [{"key": "a", "correct": False}, {"key": "b", "correct": True}]
    question.save()
    freeze_quiz(quiz)

    for item in attempt.quiz_attempt.items.all():
        save_answer(attempt, item, ["a"], language="en")

    assert quiz.versions.count() == 2
    assert hand_in(attempt).score == 1


def test_raising_the_pass_mark_fails_nobody_who_had_cleared_it(enrolment, quiz):
    quiz.pass_mark = Decimal("0.5")
    quiz.save()
    take(enrolment, quiz, ["a"], ["b"])

    quiz.pass_mark = Decimal("0.9")
    quiz.save()

    assert quiz_standing(enrolment, quiz).is_passed


def test_right_answers_wait_while_another_attempt_is_open(enrolment, quiz):
    first = take(enrolment, quiz, ["b"])
    begin(enrolment, quiz)

    assert quiz_standing(enrolment, quiz).attempts_left == 0
    assert not quiz_standing(enrolment, quiz).sight(first).right


def test_right_answers_are_shown_when_no_attempt_is_left(enrolment, quiz):
    take(enrolment, quiz, ["b"])
    last = take(enrolment, quiz, ["b"])

    assert quiz_standing(enrolment, quiz).sight(last).right


def test_an_answer_saved_again_is_the_row_it_was_and_long_names_of_saves_are_known_again(enrolment, quiz):
    attempt = begin(enrolment, quiz)
    item = attempt.quiz_attempt.items.first()
    key = "k" * 60

    first = save_answers(attempt, {item.pk: AnswerSave(["a"], key="first")}, language="en").saved[0]
    second = save_answers(attempt, {item.pk: AnswerSave(["b"], key=key)}, language="en").saved[0]
    again = save_answers(attempt, {item.pk: AnswerSave(["b"], key=key)}, language="en").saved[0]

    assert first.pk == second.pk == again.pk is not None
    assert again.sequence == second.sequence == 2
