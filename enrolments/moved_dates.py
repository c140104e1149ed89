"""What the dates of an edition become when it is held again on another day."""

import datetime
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from enrolments.models import ActivitySchedule, Edition
from enrolments.models.schedules import MOMENTS

DATES = ("starts_on", "ends_on", "enrolment_opens_on", "enrolment_closes_on")


@dataclass(frozen=True)
class MovedDate:
    """One date of the edition or of an activity, before and after."""

    label: str
    activity: str
    before: datetime.date | datetime.datetime
    after: datetime.date | datetime.datetime


def moved(moment, days: int, zone: ZoneInfo | None = None):
    """The day or moment some days later, at the same hour of the clock on the wall; None stays None."""
    if moment is None:
        return None
    return (moment.astimezone(zone) if zone else moment) + datetime.timedelta(days=days)


def moved_dates(edition: Edition, starts_on: datetime.date) -> list[MovedDate]:
    """Every date of the edition with what it becomes when the edition starts on that day."""
    days = (starts_on - edition.starts_on).days
    zone = ZoneInfo(edition.time_zone)
    found = [_of(edition, field, "", days) for field in DATES if getattr(edition, field)]
    for schedule in edition.schedules.select_related("activity").order_by("activity__title", "pk"):
        found += [
            _of(schedule, f"{moment}_at", schedule.activity.title, days, zone)
            for moment in MOMENTS
            if getattr(schedule, f"{moment}_at")
        ]
    return found


def _of(row: Edition | ActivitySchedule, field, activity, days, zone=None):
    before = getattr(row, field)
    label = str(row._meta.get_field(field).verbose_name)
    return MovedDate(label, activity, before.astimezone(zone) if zone else before, moved(before, days, zone))
