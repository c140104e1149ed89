"""Issuing, replacing and revoking awards. An award is frozen when it is issued and never edited."""

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts.models import User
from certificates import tasks
from certificates.codes import new_code
from certificates.models import Award, AwardType, CourseAward, NumberSeries
from certificates.readiness import award_type_problems
from certificates.snapshot import issue_moment, snapshot_of
from enrolments.models import Enrolment
from enrolments.services import lock
from foundation.audit import services as audit
from learning.models import CourseCompletion


def award_due(enrolment: Enrolment) -> AwardType | None:
    """The award this enrolment has earned and does not hold, or None. A printed name must have been confirmed."""
    given = CourseAward.objects.filter(course=enrolment.edition.course_id).select_related("award_type").first()
    if given is None or not CourseCompletion.objects.filter(enrolment=enrolment).exists():
        return None
    if enrolment.person.name_confirmed_at is None:
        return None
    if award_type_problems(given.award_type, enrolment.edition.course.locale.language_code):
        return None
    if enrolment.awards.filter(award_type=given.award_type).exists():
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
    completion = enrolment.course_completion
    snapshot = snapshot_of(enrolment, award_type, completion.completed_at)
    return _reserve(enrolment, award_type, snapshot, course_version=completion.course_version)


def _reserve(enrolment, award_type, snapshot, **fields):
    award = Award.objects.create(
        enrolment=enrolment,
        award_type=award_type,
        number=_next_number(),
        code=new_code(),
        snapshot=snapshot,
        issued_at=issue_moment(),
        **fields,
    )
    transaction.on_commit(lambda: tasks.store_award.enqueue(award.pk))
    return award


def _next_number() -> str:
    """The next registry number of the year. The counter's row is held until the transaction ends: no gaps."""
    year = timezone.localdate().year
    if not NumberSeries.objects.filter(year=year).update(last=F("last") + 1):
        NumberSeries.objects.get_or_create(year=year)
        NumberSeries.objects.filter(year=year).update(last=F("last") + 1)
    return f"UNI-{year}-{NumberSeries.objects.get(year=year).last:06d}"


@transaction.atomic
def revoke(award: Award, *, by: User, reason: str) -> None:
    """Declare the award void from now on, with a reason. Its row and file stay. Safe to repeat."""
    lock(award.enrolment)
    award = Award.objects.select_for_update().get(pk=award.pk)
    if award.revoked_at:
        return
    award.revoked_at = timezone.now()
    award.revocation_reason = reason
    award.save(update_fields=["revoked_at", "revocation_reason"])
    audit.record(by, "certificates.revoke", award, reason=reason, before={"valid": True}, after={"valid": False})


@transaction.atomic
def replace(award: Award, *, by: User, reason: str) -> Award:
    """Issue the award anew with what is true now (a corrected name, say); the old one says it was replaced.

    Safe to repeat: an award already replaced gives its successor.
    """
    enrolment = lock(award.enrolment)
    award = Award.objects.select_for_update().get(pk=award.pk)
    if award.superseded_at:
        return award.superseded_by
    award.superseded_at = timezone.now()
    award.save(update_fields=["superseded_at"])
    completion = enrolment.course_completion
    snapshot = snapshot_of(enrolment, award.award_type, completion.completed_at)
    newer = _reserve(enrolment, award.award_type, snapshot, course_version=completion.course_version, supersedes=award)
    audit.record(by, "certificates.replace", award, reason=reason, after={"by": newer.number})
    return newer
