"""Writing assignments and rubrics. An assignment saved here is a draft: learners meet it once it is published."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from assessments.models import Assignment, AssignmentFile, AssignmentText, Rubric, RubricText
from assessments.rubrics import pinned_version
from foundation.audit import services as audit


class DraftRefused(Exception):
    """It cannot be changed now; the message says why."""


def draft_refusal(assignment: Assignment) -> str | None:
    """Why the assignment cannot be changed now, or None if it can."""
    if assignment.locking_change_set:
        return _(
            "This assignment is being reviewed and cannot be changed. To go on, withdraw it from review first."
        )
    return None


def held_assignment(assignment: Assignment) -> Assignment:
    """The assignment as last saved, held until the transaction ends. Raises DraftRefused."""
    Assignment.objects.select_for_update(of=["self"]).get(pk=assignment.pk)
    assignment = Assignment.objects.get(pk=assignment.pk)
    if refusal := draft_refusal(assignment):
        raise DraftRefused(refusal)
    return assignment.get_latest_revision_as_object()


@transaction.atomic
def save_assignment(
    assignment: Assignment,
    *,
    user: User,
    wording: dict | None = None,
    documents: Iterable | None = None,
    **values,
) -> None:
    """Save rules and, with `wording` (language, title, instructions), words; with `documents`, the files beside them.

    Raises DraftRefused while it is being reviewed.
    """
    draft = held_assignment(assignment)
    for name, value in values.items():
        setattr(draft, name, value)
    if wording:
        others = [text for text in draft.texts.all() if text.language != wording["language"]]
        draft.texts.set([*others, AssignmentText(**wording)])
    if documents is not None:
        draft.attachments.set(
            AssignmentFile(document=document, sort_order=order) for order, document in enumerate(documents)
        )
    draft.save_revision(user=user, clean=False, log_action=True)


@transaction.atomic
def use_newest_rubric(assignment: Assignment, *, user: User) -> None:
    """Pin what the assignment's rubric says now into its draft. Raises DraftRefused."""
    draft = held_assignment(assignment)
    if draft.rubric_version:
        draft.rubric_version = pinned_version(draft.rubric_version.rubric)
        draft.save_revision(user=user, clean=False, log_action=True)


@transaction.atomic
def save_rubric(rubric: Rubric, *, user: User, words: dict | None = None, **values) -> Rubric:
    """Save a rubric and, with `words` (language, levels, criteria), its words. What pins a version is not touched."""
    for name, value in values.items():
        setattr(rubric, name, value)
    is_new = rubric.pk is None
    rubric.save()
    if words:
        said = {"levels": words["levels"], "criteria": words["criteria"]}
        RubricText.objects.update_or_create(rubric=rubric, language=words["language"], defaults=said)
    audit.record(user, "assessments.add_rubric" if is_new else "assessments.change_rubric", rubric)
    return rubric


@transaction.atomic
def retire_rubric(rubric: Rubric, *, user: User, retired: bool = True) -> None:
    """Offer a rubric no longer, or again. What uses it keeps its version. Repeating changes nothing."""
    if bool(rubric.retired_at) == retired:
        return
    rubric.retired_at = timezone.now() if retired else None
    rubric.save(update_fields=["retired_at"])
    audit.record(user, "assessments.retire_rubric" if retired else "assessments.offer_rubric", rubric)
