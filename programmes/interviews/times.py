"""Wall times in a zone as moments. A time that a change of clocks skips or repeats is refused: nobody could keep it."""

import datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _


class NoSuchTime(ValueError):
    """A wall time that does not exist, or exists twice, on that day in that zone."""


def moment_of(day: datetime.date, time: datetime.time, zone: str) -> datetime.datetime:
    """The moment, in UTC, at which clocks in the zone show this time."""
    place = ZoneInfo(zone)
    first = datetime.datetime.combine(day, time, tzinfo=place)
    second = first.replace(fold=1)
    if first.utcoffset() != second.utcoffset():
        raise NoSuchTime(
            _("%(time)s on %(day)s falls into the change of clocks in %(zone)s. Choose another time.")
            % {"time": f"{time:%H:%M}", "day": day.isoformat(), "zone": zone}
        )
    return first.astimezone(datetime.UTC)


def slot_starts(
    day: datetime.date,
    first: datetime.time,
    last_end: datetime.time,
    *,
    minutes: int,
    pause: int,
    zone: str,
) -> list[datetime.datetime]:
    """When slots begin, one after another with a pause between, as long as they end by `last_end`."""
    at = moment_of(day, first, zone)
    end = moment_of(day, last_end, zone)
    length, step = datetime.timedelta(minutes=minutes), datetime.timedelta(minutes=minutes + pause)
    found = []
    while at + length <= end:
        found.append(at)
        at += step
    return found
