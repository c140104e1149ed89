"""On which days something happens every week or every few weeks. Pure: knows no session and no clock."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

MOST_DAYS = 400


@dataclass(frozen=True)
class Pattern:
    """Some days of every n-th week between two days, except a few."""

    weekdays: frozenset[int]  # ISO 8601: Monday is 1
    first_on: datetime.date
    last_on: datetime.date
    every_weeks: int = 1
    without: frozenset[datetime.date] = frozenset()

    def days(self) -> list[datetime.date]:
        """The days in order; the week of the first day is the first week."""
        return [day for day in self._all_days() if day not in self.without]

    def _all_days(self) -> Iterator[datetime.date]:
        monday = self.first_on - datetime.timedelta(days=self.first_on.isoweekday() - 1)
        for offset in range((self.last_on - self.first_on).days + 1):
            day = self.first_on + datetime.timedelta(days=offset)
            week = (day - monday).days // 7
            if week % self.every_weeks == 0 and day.isoweekday() in self.weekdays:
                yield day
