"""Handing in: once, for everybody in the group, whoever clicks first."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import ngettext

from assessments.assignments import emails, tasks
from assessments.assignments.groups import members_of
from assessments.assignments.publishing import current_version
from assessments.assignments.refusals import AssignmentRefused, Refusal
from assessments.assignments.rules import Rules, rules_of, word_count
from assessments.assignments.standing import assignment_standing
from assessments.models import Accepts, Submission, SubmissionMember
from enrolments.models import Enrolment
from enrolments.services import lock_all, lock_edition
from learning import services as learning


@dataclass(frozen=True)
class HandIn:
    """What became of handing in: the submission, and whether this very call handed it in."""

    submission: Submission
    is_new: bool


def contents_refusal(submission: Submission, rules: Rules) -> AssignmentRefused | None:
    """Why a draft cannot be handed in as it is, or None."""
    words, files = word_count(submission.text), submission.files.count()
    refusal = _what_is_missing(rules, bool(submission.text.strip()), bool(files))
    if refusal:
        return AssignmentRefused(refusal)
    if not rules.takes_text or not words:
        return None
    counts = {"count": words, "wanted": rules.words_wanted}
    if (rules.max_words and words > rules.max_words) or (rules.min_words and words < rules.min_words):
        sentence = ngettext(
            "Your text has %(count)s word. Wanted: %(wanted)s.",
            "Your text has %(count)s words. Wanted: %(wanted)s.",
            words,
        )
        return AssignmentRefused(Refusal.NO_TEXT, sentence % counts)
    return None


def _what_is_missing(rules, has_text, has_files):
    has_text, has_files = has_text and rules.takes_text, has_files and rules.takes_files
    if not has_text and not has_files:
        return Refusal.NOTHING
    if rules.accepts == Accepts.BOTH and not has_text:
        return Refusal.NO_TEXT
    if rules.accepts == Accepts.BOTH and not has_files:
        return Refusal.NO_FILE
    return None


@transaction.atomic
def hand_in(submission: Submission, enrolment: Enrolment) -> HandIn:
    """Hand a draft in for this learner or their whole group. Safe to repeat: who comes second finds it handed in.

    Raises AssignmentRefused or LearningRefused.
    """
    now = timezone.now()  # waiting for the lock makes nobody late
    everybody = _hold_everybody(submission, enrolment)
    held = (
        Submission.objects.select_for_update(of=["self"])
        .select_related("assignment__course", "edition", "handed_in_by", "follows__reopening", "cohort")
        .get(pk=submission.pk)
    )
    if held.handed_in_at:
        return HandIn(held, is_new=False)
    if enrolment.pk not in {one.pk for one in everybody}:
        raise AssignmentRefused(Refusal.NOT_IN_GROUP)
    standing = assignment_standing(enrolment, held.assignment, now=now)
    if standing.refusal:
        raise AssignmentRefused(standing.refusal)
    version = current_version(held.assignment)
    if problem := contents_refusal(held, rules_of(version)):
        raise problem
    held.handed_in_at, held.handed_in_by, held.version = now, enrolment.person, version
    held.save(update_fields=["handed_in_at", "handed_in_by", "version"])
    _hand_in_for(held, everybody)
    transaction.on_commit(lambda: tasks.compare_submission.enqueue(held.pk), robust=True)
    for member in held.members.select_related("attempt__enrolment__person"):
        emails.send_receipt(member)
    return HandIn(held, is_new=True)


def _hold_everybody(submission: Submission, enrolment: Enrolment) -> list[Enrolment]:
    """Lock everybody whom it is handed in for, in the order all locks are taken in."""
    if submission.cohort_id is None:
        return lock_all([enrolment.pk])
    lock_edition(submission.edition)
    return lock_all([member.pk for member in members_of(submission.cohort)])


def _hand_in_for(submission: Submission, everybody: list[Enrolment]) -> None:
    """Finish an attempt of each, and let go of those who have left the group."""
    assignment = submission.assignment
    handed_in = []
    for enrolment in everybody:
        attempts = enrolment.attempts.filter(activity=assignment)
        if attempts.exists() and not attempts.filter(finished_at=None).exists():
            continue  # has handed in with another group
        attempt = learning.open_attempt(
            enrolment, assignment, language=submission.language, version=submission.version
        )
        SubmissionMember.objects.update_or_create(attempt=attempt, defaults={"submission": submission})
        learning.finish_attempt(attempt, score=None)
        handed_in.append(enrolment.pk)
    submission.members.exclude(attempt__enrolment__in=handed_in).delete()
