"""What we write to learners about assignments: the receipt, the mark, a paper reopened."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import override

from assessments.assignments.rules import lateness_in_words
from assessments.models import ReleasedMark, SubmissionMember
from courses.titles import title_in
from foundation.outbox import services as outbox


def send_receipt(member: SubmissionMember) -> None:
    """Confirm what was handed in, when and by whom, with the hash of every file."""
    submission = member.submission
    by = submission.handed_in_by
    _send(
        member,
        "handed_in",
        key=str(member.pk),
        handed_in_at=submission.handed_in_at,
        by=by.full_name if by != member.attempt.enrolment.person else "",
        has_text=bool(submission.text),
        files=list(submission.files.all()),
        code=submission.code,
    )


def send_released(told: ReleasedMark) -> None:
    """Say that the mark is there; what it is is read on the site."""
    member = told.member
    language = member.attempt.enrolment.person.language
    with override(language):
        lateness = lateness_in_words(told.days_late, told.penalty) if told.penalty else ""
    changed = member.released_marks.count() > 1
    _send(
        member,
        "mark_released",
        key=f"{member.pk}:{told.pk}",
        changed=changed,
        lateness=lateness,
        reason=told.reason,
    )


def send_reopened(member: SubmissionMember, until: datetime) -> None:
    """Say that the paper may be worked on again, and until when."""
    _send(member, "reopened", key=str(member.pk), until=until)


def _send(member, name, *, key, **context):
    enrolment = member.attempt.enrolment
    person, assignment = enrolment.person, member.submission.assignment
    with override(person.language):
        path = reverse("assignments:assignment", args=[enrolment.edition.code, assignment.pk])
    wording = assignment.wording(person.language)
    outbox.send(
        kind=f"assessments.{name}",
        to=person,
        template=f"assessments/email/{name}",
        context={
            "name": person.full_name,
            "course": title_in(assignment.course, person.language),
            "assignment": (wording and wording.title) or assignment.title,
            "path": path,
            **context,
        },
        key=f"assessments.{name}:{key}",
    )
