"""Editions as a whole: held again on other dates, cancelled."""

import datetime
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from enrolments.models import ActivitySchedule, Edition
from enrolments.models.schedules import MOMENTS
from enrolments.moved_dates import moved
from enrolments.services.holding import lock_edition
from foundation.audit import services as audit


@transaction.atomic
def copy_edition(edition: Edition, *, code: str, name: str, starts_on: datetime.date, by: User) -> Edition:
    """Make a new edition like this one with every date moved by the same number of days.

    People stay behind, with what was granted to them, and so do the passwords of activities: some know them already.
    """
    days = (starts_on - edition.starts_on).days
    zone = ZoneInfo(edition.time_zone)
    copy = Edition.objects.get(pk=edition.pk)
    copy.pk, copy.code, copy.name, copy.starts_on = None, code, name, starts_on
    copy._state.adding = True
    for field in ("ends_on", "enrolment_opens_on", "enrolment_closes_on"):
        setattr(copy, field, moved(getattr(edition, field), days))
    copy.cancelled_at, copy.copied_from = None, edition
    copy.full_clean()
    copy.save()
    copy.expected_results.set(edition.expected_results.all())
    copy.partners.set(edition.partners.all())
    for schedule in edition.schedules.all():
        ActivitySchedule.objects.create(
            edition=copy,
            activity_id=schedule.activity_id,
            **{f"{name}_at": moved(getattr(schedule, f"{name}_at"), days, zone) for name in MOMENTS},
            **{f"{name}_after_days": getattr(schedule, f"{name}_after_days") for name in MOMENTS},
        )
    audit.record(
        by, "enrolments.copy_edition", copy, after={"from": edition.code, "starts_on": starts_on.isoformat()}
    )
    return copy


@transaction.atomic
def cancel_edition(edition: Edition, *, by: User, reason: str) -> None:
    """Take the edition off the catalogue and close its classroom; nothing is deleted. Safe to repeat."""
    edition = lock_edition(edition)
    if edition.cancelled_at:
        return
    edition.cancelled_at = timezone.now()
    edition.save(update_fields=["cancelled_at"])
    audit.record(by, "enrolments.cancel_edition", edition, reason=reason)
