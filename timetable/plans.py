"""What a session is to be, before it is one: a value that can be checked, changed and compared."""

import datetime
from dataclasses import dataclass, replace
from zoneinfo import available_timezones

from accounts.models import User
from enrolments.models import Cohort, Edition
from timetable.models import Room, Session
from timetable.patterns import MOST_DAYS, Pattern
from timetable.refusals import Refusal, refused
from timetable.wall_time import NoSuchTime, moment_of

LONGEST = 24 * 60


@dataclass(frozen=True)
class Plan:
    """A session as somebody wants it. Without a zone the clock of the campus counts, else the edition's."""

    edition: Edition
    title: str
    on: datetime.date
    starts: datetime.time
    minutes: int
    room: Room | None = None
    online_link: str = ""
    lecturers: tuple[User, ...] = ()
    cohort: Cohort | None = None
    capacity: int | None = None
    notes: str = ""
    time_zone: str = ""

    @property
    def zone(self) -> str:
        """The zone its times are meant in."""
        return self.time_zone or (self.room.campus.time_zone if self.room else self.edition.time_zone)

    @property
    def starts_at(self) -> datetime.datetime:
        """The moment it begins; raises NoSuchTime."""
        return moment_of(self.on, self.starts, self.zone)

    @property
    def ends_at(self) -> datetime.datetime:
        """The moment it ends; raises NoSuchTime."""
        return self.starts_at + datetime.timedelta(minutes=self.minutes)

    def on_day(self, day: datetime.date) -> "Plan":
        """The same on another day."""
        return replace(self, on=day)


def plan_of(session: Session) -> Plan:
    """What an existing session is, to be changed with `dataclasses.replace`."""
    return Plan(
        edition=session.edition,
        title=session.title,
        on=session.on,
        starts=session.starts,
        minutes=session.minutes,
        room=session.room,
        online_link=session.online_link,
        lecturers=tuple(
            sorted((lecturer.person for lecturer in session.lecturers.all()), key=lambda person: person.pk)
        ),
        cohort=session.cohort,
        capacity=session.capacity,
        notes=session.notes,
        time_zone=session.time_zone,
    )


def plans_of(plan: Plan, pattern: Pattern) -> list[Plan]:
    """One plan for each day of a pattern, or TimetableRefused where there is none or far too many."""
    if (pattern.last_on - pattern.first_on).days >= MOST_DAYS:
        raise refused(Refusal.TOO_MANY_DAYS)
    days = pattern.days()
    if not days:
        raise refused(Refusal.NO_DAYS)
    return [plan.on_day(day) for day in days]


def shape_refusals(plan: Plan) -> list[Refusal]:
    """What is wrong with a plan by itself, whatever else is in the timetable."""
    found = [
        (Refusal.NO_TITLE, not plan.title.strip()),
        (Refusal.NO_PLACE, plan.room is None and not plan.online_link),
        (Refusal.BAD_LENGTH, not 1 <= plan.minutes <= LONGEST),
        (Refusal.EDITION_CANCELLED, plan.edition.cancelled_at is not None),
        (Refusal.ROOM_CLOSED, plan.room is not None and plan.room.closed_at is not None),
        (Refusal.LECTURER_CLOSED, any(not person.is_active for person in plan.lecturers)),
    ]
    reasons = [refusal for refusal, holds in found if holds]
    return reasons + _cohort_refusals(plan) + _clock_refusals(plan)


def _cohort_refusals(plan):
    if plan.cohort is None:
        return []
    if plan.cohort.edition_id != plan.edition.pk:
        return [Refusal.OTHER_COHORT]
    return [Refusal.COHORT_CLOSED] if plan.cohort.closed_at else []


def _clock_refusals(plan):
    if plan.zone not in available_timezones():
        return [Refusal.NO_ZONE]
    try:
        plan.starts_at  # noqa: B018 - asked for the exception
    except NoSuchTime:
        return [Refusal.NO_SUCH_TIME]
    return []
