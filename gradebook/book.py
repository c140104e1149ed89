"""The gradebook of an edition with its facts, read in a number of queries that no number of learners changes."""

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterator, Mapping, Sequence
from datetime import datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from courses.models import Activity
from enrolments.activity_dates import ActivityDates, DatesLookup, activity_dates_of
from enrolments.models import Edition, Enrolment
from gradebook.grades import Entered, Fact, Grade, Plan, work_out
from gradebook.models import GradeEntry, GradeItem, GradeScheme
from gradebook.plans import default_plan, gradable_activities, plan_of
from learning.models import Attempt

PLACES = Decimal("0.00000001")
# So many learners at once are read when a whole edition is gone through.
BATCH = 1_000


class Book:
    """One edition's plan, items, activities and dates; grades of any of its learners are asked of it."""

    def __init__(self, edition: Edition, titles: Mapping[int, str] | None = None):
        """`titles` say what activities are called in the reader's language; by default by their own titles."""
        self.edition = edition
        self.titles = titles or {}
        self.now = timezone.now()
        self.scheme: GradeScheme | None = getattr(edition, "grade_scheme", None)
        if self.scheme:
            self._read_scheme(self.scheme)
        else:
            self._read_default()
        self.ends_at = _end_of(edition)
        self._known: dict[int, Grade] = {}

    def _read_scheme(self, scheme: GradeScheme) -> None:
        items = scheme.items.counting().select_related("activity", "category")
        self.items: dict[Hashable, GradeItem] = {item.pk: item for item in items}
        self.plan: Plan = plan_of(scheme, self.items.values(), self.titles)
        found = specific([item.activity for item in self.items.values() if item.activity])
        self.activities = {item.pk: found[item.activity_id] for item in items if item.activity_id}

    def _read_default(self) -> None:
        placed = gradable_activities(self.edition)
        self.items = {}
        self.plan = default_plan(placed, self.titles)
        self.activities = specific(placed)

    @property
    def columns(self) -> list:
        """The items of the plan in order."""
        return [item for category in self.plan.categories for item in category.items]

    def facts(
        self, enrolments: Collection[Enrolment], *, released_only: bool = False
    ) -> dict[int, dict[Hashable, Fact]]:
        """What is known of these learners, by enrolment and item; what activities hold back where that matters."""
        if not enrolments:
            return {}
        attempts = self._attempts(enrolments)
        entries = self._entries(enrolments)
        dates = self._dates(enrolments)
        found: dict[int, dict[Hashable, Fact]] = {}
        for enrolment in enrolments:
            found[enrolment.pk] = facts = {}
            for column in self.columns:
                entry = entries.get((enrolment.pk, column.key))
                entered = as_entered(entry) if entry else None
                activity = self.activities.get(column.key)
                if activity is None:
                    due_at = self.items[column.key].due_at
                    facts[column.key] = Fact(entered, due_at=due_at, ends_at=self.ends_at)
                else:
                    finished = attempts.get((enrolment.pk, activity.pk), [])
                    of_cell = dates[enrolment.pk, activity.pk]
                    facts[column.key] = self._fact(activity, entered, finished, of_cell, released_only)
        return found

    def grades(self, enrolments: Collection[Enrolment], *, released_only: bool = False) -> dict[int, Grade]:
        """The grades of these learners, by enrolment; those already asked for are not read again."""
        known = {} if released_only else self._known
        missing = [one for one in enrolments if one.pk not in known]
        for pk, facts in self.facts(missing, released_only=released_only).items():
            known[pk] = work_out(self.plan, facts, now=self.now, released_only=released_only)
        return {enrolment.pk: known[enrolment.pk] for enrolment in enrolments}

    def grade(self, enrolment: Enrolment, *, released_only: bool = False) -> Grade:
        """The grade of one learner."""
        return self.grades([enrolment], released_only=released_only)[enrolment.pk]

    def all_grades(self, enrolments: Sequence[Enrolment]) -> Iterator[tuple[Enrolment, Grade]]:
        """The grades of very many learners, some at a time."""
        for start in range(0, len(enrolments), BATCH):
            some = enrolments[start : start + BATCH]
            grades = self.grades(some)
            for enrolment in some:
                yield enrolment, grades[enrolment.pk]

    def _attempts(self, enrolments):
        found = defaultdict(list)
        activities = {activity.pk for activity in self.activities.values()}
        rows = Attempt.objects.finished().filter(
            enrolment__in=[one.pk for one in enrolments], activity__in=activities
        )
        for attempt in rows.order_by("number"):
            found[attempt.enrolment_id, attempt.activity_id].append(attempt)
        return found

    def _dates(self, enrolments) -> DatesLookup | Mapping[tuple[int, int], ActivityDates]:
        return activity_dates_of(list(enrolments)) if self.activities else {}

    def _entries(self, enrolments):
        if not self.scheme:
            return {}
        rows = GradeEntry.objects.newest().filter(
            enrolment__in=[one.pk for one in enrolments], item__in=self.items
        )
        return {(entry.enrolment_id, entry.item_id): entry for entry in rows.select_related("by")}

    def _fact(self, activity, entered, finished, dates: ActivityDates, released_only) -> Fact:
        derived = derived_score(activity, finished)
        withheld = released_only and derived is not None and activity.shown_grade(finished, dates) is None
        return Fact(
            entered=entered,
            derived=derived,
            is_waiting=activity.waits_for_marking(finished),
            is_unscored=bool(finished) and derived is None,
            is_withheld=withheld,
            due_at=dates.due_at,
            ends_at=self.ends_at,
        )


def specific(activities: Sequence[Activity]) -> dict[int, Activity]:
    """These activities as their own kinds, by primary key: a query a kind."""
    of_type = defaultdict(list)
    for activity in activities:
        of_type[activity.content_type_id].append(activity.pk)
    found: dict[int, Activity] = {}
    for content_type, pks in of_type.items():
        model = ContentType.objects.get_for_id(content_type).model_class()
        found |= model._default_manager.in_bulk(pks)
    return found


def derived_score(activity: Activity | None, finished: Sequence[Attempt]) -> Decimal | None:
    """What the attempts handed in give so far; those that wait for marking give nothing yet."""
    marked = [attempt for attempt in finished if attempt.score is not None]
    if activity is None or not marked:
        return None
    score = activity.grade(marked)
    return None if score is None else min(max(Decimal(score), Decimal(0)), Decimal(1)).quantize(PLACES)


def as_entered(entry: GradeEntry) -> Entered:
    """The entry as grades see it."""
    return Entered(
        kind=entry.kind,
        score=entry.score,
        comment=entry.comment,
        pk=entry.pk,
        by=str(entry.by),
        at=entry.at,
        reason=entry.reason,
    )


def _end_of(edition: Edition) -> datetime | None:
    """The end of the edition's last day, where the edition is."""
    if edition.ends_on is None:
        return None
    midnight = datetime.combine(edition.ends_on + timedelta(days=1), time.min)
    return midnight.replace(tzinfo=ZoneInfo(edition.time_zone))
