"""Freezing questions and quizzes as they are published. Attempts pin what is made here; it is never changed."""

from django.db import transaction
from django.db.models import Max
from wagtail.models import Revision

from assessments.models import (
    Question,
    QuestionKind,
    QuestionVersion,
    QuestionVersionPart,
    Quiz,
    QuizVersionItem,
)
from courses.models import ActivityVersion

DRAWN = ("draw_bank_id", "draw_category_id", "draw_tag_id", "draw_difficulty", "draw_count")
PLACED = ("kind", "points", "words", "shuffle", *DRAWN)


@transaction.atomic
def freeze_question(question: Question, *, user=None) -> QuestionVersion:
    """The version that says what the question says now: the newest if nothing changed, else a new one.

    The questions of a case are published and frozen with it.
    """
    content = question.content
    parts = [
        (publish_question(part.question, revision=part.question_revision, user=user).pk, part.points)
        for part in (question.parts.all() if question.kind == QuestionKind.CASE else ())
    ]
    newest = question.versions.order_by("-number").first()
    pinned = question.lesson_id, question.image_id, question.rubric_version_id
    if newest and _says(newest) == (content, *pinned, parts):
        return newest
    version = QuestionVersion.objects.create(
        question=question,
        number=newest.number + 1 if newest else 1,
        content=content,
        lesson_id=question.lesson_id,
        image_id=question.image_id,
        rubric_version_id=question.rubric_version_id,
    )
    QuestionVersionPart.objects.bulk_create(
        QuestionVersionPart(case_version=version, question_version_id=pk, points=points, sort_order=order)
        for order, (pk, points) in enumerate(parts)
    )
    return version


def _says(version):
    parts = []
    if version.content["kind"] == QuestionKind.CASE:
        parts = list(version.parts.values_list("question_version_id", "points"))
    return version.content, version.lesson_id, version.image_id, version.rubric_version_id, parts


def publish_question(question: Question, *, revision: Revision | None = None, user=None) -> QuestionVersion:
    """Bring a revision of the question live (without one, the question as it stands) and freeze it."""
    if revision and not (question.live and question.live_revision_id == revision.pk):
        revision.publish(user=user, skip_permission_checks=True)
        question = Question.objects.get(pk=question.pk)
    elif not question.live:
        question.live = True
        question.save(update_fields=["live"])
    return freeze_question(question, user=user)


def quiz_settings(quiz: Quiz) -> dict:
    """The rules an attempt is taken under."""
    return {
        "attempts_allowed": quiz.attempts_allowed,
        "hours_between": quiz.hours_between,
        "grading_method": quiz.grading_method,
        "pass_mark": str(quiz.pass_mark),
        "shuffle_options": quiz.shuffle_options,
        "shuffle_questions": quiz.shuffle_questions,
        "questions_per_page": quiz.questions_per_page,
        "sequential": quiz.sequential,
        "time_limit": quiz.time_limit,
        "grace_seconds": quiz.grace_seconds,
        "practice": quiz.practice,
        "review": quiz.review,
        "right_when_spent": quiz.right_when_spent,
        "bands": quiz.bands,
        "anonymous_marking": quiz.anonymous_marking,
    }


@transaction.atomic
def freeze_quiz(quiz: Quiz, *, user=None) -> ActivityVersion:
    """Publish the questions as this state of the quiz pins them and append a version, unless nothing changed."""
    frozen = []
    for item in quiz.items.select_related("question", "question_revision"):
        row = QuizVersionItem(**{name: getattr(item, name) for name in PLACED})
        if item.question:
            row.question_version = publish_question(item.question, revision=item.question_revision, user=user)
        frozen.append(row)
    settings = quiz_settings(quiz)
    newest = quiz.versions.order_by("-number").first()
    if newest and newest.settings == settings and _items(newest.quiz_items.all()) == _items(frozen):
        return newest
    last = quiz.versions.aggregate(last=Max("number"))["last"] or 0
    version = ActivityVersion.objects.create(
        activity=quiz, number=last + 1, settings=settings, revision=quiz.live_revision
    )
    for order, row in enumerate(frozen):
        row.version, row.sort_order = version, order
    QuizVersionItem.objects.bulk_create(frozen)
    return version


def _items(rows):
    return [(row.question_version_id, *(getattr(row, name) for name in PLACED)) for row in rows]
