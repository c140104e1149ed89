"""Writing quizzes and questions. All that is saved here is a draft: learners meet none of it before it is published."""

from collections.abc import Iterable
from decimal import Decimal

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import User
from assessments.kinds import plain
from assessments.models import Question, QuestionBank, QuestionText, Quiz, QuizItem, QuizText
from courses.models import CoursePage


class DraftRefused(Exception):
    """It cannot be changed now; the message says why."""


def draft_refusal(quiz: Quiz) -> str | None:
    """Why the quiz cannot be changed now, or None if it can."""
    if quiz.locking_change_set:
        return _(
            "This quiz is being reviewed and cannot be changed. To go on, withdraw it from review first."
        )
    return None


def question_refusal(question: Question) -> str | None:
    """Why the question cannot be changed now, or None if it can: no quiz that uses it may be under review."""
    for quiz in quizzes_using(question):
        if quiz.locking_change_set:
            return _("The quiz “%(quiz)s” uses this question and is being reviewed. Withdraw it first.") % {
                "quiz": quiz.title
            }
    return None


def bank_of(course: CoursePage) -> QuestionBank:
    """The course's own bank, made when it is first needed."""
    bank = QuestionBank.objects.filter(course=course).order_by("pk").first()
    if bank:
        return bank
    name = course.draft_title[:120]
    if QuestionBank.objects.filter(name=name).exists():
        name = f"{name} ({course.pk})"
    return QuestionBank.objects.create(name=name, course=course)


def new_question(course: CoursePage, kind: str) -> Question:
    """A question of a course, not saved."""
    question = Question(kind=kind)
    question.bank = QuestionBank(course=course)
    return question


def draft_of(quiz: Quiz) -> Quiz:
    """The quiz as last saved, held until the transaction ends."""
    Quiz.objects.select_for_update(of=["self"]).get(pk=quiz.pk)
    quiz = Quiz.objects.get(pk=quiz.pk)
    if refusal := draft_refusal(quiz):
        raise DraftRefused(refusal)
    return quiz.get_latest_revision_as_object()


def set_items(draft: Quiz, items: Iterable[QuizItem]) -> None:
    """Give a draft its questions in this order."""
    items = list(items)
    for order, item in enumerate(items):
        item.sort_order = order
    draft.items.set(items)


@transaction.atomic
def save_quiz(quiz: Quiz, *, user: User, wording: dict | None = None, **values) -> None:
    """Save settings and, with `wording` (language, title, instructions), words of the quiz."""
    draft = draft_of(quiz)
    for name, value in values.items():
        setattr(draft, name, value)
    if wording:
        others = [text for text in draft.texts.all() if text.language != wording["language"]]
        draft.texts.set([*others, QuizText(**wording)])
    draft.save_revision(user=user, clean=False, log_action=True)


def quizzes_using(question: Question) -> list[Quiz]:
    """Quizzes that hold the question, live or in their draft."""
    may_hold = Q(items__question=question) | Q(live=False) | Q(has_unpublished_changes=True)
    quizzes = Quiz.objects.filter(may_hold).select_related("latest_revision").distinct()
    if question.bank.course_id:
        quizzes = quizzes.filter(course=question.bank.course_id)
    return [
        quiz
        for quiz in quizzes
        if any(item.question_id == question.pk for item in quiz.get_latest_revision_as_object().items.all())
    ]


@transaction.atomic
def save_question(question: Question, *, user: User) -> Question:
    """Save the question's draft, and a draft of every quiz that uses it, so that they are reviewed together."""
    if refusal := question_refusal(question):
        raise DraftRefused(refusal)
    wording = question.wording(question.source_language)
    question.name = (plain(wording.stem)[:150] if wording else "") or question.name
    revision = question.save_revision(user=user, clean=False, log_action=True)
    Question.objects.filter(pk=question.pk, live=False).update(name=question.name)
    for quiz in quizzes_using(question):
        draft = draft_of(quiz)
        items = list(draft.items.all())
        for item in items:
            if item.question_id == question.pk:
                item.question_revision = revision
        set_items(draft, items)
        draft.save_revision(user=user, clean=False)
    return question


@transaction.atomic
def add_question(quiz: Quiz, question: Question, *, points: Decimal, user: User) -> Question:
    """Save a new question and put it at the end of the quiz."""
    draft = draft_of(quiz)
    question.bank, question.live, question.has_unpublished_changes = bank_of(quiz.course), False, True
    question.name = question.name or _("New question")
    question.save()
    save_question(question, user=user)
    item = QuizItem(question=question, question_revision=question.latest_revision, points=points)
    set_items(draft, [*draft.items.all(), item])
    draft.save_revision(user=user, clean=False)
    return question


@transaction.atomic
def set_points(quiz: Quiz, question: Question, points: Decimal, *, user: User) -> None:
    """Say what a question of the quiz is worth."""
    draft = draft_of(quiz)
    items = list(draft.items.all())
    if all(item.points == points for item in items if item.question_id == question.pk):
        return
    for item in items:
        if item.question_id == question.pk:
            item.points = points
    set_items(draft, items)
    draft.save_revision(user=user, clean=False)


@transaction.atomic
def remove_question(quiz: Quiz, question: Question, *, user: User) -> None:
    """Take a question out of the quiz's draft; it stays in its bank."""
    draft = draft_of(quiz)
    set_items(draft, [item for item in draft.items.all() if item.question_id != question.pk])
    draft.save_revision(user=user, clean=False)


@transaction.atomic
def move_question(quiz: Quiz, question: Question, *, up: bool, user: User) -> None:
    """Move a question one place; at the end it stays where it is."""
    draft = draft_of(quiz)
    items = list(draft.items.all())
    here = next((place for place, item in enumerate(items) if item.question_id == question.pk), None)
    there = None if here is None else here + (-1 if up else 1)
    if there is None or not 0 <= there < len(items):
        return
    items[here], items[there] = items[there], items[here]
    set_items(draft, items)
    draft.save_revision(user=user, clean=False)


def set_wording(question: Question, wording: QuestionText) -> None:
    """Put the words of one language in the place of those the question's draft has."""
    others = [text for text in question.texts.all() if text.language != wording.language]
    question.texts.set([*others, wording])
