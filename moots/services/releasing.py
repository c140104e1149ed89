"""Releasing results: told to all members at once, and written into the gradebook by attempts at the activity."""

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from courses.models import LessonActivity
from enrolments.services import lock_all, lock_edition
from foundation.audit import services as audit
from learning import services as learning
from moots import emails
from moots.facts import standings_of, what_is_missing
from moots.models import MemberResult, Moot, Release, TeamMember
from moots.refusals import MootRefused, Refusal
from moots.services.holding import hold_moot


def release_refusal(moot: Moot) -> MootRefused | None:
    """Why results cannot be released now, or None."""
    if missing := what_is_missing(moot):
        return MootRefused(Refusal.NOT_COMPLETE, open="; ".join(missing))
    if moot.activity and not _is_placed(moot):
        return MootRefused(Refusal.NOT_PLACED)
    return None


def _is_placed(moot):
    path = moot.edition.course.path
    placed = LessonActivity.objects.placed().filter(
        activity=moot.activity, lesson__live=True, lesson__path__startswith=path
    )
    return placed.exists()


@transaction.atomic
def release_results(moot: Moot, *, by: User, reason: str = "") -> Release:
    """Tell every member the result and give their attempts its score. Safe to repeat: nothing is told twice.

    Other results than those told before need a reason. Raises MootRefused.
    """
    lock_edition(moot.edition)
    people = {
        one.pk: one
        for one in lock_all(
            TeamMember.objects.current().filter(moot=moot).values_list("enrolment", flat=True)
        )
    }
    held = hold_moot(moot)
    if refusal := release_refusal(held):
        raise refusal
    now = timezone.now()
    standings = standings_of(held, at=now)
    scores = _scores(held, standings, people)
    before = held.releases.order_by("number").last()
    if before and _told(before) == {member.pk: score for member, score in scores}:
        return before
    if before and not reason.strip():
        raise MootRefused(Refusal.RELEASED)
    release = Release.objects.create(
        moot=held,
        number=before.number + 1 if before else 1,
        released_at=now,
        released_by=by,
        reason=reason.strip(),
    )
    for member, score in scores:
        attempt = _graded(held, member.enrolment, score, by=by, reason=reason)
        MemberResult.objects.create(release=release, member=member, score=score, attempt=attempt)
    emails.send_released(release, [member for member, _score in scores])
    after = {
        "release": release.number,
        "teams": {team.name: team.total for team in standings.teams},
    }
    audit.record(by, "moots.release", held, after=after, reason=reason)
    return release


def _told(release):
    return dict(release.results.values_list("member", "score"))


def _scores(moot, standings, people):
    """Members who hold a place, with what they take home."""
    found = []
    for member in TeamMember.objects.current().filter(moot=moot, enrolment__in=people):
        member.enrolment = people[member.enrolment_id]
        score = standings.member_score(member.team_id, member.pk)
        if member.enrolment.is_active and score is not None:
            found.append((member, score))
    return found


def _graded(moot, enrolment, score, *, by, reason):
    """The finished attempt that carries the score, or None where the court has no activity."""
    if moot.activity is None:
        return None
    attempt = enrolment.attempts.finished().filter(activity=moot.activity).order_by("number").last()
    if attempt is None:
        attempt = learning.open_attempt(enrolment, moot.activity, language=enrolment.language)
        return learning.finish_attempt(attempt, score=score)
    return learning.rescore_attempt(attempt, score, by=by, reason=reason)
