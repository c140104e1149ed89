"""Marking: saved as the marker goes, finished once, changed afterwards only by a new marking with a reason."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from assessments.assignments.marks import current, marking_refusal, next_part, own_draft, submission_refusal
from assessments.assignments.refusals import AssignmentRefused, Refusal
from assessments.assignments.rules import rules_of
from assessments.assignments.services.releasing import release
from assessments.assignments.storing import forget, keep
from assessments.file_types import FILE_TYPES, check_upload
from assessments.models import CriterionMark, Marking, Part, ReturnedFile, Submission
from assessments.rubrics import THOUSANDTH, rubric_score
from enrolments.services import lock_all
from foundation.audit import services as audit

RETURNED_BYTES = 50 * 1024 * 1024
RETURNED_FILES = 5


@dataclass(frozen=True)
class Marks:
    """What a marker says: levels and comments by criterion, or points; and a comment on the whole."""

    choices: Mapping[str, str] = field(default_factory=dict)
    comments: Mapping[str, str] = field(default_factory=dict)
    points: Decimal | None = None
    comment: str = ""


def held_submission(submission: Submission) -> Submission:
    """The submission with its rules, held until the transaction ends. Take its people's locks first where needed."""
    related = ("assignment__course", "edition", "version__assignment_version__rubric_version", "reopening")
    return (
        Submission.objects.select_for_update(of=["self"])
        .select_related(*related, "followed_by", "cohort")
        .get(pk=submission.pk)
    )


@transaction.atomic
def save_marking(submission: Submission, marks: Marks, *, by: User, part: str = "") -> Marking:
    """Keep what the marker says so far; the first save takes the part that is free. Raises AssignmentRefused.

    `part` is what the form was for: an agreed mark is only begun by whoever asked for it.
    """
    held = held_submission(submission)
    if _finished_by(held, by, part) and not own_draft(held.markings.all(), by):
        raise AssignmentRefused(Refusal.FINISHED)
    return _saved(held, marks, by)


def _finished_by(held, by, part):
    """The marking this marker has finished: the agreed one if that is what the form was for, else their own."""
    agreed = part == Part.AGREED
    own = [one for one in current(held.markings.all()) if one.marker_id == by.pk and one.finished_at]
    return next((one for one in own if (one.part == Part.AGREED) == agreed), None)


def _saved(held, marks, by):
    markings = list(held.markings.all())
    rules = rules_of(held.version) if held.version else None
    if rules is None:
        raise AssignmentRefused(Refusal.NOT_HANDED_IN)
    if refusal := marking_refusal(held, rules, markings, by):
        raise AssignmentRefused(refusal)
    marking = own_draft(markings, by)
    if marking is None:
        marking = Marking(submission=held, marker=by, part=next_part(rules, markings, by))
    marking.points, marking.comment, marking.saved_at = marks.points, marks.comment, timezone.now()
    marking.save()
    _write_criteria(marking, marks)
    return marking


def _write_criteria(marking, marks):
    """One row for every criterion something is said of."""
    keys = {key for key, said in (*marks.choices.items(), *marks.comments.items()) if said}
    marking.criteria.exclude(criterion__in=keys).delete()
    rows = [
        CriterionMark(
            marking=marking,
            criterion=key,
            level=marks.choices.get(key, ""),
            comment=marks.comments.get(key, ""),
        )
        for key in sorted(keys)
    ]
    CriterionMark.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["marking", "criterion"],
        update_fields=["level", "comment"],
    )


@transaction.atomic
def finish_marking(submission: Submission, marks: Marks, *, by: User, part: str = "") -> Marking:
    """Save and finish: from now on it counts and never changes. Raises AssignmentRefused with what is missing.

    A second click finds it finished. `part` as for `save_marking`.
    """
    held = held_submission(submission)
    finished = _finished_by(held, by, part)
    if finished and not own_draft(held.markings.all(), by):
        return finished
    marking = _saved(held, marks, by)
    marking.score = score_of(held, marks)
    marking.finished_at = timezone.now()
    marking.save(update_fields=["score", "finished_at"])
    return marking


def score_of(submission: Submission, marks: Marks) -> Decimal:
    """What the marks are worth, 0 to 1, or AssignmentRefused with what is missing."""
    rules = rules_of(submission.version)
    rubric = submission.version.assignment_version.rubric_version
    if rubric:
        score = rubric_score(rubric.content, marks.choices)
        if score is None:
            raise AssignmentRefused(Refusal.INCOMPLETE)
        return score
    if marks.points is None:
        raise AssignmentRefused(Refusal.NO_POINTS)
    if marks.points > rules.max_points:
        raise AssignmentRefused(Refusal.TOO_MANY_POINTS)
    return (marks.points / rules.max_points).quantize(THOUSANDTH)


