"""A gradebook like that of the edition this one was copied from: weights and items, no results."""

from zoneinfo import ZoneInfo

from django.utils import timezone

from accounts.models import User
from enrolments.models import Edition
from enrolments.moved_dates import moved
from gradebook.models import GradeItem, GradeScheme, NewResults
from gradebook.plans import gradable_activities

RULES = ("decimals", "rounding", "missing", "new_results")


def copy_of_scheme(edition: Edition, *, by: User | None) -> GradeScheme | None:
    """The gradebook of the edition this one was copied from, made again here; None where there is none."""
    source = (
        GradeScheme.objects.filter(edition=edition.copied_from_id, edition__course=edition.course_id)
        .select_related("scale", "edition")
        .first()
    )
    if source is None:
        return None
    rules = {field: getattr(source, field) for field in RULES}
    scheme = GradeScheme.objects.create(edition=edition, scale=source.scale, created_by=by, **rules)
    categories = {}
    for category in source.categories.all():
        old = category.pk
        category.pk, category.scheme = None, scheme
        category._state.adding = True
        category.save()
        categories[old] = category
    _copy_items(source, scheme, categories)
    return scheme


def _copy_items(source, scheme, categories):
    """Items whose activity still stands in the course, and those graded by hand: these begin hidden."""
    placed = {activity.pk for activity in gradable_activities(scheme.edition)}
    days = (scheme.edition.starts_on - source.edition.starts_on).days
    zone = ZoneInfo(scheme.edition.time_zone)
    shown = timezone.now() if scheme.new_results == NewResults.SHOWN else None
    GradeItem.objects.bulk_create(
        GradeItem(
            scheme=scheme,
            category=categories[item.category_id],
            activity_id=item.activity_id,
            name=item.name,
            names=item.names,
            points=item.points,
            weight=item.weight,
            extra_credit=item.extra_credit,
            due_at=moved(item.due_at, days, zone),
            released_at=shown if item.activity_id else None,
            sort_order=item.sort_order,
        )
        for item in source.items.counting()
        if item.activity_id is None or item.activity_id in placed
    )
