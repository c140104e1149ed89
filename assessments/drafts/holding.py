"""Which quizzes and cases hold a question, in their drafts too, and whether any of them may be changed now."""

from collections.abc import Iterable

from django.db.models import Model, Q
from django.utils.translation import gettext as _

from assessments.models import CasePart, Question, QuestionBank, QuestionCategory, Quiz, QuizItem


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
    """Why the question cannot be changed now, or None if it can.

    Neither it nor a case or a quiz that takes its words along may be under review.
    """
    if question.reviews.filter(decided_at=None).exists():
        return _(
            "“%(question)s” is waiting for approval and cannot be changed. To go on, withdraw it first."
        ) % {"question": question.name}
    if question.bank.course_id:
        for quiz in quizzes_using(question):
            if quiz.locking_change_set:
                return _(
                    "The quiz “%(quiz)s” uses this question and is being reviewed. Withdraw it first."
                ) % {"quiz": quiz.title}
    for case in cases_using(question):
        if refusal := question_refusal(case):
            return refusal
    return None


def quizzes_using(question: Question) -> list[Quiz]:
    """Quizzes that hold the question, in their draft or, without one, live."""
    may_hold = Q(items__question=question) | Q(live=False) | Q(has_unpublished_changes=True)
    quizzes = Quiz.objects.filter(may_hold).select_related("latest_revision").distinct()
    if question.bank.course_id:
        quizzes = quizzes.filter(course=question.bank.course_id)
    return [quiz for quiz in quizzes if question.pk in questions_held(quiz, "items")]


def cases_using(question: Question) -> list[Question]:
    """Cases that hold the question, in their draft or, without one, live."""
    may_hold = Q(parts__question=question) | Q(live=False) | Q(has_unpublished_changes=True)
    cases = Question.objects.filter(may_hold, kind="case", bank=question.bank_id)
    cases = cases.select_related("latest_revision", "bank__course").distinct()
    return [case for case in cases if question.pk in questions_held(case, "parts")]


def questions_held(holder: Model, relation: str) -> set[int]:
    """The questions a quiz ("items") or a case ("parts") holds as last saved; read without building its draft."""
    if holder.latest_revision:
        rows = holder.latest_revision.content.get(relation, ())
        return {row["question"] for row in rows if row.get("question")}
    return set(getattr(holder, relation).exclude(question=None).values_list("question", flat=True))


def questions_in_drafts(bank: QuestionBank) -> set[int]:
    """Every question that a quiz or a case holds live or in a draft, as far as this bank may be concerned."""
    quizzes = Quiz.objects.filter(latest_revision__isnull=False).select_related("latest_revision")
    if bank.course_id:
        quizzes = quizzes.filter(course=bank.course_id)
    cases = Question.objects.filter(kind="case", bank=bank, latest_revision__isnull=False)
    held = set(QuizItem.objects.filter(question__bank=bank).values_list("question", flat=True))
    held |= set(CasePart.objects.filter(question__bank=bank).values_list("question", flat=True))
    for quiz in quizzes:
        held |= questions_held(quiz, "items")
    for case in cases.select_related("latest_revision"):
        held |= questions_held(case, "parts")
    return held


def draft_of(quiz: Quiz) -> Quiz:
    """The quiz as last saved, held until the transaction ends."""
    Quiz.objects.select_for_update(of=["self"]).get(pk=quiz.pk)
    quiz = Quiz.objects.get(pk=quiz.pk)
    if refusal := draft_refusal(quiz):
        raise DraftRefused(refusal)
    return quiz.get_latest_revision_as_object()


def draft_to_read(quiz: Quiz) -> Quiz:
    """The quiz as last saved, for screens: built without asking whether each row it names still exists.

    What it names is protected from deletion; asking would cost two queries a question.
    """
    if not quiz.has_unpublished_changes or quiz.latest_revision is None:
        return quiz
    draft = Quiz.from_serializable_data(quiz.latest_revision.content, check_fks=False)
    for name in ("pk", "latest_revision", "live", "has_unpublished_changes", "course"):
        setattr(draft, name, getattr(quiz, name))
    return draft


def draws_from(category: QuestionCategory) -> Quiz | None:
    """A quiz whose draft draws from the category, if there is one."""
    quizzes = Quiz.objects.filter(Q(live=False) | Q(has_unpublished_changes=True))
    for quiz in quizzes.filter(latest_revision__isnull=False).select_related("latest_revision"):
        places = quiz.latest_revision.content.get("items", ())
        if any(place.get("draw_category") == category.pk for place in places):
            return quiz
    return None


def set_items(draft: Quiz, items: Iterable[QuizItem]) -> None:
    """Give a draft its places in this order."""
    items = list(items)
    for order, item in enumerate(items):
        item.sort_order = order
    draft.items.set(items)
