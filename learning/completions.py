"""Reads which activities and which courses were completed, both in one query: every page of a learner asks for both."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import F, IntegerField, Value

from learning.models import Completion, CourseCompletion

COLUMNS = ("enrolment_id", "done", "completed_at")


def completions_of(enrolments: Collection[int]) -> tuple[set[tuple[int, int]], dict[int, datetime]]:
    """The activities done, as pairs of enrolment and activity; and when the course was, by enrolment."""
    activities = Completion.objects.filter(enrolment__in=enrolments).annotate(done=F("activity_id"))
    no_activity = Value(None, output_field=IntegerField())
    courses = CourseCompletion.objects.filter(enrolment__in=enrolments).annotate(done=no_activity)
    rows = activities.order_by().values_list(*COLUMNS)
    done, completed_at = set(), {}
    for enrolment, activity, at in rows.union(courses.order_by().values_list(*COLUMNS), all=True):
        if activity is None:
            completed_at[enrolment] = at
        else:
            done.add((enrolment, activity))
    return done, completed_at
