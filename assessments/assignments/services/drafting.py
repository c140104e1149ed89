"""Working on a draft: beginning it, saving its text, adding and removing files."""

import secrets

from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from assessments.assignments.publishing import current_version
from assessments.assignments.refusals import AssignmentRefused, NewerText, Refusal
from assessments.assignments.rules import Rules, rules_of
from assessments.assignments.standing import assignment_standing
from assessments.assignments.storing import forget, keep
from assessments.file_types import check_upload
from assessments.models import Assignment, Submission, SubmissionFile, SubmissionMember
from enrolments.models import Enrolment
from enrolments.services import lock, lock_edition
from learning import services as learning

# Without letters and digits that look alike.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


@transaction.atomic
def begin(enrolment: Enrolment, assignment: Assignment, *, language: str) -> Submission:
    """The draft of this learner, or of their work group, begun now if there is none. Safe to repeat.

    Raises AssignmentRefused or LearningRefused.
    """
    if assignment.by_group:
        lock_edition(enrolment.edition)  # members of a group begin one after the other
    enrolment = lock(enrolment)
    standing = assignment_standing(enrolment, assignment)
    if standing.refusal:
        raise AssignmentRefused(standing.refusal)
    attempt = learning.open_attempt(enrolment, assignment, language=language, version=standing.version)
    draft = _draft(standing, language)
    SubmissionMember.objects.update_or_create(attempt=attempt, defaults={"submission": draft})
    return draft


def _draft(standing, language):
    """The draft to go on with: that of the group where there is one, else the learner's own, else a new one."""
    if standing.group:
        drafts = Submission.objects.filter(
            assignment=standing.assignment, cohort=standing.group, handed_in_at=None
        )
        if draft := drafts.first():
            return draft
    elif standing.submission and not standing.submission.cohort_id:
        return standing.submission
    return new_submission(
        assignment=standing.assignment,
        edition=standing.enrolment.edition,
        cohort=standing.group,
        language=language,
    )


def new_submission(*, assignment: Assignment, **fields) -> Submission:
    """An empty draft under a code that no other of the assignment has."""
    taken = set(Submission.objects.filter(assignment=assignment).values_list("code", flat=True))
    code = new_code()
    while code in taken:
        code = new_code()
    return Submission.objects.create(assignment=assignment, code=code, **fields)


def new_code() -> str:
    """Letters and digits that say nothing."""
    return "".join(secrets.choice(ALPHABET) for _place in range(5))


def held_draft(submission: Submission) -> Submission:
    """The draft, held until the transaction ends; AssignmentRefused once it is handed in."""
    held = Submission.objects.select_for_update(of=["self"]).select_related("saved_by").get(pk=submission.pk)
    if held.handed_in_at:
        raise AssignmentRefused(Refusal.HANDED_IN)
    return held


@transaction.atomic
def save_text(submission: Submission, text: str, *, by: User, sequence: int, language: str) -> Submission:
    """Keep the text of a draft. `sequence` is that of the text it was written from: a newer one is never overwritten.

    Raises NewerText, with the newer one, or AssignmentRefused. The same text twice is saved once.
    """
    held = held_draft(submission)
    text = text.replace("\r\n", "\n").replace("\x00", "").rstrip()
    if text == held.text:
        return held
    if sequence != held.sequence:
        raise NewerText(held)
    held.text, held.language, held.sequence = text, language, held.sequence + 1
    held.saved_at, held.saved_by = timezone.now(), by
    held.save(update_fields=["text", "language", "sequence", "saved_at", "saved_by"])
    return held


def add_file(submission: Submission, upload: UploadedFile, *, by: User) -> SubmissionFile:
    """Check a file by its content and add it to a draft. The same file twice is added once.

    Raises UploadRefused or AssignmentRefused.
    """
    rules = rules_of(current_version(submission.assignment))
    if not rules.takes_files:
        raise AssignmentRefused(Refusal.NO_FILES_TAKEN)
    checked = check_upload(upload, allowed=rules.file_types, max_bytes=rules.max_bytes)
    fields = keep(upload, checked)
    try:
        added, is_new = _add_row(submission, fields, rules, by)
    except AssignmentRefused:
        default_storage.delete(fields["file"])
        raise
    if not is_new:
        default_storage.delete(fields["file"])
    return added


@transaction.atomic
def _add_row(submission, fields, rules: Rules, by):
    held = held_draft(submission)
    there = held.files.filter(sha256=fields["sha256"]).first()
    if there:
        return there, False
    if held.files.count() >= rules.max_files:
        raise AssignmentRefused(Refusal.TOO_MANY_FILES)
    return held.files.create(uploaded_by=by, **fields), True


@transaction.atomic
def remove_file(file: SubmissionFile) -> None:
    """Take a file out of a draft. Repeating changes nothing; AssignmentRefused once it is handed in."""
    held = held_draft(file.submission)
    for row in held.files.filter(pk=file.pk):
        row.delete()
        forget(row.file.name)
