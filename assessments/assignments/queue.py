"""What waits to be marked: every submission of an edition with its state, in a number of queries that does not grow."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import Q

from accounts.models import User
from assessments.assignments.marks import (
    MarkState,
    Outcome,
    next_part,
    outcome,
    own_draft,
    submission_refusal,
)
from assessments.assignments.refusals import Refusal
from assessments.assignments.rules import Rules, days_late, rules_of
from assessments.assignments.standing import deadlines_of
from assessments.models import Assignment, Part, ReleasedMark, Similarity, Submission, SubmissionMember
from enrolments.activity_dates import activity_dates_of
from enrolments.models import Edition, Enrolment


@dataclass(frozen=True)
class QueueRow:
    """One submission as a marker finds it in the list."""

    submission: Submission
    rules: Rules
    outcome: Outcome
    people: tuple[Enrolment, ...]
    days_late: int
    share: Decimal | None
    refusal: Refusal | None
    part: Part | None
    is_begun: bool
    # Who reads the list.
    reader: User
    told: tuple[ReleasedMark, ...] = field(default=(), repr=False)

    @property
    def is_released(self) -> bool:
        """Whether the mark has been told."""
        return bool(self.told)

    @property
    def state(self) -> MarkState:
        """How far the marking has come."""
        return MarkState.RELEASED if self.is_released else self.outcome.state

    @property
    def names_are_shown(self) -> bool:
        """Whether a marker may read who handed it in."""
        return self.is_released or not self.rules.is_anonymous

    @property
    def who(self) -> str:
        """Who handed it in: names, or the code in their place."""
        if not self.names_are_shown:
            return self.submission.code
        names = ", ".join(enrolment.person.full_name for enrolment in self.people)
        return f"{self.submission.cohort}: {names}" if self.submission.cohort else names

    @property
    def waits_for_me(self) -> bool:
        """Whether this marker has something to do here."""
        return self.refusal is None and (self.is_begun or self.part is not None)

    @property
    def can_be_released(self) -> bool:
        """Whether there is a settled mark nobody was told."""
        return self.outcome.is_settled and not self.is_released and self.refusal is None

    @property
    def counts(self) -> bool:
        """Whether no later submission has taken its place."""
        return self.refusal != Refusal.REPLACED


def queue(assignment: Assignment, edition: Edition, user: User) -> list[QueueRow]:
    """Everything that others handed in for an assignment in an edition, the longest wait first."""
    own = SubmissionMember.objects.filter(attempt__enrolment__person=user).values("submission")
    handed_in = Submission.objects.handed_in().filter(assignment=assignment, edition=edition)
    return rows_of(handed_in.exclude(pk__in=own).order_by("handed_in_at", "pk"), user)


def rows_of(submissions, user: User) -> list[QueueRow]:
    """Submissions of one assignment as rows."""
    found = list(
        submissions.select_related(
            *("version", "cohort", "followed_by", "reopening", "follows__reopening")
        ).prefetch_related(
            "markings",
            "members__attempt__enrolment__person",
            "members__attempt__enrolment__edition",
            "members__released_marks",
        )
    )
    enrolments = [member.attempt.enrolment for one in found for member in one.members.all()]
    dates = activity_dates_of(enrolments)
    shares = similar(found)
    return [_row(one, dates, shares.get(one.pk), user) for one in found]


def similar(submissions: Sequence[Submission]) -> dict[int, Decimal]:
    """The largest share each has in common with any other."""
    pks = {one.pk for one in submissions}
    found: dict[int, Decimal] = {}
    pairs = Similarity.objects.filter(Q(first__in=pks) | Q(second__in=pks))
    for first, second, share in pairs.values_list("first", "second", "share"):
        for pk in pks.intersection((first, second)):
            found[pk] = max(share, found.get(pk, Decimal(0)))
    return found


def _row(submission, dates, share, user):
    rules = rules_of(submission.version)
    markings, members = list(submission.markings.all()), list(submission.members.all())
    people = tuple(member.attempt.enrolment for member in members)
    told = tuple(marks[-1] for member in members if (marks := list(member.released_marks.all())))
    return QueueRow(
        submission=submission,
        rules=rules,
        outcome=outcome(rules, markings),
        people=people,
        days_late=max((_late(submission, rules, dates, enrolment) for enrolment in people), default=0),
        share=share,
        refusal=_refusal(submission, people, user),
        part=_part(rules, markings, user),
        is_begun=own_draft(markings, user) is not None,
        reader=user,
        told=told,
    )


def _late(submission, rules, dates, enrolment):
    due_at = deadlines_of(dates[enrolment.pk, submission.assignment_id], rules, submission).due_at
    return days_late(submission.handed_in_at, due_at)


def _refusal(submission, people, user):
    own = any(enrolment.person_id == user.pk for enrolment in people)
    return submission_refusal(submission) or (Refusal.OWN_WORK if own else None)


def _part(rules, markings, user):
    part = next_part(rules, markings, user)
    return part if isinstance(part, Part) else None


def next_waiting(rows: Iterable[QueueRow], after: Submission) -> Submission | None:
    """The next submission that waits for this marker, after this one and then from the start."""
    waiting = [row.submission for row in rows if row.waits_for_me and row.submission.pk != after.pk]
    later = [one for one in waiting if (one.handed_in_at, one.pk) > (after.handed_in_at, after.pk)]
    return next(iter(later or waiting), None)


def not_handed_in(assignment: Assignment, edition: Edition) -> list[Enrolment]:
    """Who holds a place and has handed nothing in."""
    members = Submission.objects.handed_in().filter(assignment=assignment)
    have = members.values("members__attempt__enrolment")
    return list(
        Enrolment.objects.active()
        .filter(edition=edition)
        .exclude(pk__in=have)
        .select_related("person")
        .order_by("person__last_name", "person__first_name", "pk")
    )
