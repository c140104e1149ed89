"""Pictures and documents in questions: who may see them. An exam must not be read in its files before it begins."""

from collections.abc import Collection

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from wagtail.models import ReferenceIndex

from accounts.models import User
from assessments.models import AttemptItem, Question, QuestionVersion


def questions_with(file) -> set[int]:
    """The questions that use a file: in their drafts, or in any version that was published."""
    models = {ContentType.objects.get_for_model(model).pk: model for model in (Question, QuestionVersion)}
    references = ReferenceIndex.get_references_to(file).filter(base_content_type__in=models)
    found: dict[type, set[int]] = {Question: set(), QuestionVersion: set()}
    for kind, pk in references.values_list("base_content_type", "object_id"):
        found[models[kind]].add(int(pk))
    versions = QuestionVersion.objects.filter(pk__in=found[QuestionVersion])
    return found[Question] | set(versions.values_list("question", flat=True))


def may_see_questions(user: User, questions: Collection[int]) -> bool:
    """Whether the person was asked one of these questions in an attempt, or works on courses."""
    if not questions or not user.is_authenticated:
        return False
    if user.has_perm("wagtailadmin.access_admin"):
        return True
    asked = AttemptItem.objects.filter(
        Q(question_version__question__in=questions) | Q(case_version__question__in=questions)
    )
    return asked.filter(quiz_attempt__attempt__enrolment__person=user.pk).exists()
