"""Weeks as people turn them over in a timetable: from Monday to Sunday, named as ISO 8601 does (2027-W11)."""

import datetime
import re
from dataclasses import dataclass

from django.utils import timezone

NAMED = re.compile(r"(\d{4})-W(\d{2})")


@dataclass(frozen=True)
class Week:
    """Seven days from a Monday, in the zone that is current."""

    monday: datetime.date

    @property
    def sunday(self) -> datetime.date:
        """The last day."""
        return self.monday + datetime.timedelta(days=6)

    @property
    def days(self) -> list[datetime.date]:
        """The days in order."""
        return [self.monday + datetime.timedelta(days=number) for number in range(7)]

    @property
    def name(self) -> str:
        """As it stands in addresses."""
        year, number, _day = self.monday.isocalendar()
        return f"{year}-W{number:02}"

    @property
    def before(self) -> "Week":
        """The week before."""
        return Week(self.monday - datetime.timedelta(days=7))

    @property
    def after(self) -> "Week":
        """The week after."""
        return Week(self.monday + datetime.timedelta(days=7))

    @property
    def is_current(self) -> bool:
        """Whether today is in it."""
        return self == week_of(timezone.localdate())

    @property
    def bounds(self) -> tuple[datetime.datetime, datetime.datetime]:
        """The moments it begins and the next one begins."""
        start, end = (
            timezone.make_aware(datetime.datetime.combine(monday, datetime.time.min))
            for monday in (self.monday, self.after.monday)
        )
        return start, end


def week_of(day: datetime.date) -> Week:
    """The week with this day in it."""
    return Week(day - datetime.timedelta(days=day.weekday()))


def week_named(name: str) -> Week:
    """The week of this name; this week for anything that names none."""
    found = NAMED.fullmatch(name)
    if found:
        year, number = map(int, found.groups())
        # Far from the ends of what dates can be, so that the weeks beside it are dates too.
        if 1900 <= year <= 2999 and 1 <= number <= 53:
            try:
                return Week(datetime.date.fromisocalendar(year, number, 1))
            except ValueError:
                pass
    return week_of(timezone.localdate())
