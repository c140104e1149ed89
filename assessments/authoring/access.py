"""Who may see, write, translate and approve quizzes and questions. "Not yours" and "not there" are the same 404.

A course's own bank follows the roles of the course. Shared banks are read by whoever writes a course, and follow the
roles for the whole site: authors write in them, reviewers approve, translators translate.
"""

from uuid import UUID

from django.db.models import Q
from django.http import Http404

from accounts.access import has_site_role
from accounts.models import Role, User
from assessments.models import Question, QuestionBank, QuestionImport, Quiz, QuizItem
from courses.access import (
    authored_courses,
    can_author,
    can_review,
    can_see,
    can_translate,
    courses_for,
)
from courses.models.roles import roles_by_course

SHARED_READERS = (Role.AUTHOR, Role.REVIEWER, Role.TRANSLATOR, Role.ADMINISTRATOR)


def visible_quizzes(user: User):
    """The quizzes of the courses this person works on."""
    return Quiz.objects.filter(course__in=courses_for(user))


def get_quiz_or_404(user: User, quiz_id: int, right=can_see) -> Quiz:
    """The quiz, if the person holds the right on its course."""
    quiz = Quiz.objects.select_related("course__source_locale", "latest_revision").filter(pk=quiz_id).first()
    if quiz is None or not right(user, quiz.course):
        raise Http404
    return quiz


def get_item_or_404(draft: Quiz, question_id: int) -> QuizItem:
    """One question of the quiz as last saved, to read."""
    for item in draft.items_to_read():
        if item.question_id == question_id:
            return item
    raise Http404


def can_open_bank(user: User) -> bool:
    """Whether the person may begin a shared bank."""
    return has_site_role(user, Role.AUTHOR, Role.ADMINISTRATOR)


def reads_shared_banks(user: User) -> bool:
    """Whether shared banks are this person's business."""
    return has_site_role(user, *SHARED_READERS) or authored_courses(user).exists()


def can_see_bank(user: User, bank: QuestionBank) -> bool:
    """Whether the person may read the bank and draw from it."""
    return can_see(user, bank.course) if bank.course else reads_shared_banks(user)


def can_write_bank(user: User, bank: QuestionBank) -> bool:
    """Whether the person may write and sort questions of the bank."""
    return can_author(user, bank.course) if bank.course else can_open_bank(user)


def can_review_bank(user: User, bank: QuestionBank) -> bool:
    """Whether the person approves questions of the bank; nobody approves their own."""
    if bank.course:
        return can_review(user, bank.course)
    return has_site_role(user, Role.REVIEWER, Role.ADMINISTRATOR)


def can_translate_bank(user: User, bank: QuestionBank) -> bool:
    """Whether the person words questions of the bank in other languages."""
    if bank.course:
        return can_translate(user, bank.course)
    return can_write_bank(user, bank) or has_site_role(user, Role.TRANSLATOR)


def visible_banks(user: User):
    """The banks this person may read: those of the own courses, and shared ones."""
    mine = Q(course__in=courses_for(user))
    if reads_shared_banks(user):
        mine |= Q(course=None)
    return QuestionBank.objects.filter(mine).select_related("course__source_locale", "course__locale")


def banks_to_review(user: User):
    """The banks whose questions this person approves."""
    if has_site_role(user, Role.REVIEWER, Role.ADMINISTRATOR):
        return QuestionBank.objects.all()
    keys = [key for key, roles in roles_by_course(user).items() if Role.REVIEWER in roles]
    return QuestionBank.objects.filter(course__translation_key__in=keys if user.is_active else [])


def banks_for_quiz(user: User, quiz: Quiz):
    """The banks a quiz may take questions from: its course's own, and shared ones."""
    return visible_banks(user).filter(Q(course=quiz.course) | Q(course=None))


def get_bank_or_404(user: User, bank_id: int, right=can_see_bank) -> QuestionBank:
    """The bank, if the person holds the right on it."""
    banks = QuestionBank.objects.select_related("course__source_locale", "course__locale")
    bank = banks.filter(pk=bank_id).first()
    if bank is None or not right(user, bank):
        raise Http404
    return bank


def get_question_or_404(user: User, question_id: int, right=can_see_bank) -> Question:
    """The question as its row says, if the person holds the right on its bank."""
    question = Question.objects.select_related(
        "bank__course__source_locale", "bank__course__locale", "latest_revision", "live_revision"
    )
    question = question.filter(pk=question_id).first()
    if question is None or not right(user, question.bank):
        raise Http404
    return question


def get_import_or_404(user: User, key: UUID) -> QuestionImport:
    """A file of questions that waits to be confirmed, or came in, if the person writes in its bank."""
    imports = QuestionImport.objects.select_related("bank__course__source_locale", "bank__course__locale")
    found = imports.filter(key=key).first()
    if found is None or not can_write_bank(user, found.bank):
        raise Http404
    return found
