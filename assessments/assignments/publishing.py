"""Freezing an assignment as it is published. Submissions pin what is made here; it is never changed."""

from django.db import transaction
from django.db.models import Max

from assessments.assignments.rules import settings_of
from assessments.models import Assignment, AssignmentVersion
from courses.models import ActivityVersion


def words_of(assignment: Assignment) -> dict:
    """Title and instructions by language."""
    return {
        text.language: {"title": text.title, "instructions": text.instructions}
        for text in assignment.texts.all()
    }


@transaction.atomic
def freeze_assignment(assignment: Assignment) -> ActivityVersion:
    """Append a version that says what the assignment says now, unless the newest does."""
    settings, words = settings_of(assignment), words_of(assignment)
    newest = current_version(assignment)
    if (
        newest
        and newest.settings == settings
        and newest.assignment_version.rubric_version_id == assignment.rubric_version_id
        and newest.assignment_version.texts == words
    ):
        return newest
    last = assignment.versions.aggregate(last=Max("number"))["last"] or 0
    version = ActivityVersion.objects.create(
        activity=assignment, number=last + 1, settings=settings, revision=assignment.live_revision
    )
    AssignmentVersion.objects.create(version=version, rubric_version=assignment.rubric_version, texts=words)
    return version


def current_version(assignment: Assignment) -> ActivityVersion | None:
    """What learners meet now."""
    return (
        assignment.versions.select_related("assignment_version__rubric_version").order_by("-number").first()
    )
