"""The only place that works out which dates, time and attempts hold for one person: edition, then cohort, then person.

Field by field, what a person was granted stands before what their cohorts were, and that before what holds for the
edition. Among several grants of one kind the more generous counts. A grant for every activity only ever gives more:
it moves no date that an activity lacks, and never an already later one. What a grant for one activity says, holds.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from courses.models import Activity
from enrolments.models import Accommodation, ActivitySchedule, CohortMember, Enrolment
from enrolments.models.accommodations import DATES, TERMS
from enrolments.plans import Plans, plans_of

DAY_BEGINS = time(0, 0)
DAY_ENDS = time(23, 59, 59)


@dataclass(frozen=True)
class ActivityDates:
    """What holds for one enrolment and one activity. Extra time and attempts are 0 where none was granted."""

    opens_at: datetime | None = None
    due_at: datetime | None = None
    closes_at: datetime | None = None
    review_at: datetime | None = None
    password: str = ""
    extra_time_percent: int = 0
    extra_minutes: int = 0
    extra_attempts: int = 0
    # The fields that differ from what holds for the edition; `later` those of its dates that became later.
    own: frozenset[str] = frozenset()
    later: frozenset[str] = frozenset()
    # Why, as staff wrote it: never shown to learners.
    reasons: tuple[str, ...] = ()

    @property
    def extended(self) -> bool:
        """Whether anything was granted to this person that does not hold for everybody."""
        return bool(self.own)

    @property
    def due_is_extended(self) -> bool:
        """Whether it is due later for this person than for others."""
        return "due_at" in self.later

    @property
    def closing_is_extended(self) -> bool:
        """Whether it closes later for this person than for others."""
        return "closes_at" in self.later

    def allowed(self, limit: timedelta) -> timedelta:
        """A time limit with this person's extra time: first the share, then the minutes; whole seconds."""
        share = timedelta(seconds=round(limit.total_seconds() * self.extra_time_percent / 100))
        return limit + share + timedelta(minutes=self.extra_minutes)


NO_DATES = ActivityDates()


class DatesLookup:
    """The dates of many enrolments: `lookup[enrolment_id, activity_id]`. What has no dates answers with empty ones."""

    def __init__(self, enrolments: Sequence[Enrolment], plans: Plans, cohorts: Mapping[int, set[int]]):
        self._enrolments = {enrolment.pk: enrolment for enrolment in enrolments}
        self._schedules = {
            (schedule.edition_id, schedule.activity_id): schedule for schedule in plans.schedules
        }
        self._cohorts = cohorts
        self._by_person = defaultdict(list)
        self._by_cohort = defaultdict(list)
        for accommodation in plans.accommodations:
            if accommodation.cohort_id:
                self._by_cohort[accommodation.cohort_id].append(accommodation)
            else:
                self._by_person[accommodation.enrolment_id].append(accommodation)

    def __getitem__(self, key: tuple[int, int]) -> ActivityDates:
        """What holds for an enrolment and an activity, by their ids."""
        enrolment_id, activity_id = key
        enrolment = self._enrolments[enrolment_id]
        schedule = self._schedules.get((enrolment.edition_id, activity_id))
        of_cohorts = [
            accommodation
            for cohort in self._cohorts.get(enrolment_id, ())
            for accommodation in self._by_cohort[cohort]
        ]
        layers = [_about(of_cohorts, activity_id), _about(self._by_person[enrolment_id], activity_id)]
        return _granted(edition_dates(schedule, enrolment), layers)


def activity_dates(enrolment: Enrolment, activity: Activity) -> ActivityDates:
    """What holds for this person and activity now."""
    return activity_dates_of([enrolment], activity)[enrolment.pk, activity.pk]


def activity_dates_of(enrolments: Sequence[Enrolment], activity: Activity | None = None) -> DatesLookup:
    """The dates of many enrolments (of one activity, if given) in at most two queries, whatever their number."""
    plans = plans_of(enrolments, activity)
    favoured = {granted.cohort_id for granted in plans.accommodations if granted.cohort_id}
    return DatesLookup(enrolments, plans, _cohorts_of(enrolments, favoured))


