"""Banks, their categories, and what becomes of a question in them."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from assessments import drafts
from assessments.models import (
    AttemptItem,
    CasePart,
    Question,
    QuestionBank,
    QuestionCategory,
    QuestionVersionPart,
    QuizItem,
    QuizVersionItem,
)
from foundation.audit import services as audit


class BankRefused(Exception):
    """It cannot be done; the message says why."""


def deletion_refusal(question: Question) -> str | None:
    """Why the question cannot be deleted, or None: nothing learners met, and nothing that uses it, may lose it."""
    name = {"question": question.name}
    answered = AttemptItem.objects.filter(question_version__question=question)
    answered |= AttemptItem.objects.filter(case_version__question=question)
    count = answered.values("quiz_attempt").distinct().count()
    if count:
        return ngettext(
            "“%(question)s” was asked in %(count)s attempt and has to stay.",
            "“%(question)s” was asked in %(count)s attempts and has to stay.",
            count,
        ) % {**name, "count": count}
    if quizzes := drafts.quizzes_using(question):
        return _("“%(question)s” stands in the quiz “%(quiz)s”. Take it out there first.") % {
            **name,
            "quiz": quizzes[0].title,
        }
    if cases := drafts.cases_using(question):
        return _("“%(question)s” belongs to the case “%(case)s”. Take it out there first.") % {
            **name,
            "case": cases[0].name,
        }
    if question.reviews.filter(decided_at=None).exists():
        return _("“%(question)s” is waiting for approval. Withdraw it first.") % name
    if is_frozen_elsewhere(question):
        return _("“%(question)s” is part of a quiz or a case that was published, and has to stay.") % name
    return None


def is_frozen_elsewhere(question: Question) -> bool:
    """Whether something published, or a live row, holds it although no draft does any more."""
    return (
        QuizItem.objects.filter(question=question).exists()
        or CasePart.objects.filter(question=question).exists()
        or QuizVersionItem.objects.filter(question_version__question=question).exists()
        or QuestionVersionPart.objects.filter(question_version__question=question).exists()
    )


@transaction.atomic
def delete_question(question: Question, user: User) -> None:
    """Delete a question that nothing uses and nobody was asked, with its frozen versions."""
    question = Question.objects.select_for_update(of=["self"]).get(pk=question.pk)
    if refusal := deletion_refusal(question):
        raise BankRefused(refusal)
    audit.record(user, "assessments.delete_question", question)
    QuestionVersionPart.objects.filter(case_version__question=question).delete()
    question.versions.all().delete()
    try:
        question.delete()
    except ProtectedError as error:
        raise BankRefused(
            _("“%(question)s” cannot be deleted, since other records point at it.")
            % {"question": question.name}
        ) from error


@transaction.atomic
def save_category(category: QuestionCategory) -> None:
    """Keep a category, new or renamed or moved; it cannot be put inside itself, nor a name twice in one place."""
    above = category.parent
    while above is not None:
        if above.pk == category.pk and category.pk:
            raise BankRefused(_("A category cannot stand inside itself."))
        above = above.parent
    if category.parent and category.parent.bank_id != category.bank_id:
        raise BankRefused(_("This category belongs to another bank. Choose one of the bank."))
    twins = QuestionCategory.objects.filter(
        bank=category.bank, parent=category.parent, name__iexact=category.name
    )
    if twins.exclude(pk=category.pk).exists():
        raise BankRefused(
            _("There is a category “%(name)s” in this place already.") % {"name": category.name}
        )
    category.save()


@transaction.atomic
def delete_category(category: QuestionCategory) -> None:
    """Delete a category that holds nothing and that no quiz draws from."""
    name = {"category": category.name}
    if Question.objects.filter(category=category).exists():
        raise BankRefused(_("“%(category)s” holds questions. Move them first.") % name)
    if category.children.exists():
        raise BankRefused(_("“%(category)s” holds other categories. Move them first.") % name)
    if quiz := drafts.draws_from(category):
        raise BankRefused(
            _("The quiz “%(quiz)s” draws questions from “%(category)s”.") % {**name, "quiz": quiz.title}
        )
    try:
        category.delete()
    except ProtectedError as error:
        raise BankRefused(_("A quiz draws questions from “%(category)s”.") % name) from error


@transaction.atomic
def classify_questions(
    questions: Iterable[Question],
    user: User,
    *,
    category: QuestionCategory | None = None,
    difficulty: int | None = None,
    tags: Iterable[str] = (),
) -> int:
    """Put questions into a category, set their difficulty, give them more tags: what was given; the rest stays."""
    questions = list(questions)
    for question in questions:
        names = [tag.name for tag in question.tags.all()]
        found = drafts.Found(
            category or question.category,
            difficulty or question.difficulty,
            question.outcome,
            [*names, *tags],
        )
        drafts.classify(question, found)
    after = {
        "questions": len(questions),
        "category": category and category.name,
        "difficulty": difficulty,
        "tags": list(tags),
    }
    if questions:
        audit.record(user, "assessments.classify_questions", questions[0].bank, after=after)
    return len(questions)


@transaction.atomic
def open_bank(name: str, language: str, user: User) -> QuestionBank:
    """Begin a bank that courses share."""
    bank = QuestionBank.objects.create(name=name, language=language)
    audit.record(user, "assessments.open_bank", bank, after={"name": name})
    return bank
