"""Questions and quizzes, live and frozen unless asked otherwise."""

from decimal import Decimal
from itertools import count

from assessments.models import Question, QuestionBank, QuestionKind, QuestionText, Quiz, QuizItem
from assessments.publishing import freeze_question, freeze_quiz
from assessments.services import begin_quiz, hand_in, save_answer
from courses.models import CompletionRule
from tests.factories.courses import make_course, place

_numbers = count(1)

WORDS = {"a": "Freeze it", "b": "Ask first", "c": "Wait", "d": "Leave it"}


def make_bank(course=None, **fields):
    """A bank, a course's own or shared; a course's own is made once."""
    if course:
        return QuestionBank.objects.get_or_create(
            course=course, defaults={"name": f"{course.title} {course.pk}"}
        )[0]
    return QuestionBank.objects.create(**{"name": f"Bank {next(_numbers)}"} | fields)


def make_question(
    bank=None, kind=QuestionKind.SINGLE, *, right=("a",), keys="abc", languages=("en",), **fields
):
    """A live question with options a, b, c of which `right` are right, worded in each language."""
    number = next(_numbers)
    if kind == QuestionKind.TRUE_FALSE:
        keys, right = ("true", "false"), right if set(right) & {"true", "false"} else ("true",)
    options = [{"key": key, "correct": key in right} for key in keys]
    question = Question.objects.create(
        bank=bank or make_bank(), kind=kind, **{"name": f"Question {number}", "options": options} | fields
    )
    for language in languages:
        make_wording(question, language)
    return question


def make_wording(question, language="en", **fields):
    """The words of a question in a language; they name the language, so that a test can tell them apart."""
    defaults = {
        "stem": f"<p>What comes first? [{language} {question.pk}]</p>",
        "feedback": f"<p>General feedback [{language}]</p>",
        "options": {
            option["key"]: {
                "text": f"{WORDS.get(option['key'], option['key'])} [{language}]",
                "feedback": f"Feedback on {option['key']} [{language}]",
            }
            for option in question.options
        },
    }
    return QuestionText.objects.create(question=question, language=language, **defaults | fields)


def make_quiz(
    course=None, *, questions=2, placed=True, lesson=None, published=True, languages=("en",), **fields
):
    """A quiz on a course, passed with 70 %, with that many single-choice questions (or the questions given).

    Placed in `lesson` or in a new one unless `placed=False`; `published=False` leaves it a draft without a version.
    """
    course = course or make_course()
    defaults = {
        "title": f"Quiz {next(_numbers)}",
        "pass_mark": Decimal("0.7"),
        "completion_rule": CompletionRule.PASSED,
        "live": published,
    }
    quiz = Quiz.objects.create(course=course, **defaults | fields)
    bank = make_bank(course)
    if isinstance(questions, int):
        questions = [make_question(bank, languages=languages) for _question in range(questions)]
    for order, question in enumerate(questions):
        QuizItem.objects.create(quiz=quiz, question=question, sort_order=order)
    if published:
        freeze_quiz(quiz)
    if placed:
        place(quiz, lesson)
    return quiz


def make_essay(bank=None, **fields):
    """A question that a person marks."""
    return make_question(bank, QuestionKind.ESSAY, keys="", **{"settings": {"text": "required"}} | fields)


def take_quiz(enrolment, quiz, *answers, language="en"):
    """A quiz taken from beginning to end through the services; `answers` in the order of its questions (None: none)."""
    attempt = begin_quiz(enrolment, quiz, language=language).attempt
    for item, response in zip(attempt.quiz_attempt.items.all(), answers, strict=False):
        if response is not None:
            save_answer(attempt, item, response, language=language)
    return hand_in(attempt)


def correct_key(question, *right):
    """Publish a new version of a choice question in which other options are right."""
    question.options = [option | {"correct": option["key"] in right} for option in question.options]
    question.save()
    return freeze_question(question)
