"""How a learner stands with one assignment: dates, draft, what was handed in, the mark once it is released."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import TextChoices
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from assessments.assignments.groups import group_of, members_of
from assessments.assignments.publishing import current_version
from assessments.assignments.refusals import Refusal
from assessments.assignments.rules import Rules, days_late, rules_of, word_count
from assessments.models import Assignment, ReleasedMark, Submission, SubmissionMember
from courses.models import ActivityVersion
from enrolments.activity_dates import activity_dates
from enrolments.models import Cohort, Enrolment


class Stage(TextChoices):
    """Where a submission is."""

    TO_DO = "to_do", _("Not begun")
    DRAFT = "draft", _("Draft")
    HANDED_IN = "handed_in", _("Handed in, waiting to be marked")
    RELEASED = "released", _("Marked")


@dataclass(frozen=True)
class Deadlines:
    """When it opens, is due and is no longer accepted, for one person."""

    opens_at: datetime | None
    due_at: datetime | None
    accepted_until: datetime | None
    is_extended: bool = False

    def refusal(self, now: datetime) -> Refusal | None:
        """Why nothing can be handed in at this moment, or None."""
        if self.opens_at and now < self.opens_at:
            return Refusal.NOT_OPEN
        if self.accepted_until and now > self.accepted_until:
            return Refusal.CLOSED
        return None


def deadlines_of(dates, rules: Rules, submission: Submission | None = None) -> Deadlines:
    """The deadlines from a person's dates; a reopened submission has its own."""
    reopening = (
        getattr(submission.follows, "reopening", None) if submission and submission.follows_id else None
    )
    if reopening:
        return Deadlines(None, reopening.until, reopening.until, is_extended=True)
    until = rules.accepted_until(dates.due_at, dates.closes_at)
    return Deadlines(dates.opens_at, dates.due_at, until, dates.due_is_extended or dates.closing_is_extended)


@dataclass(frozen=True)
class AssignmentStanding:
    """One learner and one assignment."""

    enrolment: Enrolment
    assignment: Assignment
    version: ActivityVersion | None
    group: Cohort | None
    submission: Submission | None
    member: SubmissionMember | None
    deadlines: Deadlines
    refusal: Refusal | None

    @cached_property
    def rules(self) -> Rules:
        """The rules that hold: those it was handed in under, else those published now."""
        return rules_of(self.version)

    @property
    def stage(self) -> Stage:
        """Where it is."""
        if self.submission is None:
            return Stage.TO_DO
        if self.submission.handed_in_at is None:
            return Stage.DRAFT
        return Stage.RELEASED if self.released else Stage.HANDED_IN

    @cached_property
    def released(self) -> ReleasedMark | None:
        """The mark as last told."""
        return self.member.released_marks.last() if self.member else None

    @cached_property
    def group_members(self) -> list[Enrolment]:
        """Who hands in together: those it was handed in by, else the group as it is now."""
        if self.submission and self.submission.handed_in_at:
            members = self.submission.members.select_related("attempt__enrolment__person")
            return [member.attempt.enrolment for member in members]
        return members_of(self.group) if self.group else []

    @property
    def words(self) -> int:
        """How long the text is."""
        return word_count(self.submission.text) if self.submission else 0

    @property
    def days_late(self) -> int:
        """Days late as it was handed in, or as it would be now."""
        handed_in_at = self.submission.handed_in_at if self.submission else None
        return days_late(handed_in_at or timezone.now(), self.deadlines.due_at)

    @property
    def is_draft(self) -> bool:
        """Whether a draft may still be worked on."""
        return self.stage == Stage.DRAFT


def assignment_standing(
    enrolment: Enrolment, assignment: Assignment, *, now: datetime | None = None
) -> AssignmentStanding:
    """Work out how the learner stands with the assignment, now or at a moment."""
    version = current_version(assignment)
    member = (
        SubmissionMember.objects.filter(attempt__enrolment=enrolment, attempt__activity=assignment)
        .select_related("submission__version__assignment_version__rubric_version")
        .select_related("submission__follows__reopening", "submission__handed_in_by", "submission__saved_by")
        .select_related("submission__cohort", "attempt")
        .order_by("-attempt__number")
        .first()
    )
    submission = member.submission if member else None
    if submission and submission.version:
        version = submission.version
    rules = rules_of(version) if version else None
    group = group_of(enrolment) if rules and rules.by_group else None
    dates = activity_dates(enrolment, assignment)
    deadlines = (
        deadlines_of(dates, rules, submission)
        if rules
        else Deadlines(dates.opens_at, dates.due_at, dates.closes_at)
    )
    refusal = _refusal(assignment, rules, group, submission) or deadlines.refusal(now or timezone.now())
    return AssignmentStanding(enrolment, assignment, version, group, submission, member, deadlines, refusal)


def _refusal(assignment, rules, group, submission):
    """Why nothing can be written or handed in, whatever the dates, or None."""
    if rules is None or not assignment.live:
        return Refusal.NOT_PUBLISHED
    if submission and submission.handed_in_at:
        return Refusal.HANDED_IN
    if rules.by_group and group is None:
        return Refusal.NO_GROUP
    if rules.by_group and submission is None and _group_has_handed_in(assignment, group):
        return Refusal.GROUP_HANDED_IN
    return None


def _group_has_handed_in(assignment, group):
    newest = Submission.objects.filter(assignment=assignment, cohort=group).newest().first()
    return newest is not None and newest.handed_in_at is not None
