"""Freezing questions and quizzes as they are published. Attempts pin what is made here; it is never changed."""

from django.db import transaction
from django.db.models import Max
from wagtail.models import Revision

from assessments.models import Question, QuestionVersion, Quiz, QuizVersionItem
from courses.models import ActivityVersion


def question_content(question: Question) -> dict:
    """The question as a value: kind, options with the right ones marked, words of every language."""
    return {
        "kind": question.kind,
        "options": question.options,
        "source": question.source_language,
        "texts": {
            text.language: {"stem": text.stem, "feedback": text.feedback, "options": text.options}
            for text in question.texts.all()
        },
    }


def freeze_question(question: Question) -> QuestionVersion:
    """The version that says what the question says now: the newest if nothing changed, else a new one."""
    content = question_content(question)
    newest = question.versions.order_by("-number").first()
    if newest and newest.content == content and newest.lesson_id == question.lesson_id:
        return newest
    number = newest.number + 1 if newest else 1
    return QuestionVersion.objects.create(
        question=question, number=number, content=content, lesson_id=question.lesson_id
    )


def publish_question(question: Question, *, revision: Revision | None = None, user=None) -> QuestionVersion:
    """Bring a revision of the question live (without one, the question as it stands) and freeze it."""
    if revision and not (question.live and question.live_revision_id == revision.pk):
        revision.publish(user=user, skip_permission_checks=True)
        question = Question.objects.get(pk=question.pk)
    elif not question.live:
        question.live = True
        question.save(update_fields=["live"])
    return freeze_question(question)


def quiz_settings(quiz: Quiz) -> dict:
    """The rules an attempt is taken under."""
    return {
        "attempts_allowed": quiz.attempts_allowed,
        "grading_method": quiz.grading_method,
        "pass_mark": str(quiz.pass_mark),
        "shuffle_options": quiz.shuffle_options,
    }


@transaction.atomic
def freeze_quiz(quiz: Quiz, *, user=None) -> ActivityVersion:
    """Publish the questions as this state of the quiz pins them and append a version, unless nothing changed."""
    items = quiz.items.select_related("question", "question_revision")
    frozen = [
        (publish_question(item.question, revision=item.question_revision, user=user), item.points)
        for item in items
    ]
    settings = quiz_settings(quiz)
    newest = quiz.versions.order_by("-number").first()
    if (
        newest
        and newest.settings == settings
        and _items(newest) == [(row.pk, points) for row, points in frozen]
    ):
        return newest
    last = quiz.versions.aggregate(last=Max("number"))["last"] or 0
    version = ActivityVersion.objects.create(
        activity=quiz, number=last + 1, settings=settings, revision=quiz.live_revision
    )
    QuizVersionItem.objects.bulk_create(
        QuizVersionItem(version=version, question_version=row, points=points, sort_order=order)
        for order, (row, points) in enumerate(frozen)
    )
    return version


def _items(version):
    return list(version.quiz_items.values_list("question_version_id", "points"))
