"""Granting somebody more time, more attempts or other dates, and ending it."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from courses.models import Activity
from enrolments import tasks
from enrolments.activity_dates import NO_DATES, activity_dates, edition_dates
from enrolments.models import Accommodation, Cohort, Edition, Enrolment
from enrolments.models.accommodations import DATES, TERMS
from enrolments.models.schedules import IN_ORDER
from enrolments.refusals import AccommodationRefusal, AccommodationRefused
from enrolments.services.holding import lock_all, lock_edition
from enrolments.signals import accommodation_changed
from foundation.audit import services as audit


@transaction.atomic
def grant_accommodation(
    edition: Edition,
    *,
    by: User,
    reason: str,
    enrolment: Enrolment | None = None,
    cohort: Cohort | None = None,
    activity: Activity | None = None,
    **terms: int | datetime | None,
) -> Accommodation:
    """Grant a person or a cohort the terms given, for one activity or all, or raise AccommodationRefused.

    `terms` are fields of the accommodation: extra_time_percent, extra_minutes, extra_attempts, opens_at, due_at,
    closes_at. Safe to repeat: what holds already is returned.
    """
    edition = lock_edition(edition)
    if cohort:
        cohort = Cohort.objects.get(pk=cohort.pk)
    held = lock_all(_affected(enrolment, cohort))
    wanted = Accommodation(
        edition=edition,
        enrolment=enrolment and next(iter(held), enrolment),
        cohort=cohort,
        activity=activity,
        reason=reason.strip(),
        granted_by=by,
        **{field: value for field, value in terms.items() if value is not None},
    )
    before = _standing(wanted)
    refusal = _grantee_refusal(wanted) or _terms_refusal(wanted, before)
    if refusal:
        raise AccommodationRefused(refusal)
    existing = _same(wanted)
    if existing:
        return existing
    wanted.full_clean(exclude=["granted_by"])
    wanted.save(force_insert=True)
    _announce(wanted, held)
    transaction.on_commit(lambda: tasks.tell_granted.enqueue(wanted.pk))
    audit.record(
        by,
        "enrolments.grant_accommodation",
        wanted,
        reason=wanted.reason,
        before={field: getattr(before, field) for field in wanted.terms} if activity else None,
        after=_described(wanted),
    )
    return wanted


@transaction.atomic
def end_accommodation(accommodation: Accommodation, *, by: User, reason: str) -> None:
    """End what was granted, with a reason; the row stays. What has begun under it is for the apps above to judge."""
    edition = lock_edition(accommodation.edition)
    related = Accommodation.objects.select_related("enrolment__person", "cohort", "activity")
    accommodation = related.get(pk=accommodation.pk)
    if accommodation.ended_at:
        return
    if not reason.strip():
        raise AccommodationRefused(AccommodationRefusal.NO_REASON)
    accommodation.edition = edition
    held = lock_all(_affected(accommodation.enrolment, accommodation.cohort))
    accommodation.ended_at, accommodation.ended_by = timezone.now(), by
    accommodation.ended_reason = reason.strip()
    accommodation.save(update_fields=["ended_at", "ended_by", "ended_reason"])
    _announce(accommodation, held)
    audit.record(
        by,
        "enrolments.end_accommodation",
        accommodation,
        reason=accommodation.ended_reason,
        before=_described(accommodation),
        after={"ended_at": accommodation.ended_at},
    )


def _affected(enrolment, cohort):
    if cohort:
        return cohort.members.current().values_list("enrolment", flat=True)
    return [enrolment.pk] if enrolment else []


def _announce(accommodation, held):
    accommodation_changed.send(
        sender=Accommodation,
        edition=accommodation.edition,
        enrolment_ids=frozenset(enrolment.pk for enrolment in held),
    )


def _standing(wanted):
    """The dates and allowances that hold for the grantee before the grant; of a cohort, those of the edition."""
    if wanted.activity is None:
        return NO_DATES
    if wanted.enrolment:
        return activity_dates(wanted.enrolment, wanted.activity)
    schedule = wanted.edition.schedules.filter(activity=wanted.activity).first()
    return edition_dates(schedule, None)


def _grantee_refusal(wanted):
    if bool(wanted.enrolment) == bool(wanted.cohort):
        return AccommodationRefusal.ONE_GRANTEE
    if (wanted.enrolment or wanted.cohort).edition_id != wanted.edition.pk:
        return AccommodationRefusal.OTHER_EDITION
    if wanted.enrolment and not wanted.enrolment.is_active:
        return AccommodationRefusal.NOT_HERE
    if wanted.cohort and wanted.cohort.closed_at:
        return AccommodationRefusal.COHORT_CLOSED
    return None


def _terms_refusal(wanted, before):
    if not wanted.reason:
        return AccommodationRefusal.NO_REASON
    if not wanted.terms:
        return AccommodationRefusal.NOTHING
    if wanted.activity and not _is_taught(wanted.activity, wanted.edition):
        return AccommodationRefusal.OTHER_COURSE
    given = [getattr(wanted, f"{moment}_at") or getattr(before, f"{moment}_at") for moment in IN_ORDER]
    dates = [moment for moment in given if moment]
    if any(getattr(wanted, field) for field in DATES) and dates != sorted(dates):
        return AccommodationRefusal.OUT_OF_ORDER
    return None


def _is_taught(activity, edition):
    if activity.course_id == edition.course_id:
        return True
    return activity.placements.placed().filter(lesson__path__startswith=edition.course.path).exists()


def _same(wanted):
    """What was granted already in the same words, so that a double click grants once."""
    fields = ("edition", "enrolment", "cohort", "activity", "reason", *TERMS)
    return (
        Accommodation.objects.current().filter(**{field: getattr(wanted, field) for field in fields}).first()
    )


def _described(accommodation):
    """The grant as the audit log keeps it."""
    enrolment = accommodation.enrolment
    return {
        "for": enrolment.person.email if enrolment else str(accommodation.cohort),
        "activity": str(accommodation.activity) if accommodation.activity else None,
        **accommodation.terms,
    }
