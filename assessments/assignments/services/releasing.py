"""Releasing marks: one by one or all that are settled. What was told is a fact; telling something else is another."""

from django.db import transaction
from django.db.models import Exists, OuterRef

from accounts.models import User
from assessments.assignments import emails
from assessments.assignments.marks import outcome, submission_refusal
from assessments.assignments.refusals import AssignmentRefused, Refusal
from assessments.assignments.rules import Rules, days_late, rules_of
from assessments.assignments.standing import deadlines_of
from assessments.models import Assignment, ReleasedMark, Submission
from enrolments.activity_dates import activity_dates_of
from enrolments.models import Edition
from enrolments.services import lock_all
from foundation.audit import services as audit
from learning import services as learning


@transaction.atomic
def release(submission: Submission, *, by: User, reason: str = "") -> list[ReleasedMark]:
    """Tell everybody who handed this in what it earned, and give their attempts that score.

    Safe to repeat: what was told already is told no second time. A different mark needs a reason.
    Raises AssignmentRefused.
    """
    people = {
        one.pk: one for one in lock_all(submission.members.values_list("attempt__enrolment", flat=True))
    }
    related = ("assignment__course", "edition", "version", "followed_by", "reopening", "follows__reopening")
    held = Submission.objects.select_for_update(of=["self"]).select_related(*related).get(pk=submission.pk)
    if refusal := submission_refusal(held):
        raise AssignmentRefused(refusal)
    rules = rules_of(held.version)
    result = outcome(rules, held.markings.all())
    if not result.is_settled:
        raise AssignmentRefused(Refusal.NOT_SETTLED)
    dates = activity_dates_of(list(people.values()), held.assignment)
    released = []
    for member in held.members.select_related("attempt__enrolment__person"):
        member.attempt.enrolment = people[member.attempt.enrolment_id]
        due_at = deadlines_of(dates[member.attempt.enrolment_id, held.assignment_id], rules, held).due_at
        told = ReleasedMark(
            member=member, released_by=by, reason=reason, **worked_out(held, rules, result, due_at)
        )
        released += _told(told, result.counting)
    return released


def worked_out(submission: Submission, rules: Rules, result, due_at) -> dict:
    """The mark of one member: what it earned, how late it was, what that takes off, what counts."""
    late = days_late(submission.handed_in_at, due_at)
    penalty = rules.penalty(late)
    return {
        "mark": result.score,
        "days_late": late,
        "penalty": penalty,
        "score": max(result.score - penalty, 0),
    }


def _told(told: ReleasedMark, counting) -> list[ReleasedMark]:
    """Write one mark down and tell it, unless it was told already."""
    member = told.member
    before = member.released_marks.last()
    same_markings = before and set(before.markings.values_list("pk", flat=True)) == {
        one.pk for one in counting
    }
    if same_markings and (before.score, before.days_late) == (told.score, told.days_late):
        return []
    if before and not told.reason.strip():
        raise AssignmentRefused(Refusal.RELEASED)
    told.save()
    told.markings.set(counting)
    learning.rescore_attempt(member.attempt, told.score, by=told.released_by, reason=told.reason)
    if before is None:  # a change is recorded with the attempt's score
        earned = {
            "person": member.attempt.enrolment.person.email,
            "score": told.score,
            "penalty": told.penalty,
        }
        audit.record(told.released_by, "assessments.release_mark", member.submission, after=earned)
    emails.send_released(told)
    return [told]


def release_all(assignment: Assignment, edition: Edition, *, by: User) -> int:
    """Release every mark of an edition that is settled and not told yet; how many submissions that were."""
    waiting = (
        Submission.objects.handed_in()
        .filter(assignment=assignment, edition=edition)
        .exclude(Exists(ReleasedMark.objects.filter(member__submission=OuterRef("pk"))))
        .select_related("version", "followed_by", "reopening")
        .prefetch_related("markings")
    )
    released = 0
    for submission in waiting:
        settled = outcome(rules_of(submission.version), submission.markings.all()).is_settled
        if settled and submission_refusal(submission) is None:
            released += bool(release(submission, by=by))
    return released