@transaction.atomic
def put_back(submission: Submission, *, by: User) -> None:
    """Let go of a draft marking, so that somebody else may mark. Repeating changes nothing."""
    held = held_submission(submission)
    marking = own_draft(held.markings.all(), by)
    if marking is None:
        return
    for file in marking.files.all():
        file.delete()
        forget(file.file.name)
    marking.delete()


@transaction.atomic
def confirm_agreed_mark(submission: Submission, *, by: User) -> Marking:
    """The other marker agrees with the agreed mark that was proposed. Safe to repeat."""
    held = held_submission(submission)
    markings = current(held.markings.all())
    agreed = next((one for one in markings if one.part == Part.AGREED and one.finished_at), None)
    independent = {one.marker_id for one in markings if one.part in (Part.FIRST, Part.SECOND)}
    if agreed is None or by.pk not in independent:
        raise AssignmentRefused(Refusal.NOT_YOURS)
    if agreed.confirmed_at:
        return agreed
    if agreed.marker_id == by.pk:
        raise AssignmentRefused(Refusal.TO_OTHER_MARKER)
    agreed.confirmed_by, agreed.confirmed_at = by, timezone.now()
    agreed.save(update_fields=["confirmed_by", "confirmed_at"])
    return agreed


@transaction.atomic
def change_mark(marking: Marking, marks: Marks, *, by: User, reason: str, may_change_all: bool) -> Marking:
    """Put a new marking in the place of a finished one, with a reason; what was released is released again.

    `may_change_all`: the person may change marks of others. Raises AssignmentRefused.
    """
    if not reason.strip():
        raise AssignmentRefused(Refusal.NO_REASON)
    lock_all(marking.submission.members.values_list("attempt__enrolment", flat=True))
    held = held_submission(marking.submission)
    old = Marking.objects.get(pk=marking.pk)
    if refusal := _change_refusal(held, old, by, may_change_all):
        raise AssignmentRefused(refusal)
    score, now = score_of(held, marks), timezone.now()
    new = Marking.objects.create(
        submission=held,
        marker=by,
        part=old.part,
        saved_at=now,
        finished_at=now,
        points=marks.points,
        score=score,
        comment=marks.comment,
        replaces=old,
        reason=reason,
        confirmed_by=old.confirmed_by and by,
        confirmed_at=old.confirmed_at and now,
    )
    _write_criteria(new, marks)
    for file in old.files.all():
        ReturnedFile.objects.create(marking=new, uploaded_by=file.uploaded_by, **_fields_of(file))
    audit.record(
        by,
        "assessments.change_mark",
        held,
        reason=reason,
        before={"part": old.part, "score": old.score},
        after={"part": new.part, "score": score},
    )
    if held.members.filter(released_marks__isnull=False).exists():
        release(held, by=by, reason=reason)
    return new


def _change_refusal(held, old, by, may_change_all):
    if held.members.filter(attempt__enrolment__person=by).exists():
        return Refusal.OWN_WORK
    # What two have agreed on is neither's alone.
    if (old.marker_id != by.pk or old.confirmed_at) and not may_change_all:
        return Refusal.NOT_YOURS
    if old.finished_at is None or Marking.objects.filter(replaces=old).exists():
        return Refusal.NOT_YOURS
    return submission_refusal(held)


def _fields_of(file):
    return {name: getattr(file, name) for name in ("file", "name", "kind", "size", "sha256")}


def add_returned_file(submission: Submission, upload: UploadedFile, *, by: User) -> ReturnedFile:
    """Add an annotated file to the marking one is at; begins it if need be. Raises UploadRefused, AssignmentRefused."""
    checked = check_upload(upload, allowed=list(FILE_TYPES), max_bytes=RETURNED_BYTES)
    fields = keep(upload, checked)
    try:
        return _add_returned_row(submission, fields, by)
    except AssignmentRefused:
        default_storage.delete(fields["file"])
        raise


@transaction.atomic
def _add_returned_row(submission, fields, by):
    held = held_submission(submission)
    marking = own_draft(held.markings.all(), by) or _saved(held, Marks(), by)
    if marking.files.count() >= RETURNED_FILES:
        raise AssignmentRefused(Refusal.TOO_MANY_FILES)
    return marking.files.create(uploaded_by=by, **fields)


@transaction.atomic
def remove_returned_file(file: ReturnedFile, *, by: User) -> None:
    """Take a file back out of the marking one is at."""
    held_submission(file.marking.submission)
    marking = Marking.objects.get(pk=file.marking_id)
    if marking.finished_at:
        raise AssignmentRefused(Refusal.FINISHED)
    if marking.marker_id != by.pk:
        raise AssignmentRefused(Refusal.NOT_YOURS)
    for row in marking.files.filter(pk=file.pk):
        row.delete()
        forget(row.file.name)
