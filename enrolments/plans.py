"""Reads what editions say about their activities and what was granted beyond it, both in one query.

Every page of the classroom asks for both; a second query for what few people were granted would be one too many.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import BooleanField, DateTimeField, F, IntegerField, Q, Value

from courses.models import Activity
from enrolments.models import Accommodation, ActivitySchedule, Enrolment
from enrolments.models.accommodations import DATES

# The columns of the answer: those that both tables have, then those of one, which are empty for the other.
SHARED = ("edition_id", "activity_id", *DATES)
OF_SCHEDULES = ("review_at", "opens_after_days", "due_after_days", "closes_after_days", "review_after_days")
OF_GRANTS = ("enrolment_id", "cohort_id", "extra_time_percent", "extra_minutes", "extra_attempts")
COLUMNS = (*SHARED, *OF_SCHEDULES, *OF_GRANTS, "words", "is_grant")


@dataclass(frozen=True)
class Plans:
    """The schedules of some editions and the accommodations that hold in them."""

    schedules: Sequence[ActivitySchedule]
    accommodations: Sequence[Accommodation]


def plans_of(enrolments: Sequence[Enrolment], activity: Activity | None = None) -> Plans:
    """What the editions of these enrolments say, and what was granted to the enrolments or to any cohort there."""
    editions = {enrolment.edition_id for enrolment in enrolments}
    schedules = ActivitySchedule.objects.filter(edition__in=editions)
    # Grants to cohorts are few: which of them matter, the memberships say.
    grants = Accommodation.objects.current().filter(
        Q(enrolment__in=[enrolment.pk for enrolment in enrolments]) | Q(cohort__isnull=False),
        edition__in=editions,
    )
    if activity is not None:
        schedules = schedules.filter(activity=activity.pk)
        grants = grants.filter(Q(activity=activity.pk) | Q(activity=None))
    rows = _columns(schedules, "password", OF_GRANTS).union(
        _columns(grants, "reason", OF_SCHEDULES), all=True
    )
    return _sorted_out(rows)


def _columns(queryset, words, missing):
    is_grant = Value(queryset.model is Accommodation, output_field=BooleanField())
    empty = {name: Value(None, output_field=_kind(name)) for name in missing}
    return queryset.order_by().annotate(words=F(words), is_grant=is_grant, **empty).values_list(*COLUMNS)


def _kind(name):
    return DateTimeField() if name.endswith("_at") else IntegerField()


def _sorted_out(rows):
    schedules, accommodations = [], []
    for row in rows:
        found = dict(zip(COLUMNS, row, strict=True))
        shared = {name: found[name] for name in SHARED}
        if found["is_grant"]:
            own = {name: found[name] for name in OF_GRANTS}
            accommodations.append(Accommodation(**shared, **own, reason=found["words"]))
        else:
            own = {name: found[name] for name in OF_SCHEDULES}
            schedules.append(ActivitySchedule(**shared, **own, password=found["words"]))
    return Plans(schedules, accommodations)
