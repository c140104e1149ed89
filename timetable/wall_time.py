"""From the time on a wall to the moment it means. Knows days when the clock jumps; knows no session."""

import datetime
from zoneinfo import ZoneInfo


class NoSuchTime(ValueError):
    """On that day the clock there leaps over this time."""


def moment_of(day: datetime.date, time: datetime.time, zone: str) -> datetime.datetime:
    """The moment in UTC when a clock of that zone shows this; the first of two when it is set back.

    Raises NoSuchTime for a time that the clock leaps over when it is set forward.
    """
    local = datetime.datetime.combine(day, time.replace(tzinfo=None, fold=0), ZoneInfo(zone))
    moment = local.astimezone(datetime.UTC)
    if moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None) != local.replace(tzinfo=None):
        raise NoSuchTime(f"{local:%Y-%m-%d %H:%M} {zone}")
    return moment
