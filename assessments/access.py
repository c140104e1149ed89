"""Whose quiz, whose attempt, whose marking. Learner data reaches views only through here."""

from uuid import UUID

from django.http import Http404
from django.shortcuts import get_object_or_404

from accounts.access import has_site_role
from accounts.models import Role, User
from assessments.models import AnswerFile, AttemptItem, Quiz, QuizAttempt, Regrade
from courses.access import can_author, can_review
from courses.models.roles import roles_by_course
from enrolments.access import (
    MANAGERS,
    TEACHERS,
    can_manage,
    can_tutor,
    managed_editions,
    roles_by_edition,
    taught_editions,
)
from enrolments.models import Edition, EditionQuerySet, Enrolment
from learning.access import get_activity_or_404, get_attempt_or_404
from learning.models import Attempt


def get_quiz_or_404(user: User, edition_code: str, activity_id: int) -> tuple[Enrolment, Quiz]:
    """The person's enrolment and a quiz that stands in a lesson of its course."""
    enrolment, activity = get_activity_or_404(user, edition_code, activity_id)
    if not isinstance(activity, Quiz):
        raise Http404
    return enrolment, activity


def get_quiz_attempt_or_404(user: User, edition_code: str, attempt_id: int) -> Attempt:
    """The person's own attempt at a quiz."""
    return get_attempt_or_404(user, edition_code, attempt_id, kind="quiz_attempt")


def can_mark(user: User, edition: Edition) -> bool:
    """Whether the person may mark what the learners of this edition answered: its tutors, markers and managers."""
    return can_tutor(user, edition)


def can_regrade(user: User, edition: Edition) -> bool:
    """Whether the person may have questions of this edition graded anew: whoever manages it."""
    return can_manage(user, edition)


def marked_editions(user: User) -> EditionQuerySet:
    """The editions whose answers this person may mark."""
    return taught_editions(user)


def marks_somewhere(user: User) -> bool:
    """Whether the person teaches or manages anything: asked on every staff page, so it costs no query of its own."""
    held = {*TEACHERS, *MANAGERS}
    roles = (*roles_by_course(user).values(), *roles_by_edition(user).values())
    return user.is_active and (has_site_role(user, *MANAGERS) or any(held & found for found in roles))


def get_marked_quiz_or_404(user: User, edition_id: int, quiz_id: int) -> tuple[Edition, Quiz]:
    """An edition this person marks in, and a quiz of its course."""
    edition = get_object_or_404(Edition.objects.select_related("course__source_locale"), pk=edition_id)
    quiz = get_object_or_404(Quiz.objects.select_related("course"), pk=quiz_id, course=edition.course_id)
    if not can_mark(user, edition):
        raise Http404
    return edition, quiz


OF_AN_ATTEMPT = ("attempt__version", "attempt__activity", "attempt__enrolment__edition__course")


def get_marked_attempt_or_404(user: User, attempt_id: int) -> QuizAttempt:
    """A quiz attempt that was handed in, in an edition this person marks in."""
    attempts = QuizAttempt.objects.select_related(*OF_AN_ATTEMPT, "attempt__enrolment__person")
    found = get_object_or_404(attempts, pk=attempt_id, attempt__finished_at__isnull=False)
    if not can_mark(user, found.attempt.enrolment.edition):
        raise Http404
    return found


def get_marked_item_or_404(user: User, item_id: int) -> AttemptItem:
    """One question of such an attempt."""
    related = (
        *(f"quiz_attempt__{name}" for name in (*OF_AN_ATTEMPT, "attempt__enrolment__person")),
        *(
            "question_version__question",
            "question_version__rubric_version",
            "graded_by",
            "case_version",
            "answer",
        ),
    )
    found = get_object_or_404(
        AttemptItem.objects.select_related(*related),
        pk=item_id,
        quiz_attempt__attempt__finished_at__isnull=False,
    )
    if not can_mark(user, found.quiz_attempt.attempt.enrolment.edition):
        raise Http404
    return found


def get_marked_file_or_404(user: User, key: UUID) -> AnswerFile:
    """A file that was handed in with an answer this person may mark."""
    file = get_object_or_404(AnswerFile.objects.select_related("item"), key=key, removed_at=None)
    get_marked_item_or_404(user, file.item_id)
    return file


def regraded_editions(user: User, quiz: Quiz) -> EditionQuerySet:
    """The editions of the quiz's course in which this person may have it graded anew."""
    return managed_editions(user).filter(course=quiz.course_id).order_by("-starts_on", "code")


def get_regraded_quiz_or_404(user: User, quiz_id: int) -> Quiz:
    """A quiz that this person may have graded anew somewhere."""
    quiz = get_object_or_404(Quiz.objects.select_related("course"), pk=quiz_id)
    if not regraded_editions(user, quiz).exists():
        raise Http404
    return quiz


def get_regrade_or_404(user: User, regrade_id: int) -> Regrade:
    """A regrade in editions that this person may all grade anew."""
    regrades = Regrade.objects.select_related("quiz__course", "by")
    regrade = get_object_or_404(regrades, pk=regrade_id)
    manages = managed_editions(user)
    if regrade.editions.exclude(pk__in=manages.values("pk")).exists():
        raise Http404
    return regrade


def analysed_editions(user: User, quiz: Quiz) -> EditionQuerySet:
    """The editions whose answers to the quiz this person may look at as figures, without names.

    Authors and reviewers of the course and evaluators see every edition; those who teach see their own.
    """
    editions = Edition.objects.filter(course=quiz.course_id).order_by("-starts_on", "code")
    if has_site_role(user, Role.EVALUATOR) or can_author(user, quiz.course) or can_review(user, quiz.course):
        return editions
    return editions.filter(pk__in=taught_editions(user).values("pk"))


def get_analysed_quiz_or_404(user: User, quiz_id: int) -> Quiz:
    """A quiz whose answers this person may look at as figures."""
    quiz = get_object_or_404(Quiz.objects.select_related("course__source_locale"), pk=quiz_id)
    if not analysed_editions(user, quiz).exists():
        raise Http404
    return quiz


def named_editions(user: User, quiz: Quiz) -> EditionQuerySet:
    """The editions whose answers to the quiz this person may take out with names: those taught or managed.

    Where markers see no names those managed alone: beside an answer a name would say whose it is.
    """
    editions = managed_editions(user) if quiz.anonymous_marking else taught_editions(user)
    return editions.filter(course=quiz.course_id).order_by("-starts_on", "code")


def get_answer_file_or_404(
    user: User, edition_code: str, attempt_id: int, key: UUID
) -> tuple[Attempt, AnswerFile]:
    """The person's own attempt, and a file in it that was not taken back."""
    own = get_quiz_attempt_or_404(user, edition_code, attempt_id)
    return own, get_object_or_404(AnswerFile, item__quiz_attempt=own.pk, key=key, removed_at=None)
