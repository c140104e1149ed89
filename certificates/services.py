"""Issuing, replacing and revoking awards. An award is frozen when it is issued and never edited."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import services as accounts
from accounts.models import User
from certificates import emails, tasks
from certificates.codes import new_code
from certificates.designing import printed_with
from certificates.earning import Obstacle, earned_at, standing_of
from certificates.models import (
    Award,
    AwardType,
    CourseAward,
    NumberSeries,
    Occasion,
    OccasionKind,
)
from certificates.printing import name_refusal
from certificates.readiness import award_type_problems, printing_problems
from certificates.snapshot import earned_at_of, issue_moment, renamed, snapshot_of
from courses.models import CoursePage
from enrolments.models import Enrolment
from enrolments.services import lock, lock_all
from foundation.audit import services as audit


class AwardRefused(Exception):
    """Something cannot be done with an award now; `str()` says why, for people."""


def award_due(enrolment: Enrolment) -> AwardType | None:
    """The award this enrolment has earned and never had, or None. A printed name must have been confirmed."""
    given = (
        CourseAward.objects.filter(course=enrolment.edition.course_id).select_related("award_type").first()
    )
    if given is None or not standing_of(enrolment, given.award_type).qualifies:
        return None
    return given.award_type


@transaction.atomic
def issue_award_due(enrolment: Enrolment) -> Award | None:
    """Issue what the enrolment has earned, once. Safe to repeat: number and snapshot are reserved together.

    An enrolment whose award was revoked gets none by itself: only staff may replace it.
    """
    enrolment = lock(enrolment)
    award_type = award_due(enrolment)
    if award_type is None:
        return None
    return _issue(enrolment, award_type, earned_at(enrolment, award_type))


@transaction.atomic
def issue_by_decision(enrolment: Enrolment, award_type: AwardType, *, by: User, reason: str) -> Award | None:
    """Give somebody an award because staff decided so, or because the rule is met. Safe to repeat.

    Raises AwardRefused with what stands in the way; somebody who has the award already gets it no second time.
    """
    enrolment = lock(enrolment)
    standing = standing_of(enrolment, award_type, decided=True)
    if standing.obstacle == Obstacle.HAS_IT:
        return None
    _refuse_to_decide_about_oneself(enrolment.person, award_type, by)
    if standing.obstacle:
        raise AwardRefused(f"{enrolment.person}: {standing.obstacle.label}")
    award = _issue(enrolment, award_type, earned_at(enrolment, award_type))
    audit.record(by, "certificates.decide", award, reason=reason, after={"award": award_type.name})
    return award


def occasion_for(person: User | None, *, key: UUID, kind: OccasionKind, titles: dict[str, str]) -> Occasion:
    """The occasion with this key, made where there is none: whoever asks twice with one key gets one occasion."""
    occasion, _made = Occasion.objects.get_or_create(
        key=key, defaults={"person": person, "kind": kind, "titles": titles}
    )
    if occasion.person_id != (person and person.pk):
        raise AwardRefused(_("This occasion is somebody else's. Nothing was issued."))
    return occasion


@transaction.atomic
def issue_for(
    occasion: Occasion, award_type: AwardType, snapshot: dict, *, by: User, reason: str, anew: bool = False
) -> Award:
    """Give somebody an award or a paper for what is no enrolment, once: number and snapshot are reserved together.

    Safe to repeat: what was given already is given back. `anew` replaces it by one that says what is true now.
    The snapshot holds all that will ever be said (see `certificates.snapshot.occasion_snapshot`); the paper is drawn,
    signed and stored in the background as every other. Raises AwardRefused.
    """
    occasion = _lock_occasion(occasion)
    _refuse_to_decide_about_oneself(occasion.person, award_type, by)
    standing = Award.objects.filter(occasion=occasion, award_type=award_type, superseded_at=None).first()
    if standing and not _is_to_be_replaced(standing, snapshot, anew):
        return standing
    if standing and standing.erasure_asked_at:
        raise AwardRefused(replacement_refusal(standing))
    if problems := award_type_problems(award_type, snapshot["languages"][0]):
        raise AwardRefused(problems[0])
    if refusal := name_refusal(snapshot["name"]):
        raise AwardRefused(refusal)
    if standing:
        _supersede(standing)
    award = _reserve(occasion, award_type, snapshot, **_following(standing))
    audit.record(by, "certificates.issue_for", award, reason=reason, after={"award": award_type.name})
    return award


def _is_to_be_replaced(standing, snapshot, anew):
    """A second click on the same button finds that nothing is new."""
    return anew and (standing.revoked_at is not None or standing.snapshot != snapshot)


def _lock_occasion(occasion):
    held = Occasion.objects.select_for_update(of=["self"]).select_related("person")
    return held.get(pk=occasion.pk)


@transaction.atomic
def confirm_name(person: User, name: str) -> None:
    """Keep the name as the person wants it printed, and issue what waited for it.

    The enrolments are held before the person is, as where staff correct a name: neither waits for the other for ever.
    """
    lock_all(list(Enrolment.objects.of(person).values_list("pk", flat=True)))
    accounts.confirm_name(person, name)


def _refuse_to_decide_about_oneself(person, award_type, by):
    """Papers state what others decided; awards are decided about by somebody else."""
    if person == by and not award_type.is_paper:
        raise AwardRefused(_("Nobody decides about an award of their own. Ask somebody else."))


def _issue(enrolment, award_type, earned_at, *, replaces=None):
    """Freeze and number an award."""
    completion = getattr(enrolment, "course_completion", None)
    snapshot = snapshot_of(enrolment, award_type, earned_at, replaces=replaces)
    version = completion.course_version if completion else None
    return _reserve(enrolment, award_type, snapshot, course_version=version, **_following(replaces))


def _following(earlier):
    """What a new award takes over from the one it replaces: what staff hold back stays held back."""
    return {"supersedes": earlier, "email_held_at": earlier.email_held_at} if earlier else {}


def _supersede(award):
    award.superseded_at = timezone.now()
    award.save(update_fields=["superseded_at"])


def _reserve(given_for, award_type, snapshot, **fields):
    named = "occasion" if isinstance(given_for, Occasion) else "enrolment"
    award = Award.objects.create(
        **{named: given_for},
        award_type=award_type,
        design_version=printed_with(award_type),
        number=_next_number(award_type.number_prefix),
        code=new_code(),
        snapshot=snapshot,
        valid_until=date.fromisoformat(snapshot["valid_until"]) if snapshot["valid_until"] else None,
        issued_at=issue_moment(),
        **fields,
    )
    transaction.on_commit(lambda: tasks.store_award.enqueue(award.pk))
    return award


def _next_number(prefix: str) -> str:
    """The next registry number of a series and year. Its counter is held until the transaction ends: no gaps."""
    year = timezone.localdate(timezone=timezone.get_default_timezone()).year
    series = NumberSeries.objects.filter(prefix=prefix, year=year)
    if not series.update(last=F("last") + 1):
        NumberSeries.objects.get_or_create(prefix=prefix, year=year)
        series.update(last=F("last") + 1)
    return f"{prefix}-{year}-{series.get().last:06d}"


@transaction.atomic
def revoke(award: Award, *, by: User, reason: str) -> None:
    """Declare the award void from now on, with a reason that the person is told. Safe to repeat.

    Its row and file stay. Raises AwardRefused for an award that a newer one has replaced: that one is to be revoked.
    """
    award = hold(award, by)
    if award.revoked_at:
        return
    if award.superseded_at:
        raise AwardRefused(
            _("%(number)s was replaced by %(newer)s. Revoke %(newer)s instead.")
            % {"number": award.number, "newer": award.superseded_by.number}
        )
    award.revoked_at = timezone.now()
    award.revocation_reason = reason
    award.save(update_fields=["revoked_at", "revocation_reason"])
    audit.record(
        by, "certificates.revoke", award, reason=reason, before={"valid": True}, after={"valid": False}
    )
    emails.send_revoked(award)


def hold(award: Award, by: User) -> Award:
    """The award, held with what it was given for until the transaction ends, for somebody else to decide about.

    Raises AwardRefused where it is one's own.
    """
    given_for = lock(award.enrolment) if award.enrolment else _lock_occasion(award.occasion)
    _refuse_to_decide_about_oneself(given_for.person, award.award_type, by)
    held = Award.objects.select_for_update(of=("self",))
    return held.select_related("award_type", "enrolment__edition__course", "occasion").get(pk=award.pk)


def replacement_refusal(award: Award) -> str | None:
    """Why the award cannot be issued anew, or None if it can. A retired award type still can."""
    if award.erasure_asked_at:
        return _("The name and the file of %(number)s were erased. No new paper is made.") % {
            "number": award.number
        }
    if award.is_past:
        return _(
            "%(number)s was given before this site kept the register: no new paper is drawn for it. "
            "Correct the entry instead."
        ) % {"number": award.number}
    if award.award_type.is_paper:
        return _("%(number)s is made anew where it was asked for, with what is true now.") % {
            "number": award.number
        }
    problems = printing_problems(award.award_type, _language_of(award))
    return problems[0] if problems else None


def _language_of(award):
    if award.enrolment_id:
        return award.enrolment.edition.course.locale.language_code
    return award.snapshot["languages"][0]


@transaction.atomic
def replace(award: Award, *, by: User, reason: str, name: str = "") -> Award:
    """Issue the award anew with what is true now, or with a corrected name; the old one says it was replaced.

    The day it was earned, the day it ends and the grade stay those of the old one.
    Safe to repeat: an award already replaced gives its successor. Raises AwardRefused.
    """
    award = hold(award, by)
    if award.superseded_at:
        return award.superseded_by
    if refusal := replacement_refusal(award) or (name and name_refusal(name)):
        raise AwardRefused(refusal)
    if name and award.holder:
        accounts.correct_name(award.holder, name, by=by, reason=reason)
    _supersede(award)
    newer = _issued_anew(award, name)
    audit.record(by, "certificates.replace", award, reason=reason, after={"by": newer.number})
    return newer


def _issued_anew(award, name):
    if award.enrolment_id:
        return _issue(award.enrolment, award.award_type, earned_at_of(award), replaces=award)
    snapshot = renamed(award.snapshot, name)
    return _reserve(award.occasion, award.award_type, snapshot, **_following(award))


@transaction.atomic
def give_award(course: CoursePage, award_type: AwardType | None, *, by: User, reason: str) -> None:
    """Say which award a course gives from now on, or none. Awards already issued stay as they are."""
    course = course.canonical
    given = CourseAward.objects.select_for_update().filter(course=course).first()
    before = given.award_type if given else None
    if before == award_type:
        return
    if award_type is None:
        given.delete()
    else:
        CourseAward.objects.update_or_create(
            course=course, defaults={"award_type": award_type, "given_since": timezone.now()}
        )
    audit.record(
        by,
        "certificates.give_award",
        course,
        reason=reason,
        before={"award": before and before.name},
        after={"award": award_type and award_type.name},
    )


@transaction.atomic
def retire(award_type: AwardType, *, by: User, reason: str) -> None:
    """No course may promise this award any more; those issued stay valid. Safe to repeat."""
    if award_type.retired_at:
        return
    award_type.retired_at = timezone.now()
    AwardType.objects.filter(pk=award_type.pk).update(retired_at=award_type.retired_at)
    audit.record(
        by,
        "certificates.retire",
        award_type,
        reason=reason,
        before={"retired": False},
        after={"retired": True},
    )


@transaction.atomic
def reinstate(award_type: AwardType, *, by: User, reason: str) -> None:
    """Courses may promise a retired award again. Safe to repeat."""
    if award_type.retired_at is None:
        return
    award_type.retired_at = None
    AwardType.objects.filter(pk=award_type.pk).update(retired_at=None)
    audit.record(
        by,
        "certificates.reinstate",
        award_type,
        reason=reason,
        before={"retired": True},
        after={"retired": False},
    )
