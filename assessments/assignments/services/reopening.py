"""Letting learners work on a paper again: a new draft that begins with what was handed in."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from assessments.assignments import emails
from assessments.assignments.publishing import current_version
from assessments.assignments.refusals import AssignmentRefused, Refusal
from assessments.assignments.services.drafting import new_submission
from assessments.models import Reopening, Submission, SubmissionFile, SubmissionMember
from enrolments.services import lock_all
from foundation.audit import services as audit
from learning import services as learning


@transaction.atomic
def reopen(submission: Submission, *, until: datetime, by: User, reason: str) -> Submission:
    """Open a new draft for everybody who handed this in; what was handed in stays as it is. Safe to repeat.

    Raises AssignmentRefused, or LearningRefused where nobody of them holds a place any more.
    """
    if not reason.strip():
        raise AssignmentRefused(Refusal.NO_REASON)
    if until <= timezone.now():
        raise AssignmentRefused(Refusal.IN_THE_PAST)
    people = lock_all(submission.members.values_list("attempt__enrolment", flat=True))
    held = (
        Submission.objects.select_for_update(of=["self"])
        .select_related("assignment__course", "edition", "cohort")
        .get(pk=submission.pk)
    )
    if held.handed_in_at is None:
        raise AssignmentRefused(Refusal.NOT_HANDED_IN)
    if later := Submission.objects.filter(follows=held).first():
        return later
    draft = new_submission(
        assignment=held.assignment,
        edition=held.edition,
        cohort=held.cohort,
        follows=held,
        text=held.text,
        language=held.language,
        sequence=1,
        saved_at=timezone.now(),
        saved_by=held.handed_in_by,
    )
    _copy_files(held, draft)
    Reopening.objects.create(submission=held, until=until, reopened_by=by, reason=reason)
    version = current_version(held.assignment)
    for enrolment in people:
        if not enrolment.is_active:
            continue
        attempt = learning.open_attempt(enrolment, held.assignment, language=held.language, version=version)
        member, _created = SubmissionMember.objects.update_or_create(
            attempt=attempt, defaults={"submission": draft}
        )
        emails.send_reopened(member, until)
    audit.record(by, "assessments.reopen_submission", held, reason=reason, after={"until": until.isoformat()})
    return draft


def _copy_files(before, draft):
    """The same bytes under the new draft: they are forgotten only when no row points at them."""
    fields = ("file", "name", "kind", "size", "sha256", "uploaded_by")
    SubmissionFile.objects.bulk_create(
        SubmissionFile(submission=draft, **{field: getattr(file, field) for field in fields})
        for file in before.files.select_related("uploaded_by")
    )