def _cohorts_of(enrolments, favoured):
    """The cohorts each enrolment is in now, of those that were granted anything."""
    found = defaultdict(set)
    if favoured:
        pks = [enrolment.pk for enrolment in enrolments]
        members = CohortMember.objects.current().filter(enrolment__in=pks, cohort__in=favoured)
        for enrolment_id, cohort_id in members.values_list("enrolment_id", "cohort_id"):
            found[enrolment_id].add(cohort_id)
    return found


def edition_dates(schedule: ActivitySchedule | None, enrolment: Enrolment | None) -> ActivityDates:
    """What the edition says before any grant. Dates that count from enrolling are those of this enrolment, if any."""
    if schedule is None:
        return NO_DATES
    return ActivityDates(
        opens_at=schedule.opens_at or days_after(enrolment, schedule.opens_after_days, DAY_BEGINS),
        due_at=schedule.due_at or days_after(enrolment, schedule.due_after_days, DAY_ENDS),
        closes_at=schedule.closes_at or days_after(enrolment, schedule.closes_after_days, DAY_ENDS),
        review_at=schedule.review_at or days_after(enrolment, schedule.review_after_days, DAY_BEGINS),
        password=schedule.password,
    )


def days_after(enrolment: Enrolment | None, days: int | None, clock: time) -> datetime | None:
    """That many days after the day of enrolling, at a time of the clock, both where the edition is."""
    if days is None or enrolment is None:
        return None
    zone = ZoneInfo(enrolment.edition.time_zone)
    day = enrolment.enrolled_at.astimezone(zone).date() + timedelta(days=days)
    return datetime.combine(day, clock, tzinfo=zone)


@dataclass(frozen=True)
class _Layer:
    """What one kind of grantee, person or cohorts, was granted: for this activity, and for every one."""

    specific: list[Accommodation]
    general: list[Accommodation]


def _about(accommodations, activity_id):
    return _Layer(
        specific=[one for one in accommodations if one.activity_id == activity_id],
        general=[one for one in accommodations if one.activity_id is None],
    )


def _granted(base, layers):
    applying = [one for layer in layers for one in (*layer.general, *layer.specific)]
    if not applying:
        return _due_by_closing(base)
    values = {field: _field(field, getattr(base, field), layers) for field in TERMS}
    dates = _due_by_closing(replace(base, review_at=_review_at(base, values["closes_at"]), **values))
    plain = _due_by_closing(base)
    return replace(
        dates,
        own=frozenset(field for field in TERMS if getattr(dates, field) != getattr(plain, field)),
        later=frozenset(field for field in DATES if _is_later(getattr(dates, field), getattr(plain, field))),
        reasons=tuple(dict.fromkeys(one.reason for one in applying)),
    )


def _field(field, value, layers):
    """One field after every layer has had its say."""
    generous = min if field == "opens_at" else max
    for layer in layers:
        specific = _values(layer.specific, field)
        general = _values(layer.general, field) if field not in DATES or value is not None else []
        if specific:
            value = generous(specific + general)
        elif general:
            value = generous([*general, value]) if field in DATES else generous(general)
    return value


def _values(accommodations, field):
    return [value for one in accommodations if (value := getattr(one, field)) is not None]


def _review_at(base, closes_at):
    """Where everybody reviews only after closing, a person for whom it closes later does so too."""
    after_closing = base.review_at and base.closes_at and base.review_at >= base.closes_at
    return max(base.review_at, closes_at) if after_closing and closes_at else base.review_at


def _due_by_closing(dates):
    """Nothing is due after it has closed: the days after enrolling of a late-comer may fall beyond a fixed end."""
    if not (dates.due_at and dates.closes_at and dates.due_at > dates.closes_at):
        return dates
    return replace(dates, due_at=dates.closes_at)


def _is_later(own, plain):
    return own is not None and plain is not None and own > plain
