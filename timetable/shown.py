"""The timetable of one person, week by week, as the page shows it: every time on the reader's own clock."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone

from courses.titles import titles_in
from timetable.models import Session, SessionQuerySet
from timetable.weeks import Week, week_of


@dataclass(frozen=True)
class SessionShown:
    """One session as one reader sees it."""

    session: Session
    course: str
    is_lecturer: bool

    @property
    def course_url(self) -> str:
        """Its classroom, for those who learn there."""
        return "" if self.is_lecturer else reverse("learning:outline", args=[self.session.edition.code])

    @property
    def starts(self) -> datetime.datetime:
        """When it begins for the reader."""
        return timezone.localtime(self.session.starts_at)

    @property
    def ends(self) -> datetime.datetime:
        """When it ends for the reader."""
        return timezone.localtime(self.session.ends_at)

    @property
    def is_over(self) -> bool:
        """Whether it has ended."""
        return self.session.ends_at <= timezone.now()


@dataclass(frozen=True)
class DayShown:
    """The sessions of a day."""

    day: datetime.date
    sessions: tuple[SessionShown, ...]

    @property
    def is_today(self) -> bool:
        """Whether the reader is in it."""
        return self.day == timezone.localdate()


@dataclass(frozen=True)
class WeekShown:
    """A week with what is in it; when it is empty, the week with the next session."""

    week: Week
    days: tuple[DayShown, ...]
    next_with_sessions: Week | None


def with_details(sessions: SessionQuerySet) -> SessionQuerySet:
    """With all that is said of a session, in a number of queries that does not grow."""
    related = sessions.select_related("edition__course__locale", "cohort", "room__campus")
    return related.prefetch_related("lecturers__person").in_order()


def week_shown(sessions: SessionQuerySet, week: Week, *, reader, language: str) -> WeekShown:
    """The sessions of a week, day by day. Days with nothing are left out."""
    start, end = week.bounds
    found = sessions_shown(with_details(sessions.between(start, end)), reader=reader, language=language)
    # What began before Monday and goes on is shown on Monday.
    first_day = {shown.session.pk: max(shown.starts.date(), week.monday) for shown in found}
    days = tuple(
        DayShown(day, here)
        for day in week.days
        if (here := tuple(shown for shown in found if first_day[shown.session.pk] == day))
    )
    following = None
    if not days:
        later = sessions.standing().filter(starts_at__gte=end).in_order().first()
        following = week_of(timezone.localtime(later.starts_at).date()) if later else None
    return WeekShown(week, days, following)


def sessions_shown(sessions: Iterable[Session], *, reader, language: str) -> list[SessionShown]:
    """Each with the title of its course in the reader's language."""
    sessions = list(sessions)
    titles = titles_in({session.edition.course for session in sessions}, language)
    return [
        SessionShown(
            session,
            titles[session.edition.course_id],
            any(lecturer.person_id == reader.pk for lecturer in session.lecturers.all()),
        )
        for session in sessions
    ]
