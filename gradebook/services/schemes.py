"""How an edition weighs its results: begun with a click, changed with a reason."""

from collections.abc import Callable, Iterable

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import override

from accounts.models import User
from courses.models import Activity
from enrolments.models import Edition
from enrolments.services import lock_edition
from foundation.audit import services as audit
from gradebook.book import specific
from gradebook.models import GradeCategory, GradeItem, GradeScale, GradeScheme, NewResults
from gradebook.plans import by_kind, gradable_activities, kind_name, kind_weights
from gradebook.refusals import ReasonNeeded
from gradebook.services.copying import copy_of_scheme
from gradebook.signals import results_changed


def lock_scheme(scheme: GradeScheme) -> GradeScheme:
    """Hold the gradebook until the transaction ends."""
    return (
        GradeScheme.objects.select_for_update(of=["self"]).select_related("edition__course").get(pk=scheme.pk)
    )


@transaction.atomic
def create_scheme(edition: Edition, *, by: User | None, scale: GradeScale | None = None) -> GradeScheme:
    """Begin the edition's gradebook: as in the edition it was copied from, else with all that can be graded.

    Safe to repeat: there is one.
    """
    lock_edition(edition)
    existing = GradeScheme.objects.filter(edition=edition).first()
    if existing:
        return existing
    scheme = copy_of_scheme(edition, by=by) or _default_scheme(edition, by, scale)
    audit.record(by, "gradebook.create_scheme", scheme, after=described(scheme))
    return scheme


def _default_scheme(edition, by, scale):
    scheme = GradeScheme.objects.create(edition=edition, scale=scale, created_by=by)
    kinds = by_kind(gradable_activities(edition))
    weights = kind_weights(kinds)
    for order, (kind, group) in enumerate(kinds.items()):
        _add(scheme, _new_category(scheme, group[0], weight=weights[kind], sort_order=order), group)
    return scheme


@transaction.atomic
def add_activities(scheme: GradeScheme, activities: Iterable[Activity], *, by: User) -> list[GradeItem]:
    """Put activities of the course into the gradebook, each with its kind. What is in it already stays as it is."""
    scheme = lock_scheme(scheme)
    known = set(scheme.items.values_list("activity_id", flat=True))
    wanted = {activity.pk for activity in activities} - known
    added: list[GradeItem] = []
    for kind, group in by_kind(gradable_activities(scheme.edition)).items():
        group = [activity for activity in group if activity.pk in wanted]
        if group:
            category = scheme.categories.filter(kind=kind).first()
            category = category or _new_category(
                scheme, group[0], weight=0, sort_order=_next(scheme.categories)
            )
            added += _add(scheme, category, group)
    if added:
        after = {"items": [str(item) for item in added]}
        audit.record(by, "gradebook.add_items", scheme, after=after)
    return added


@transaction.atomic
def add_manual_item(item: GradeItem, *, by: User, shown: bool) -> GradeItem:
    """Add something that staff grade by hand; `shown` lets learners see its results at once."""
    scheme = lock_scheme(item.scheme)
    item.sort_order = _next(scheme.items)
    item.released_at = timezone.now() if shown else None
    item.full_clean()
    item.save()
    audit.record(by, "gradebook.add_items", scheme, after={"items": [str(item)]})
    return item


@transaction.atomic
def change_scheme(scheme: GradeScheme, save: Callable[[], None], *, by: User, reason: str) -> bool:
    """Let `save` change the gradebook, and record what it changed; whether it changed anything."""
    lock_scheme(scheme)
    before = described(GradeScheme.objects.get(pk=scheme.pk))
    save()
    after = described(GradeScheme.objects.get(pk=scheme.pk))
    changed = [key for key in {**before, **after} if before.get(key) != after.get(key)]
    if not changed:
        return False
    if not reason.strip():
        raise ReasonNeeded
    audit.record(
        by,
        "gradebook.change_scheme",
        scheme,
        reason=reason,
        before={key: before.get(key) for key in changed},
        after={key: after.get(key) for key in changed},
    )
    results_changed.send(sender=GradeScheme, edition_id=scheme.edition_id)
    return True


def leave_out(item: GradeItem, *, by: User, reason: str) -> None:
    """Take an item out of every total. Its results are kept, and it can be taken back. Safe to repeat."""
    _set_retired(item, timezone.now(), "gradebook.leave_out", by, reason)


def take_back(item: GradeItem, *, by: User, reason: str) -> None:
    """Let an item that was left out count again. Safe to repeat."""
    _set_retired(item, None, "gradebook.take_back", by, reason)


@transaction.atomic
def _set_retired(item, moment, action, by, reason):
    if not reason.strip():
        raise ReasonNeeded
    scheme = lock_scheme(item.scheme)
    item = scheme.items.select_related("activity").get(pk=item.pk)
    if bool(item.retired_at) == bool(moment):
        return
    before = {str(item): item.retired_at}
    item.retired_at = moment
    item.save(update_fields=["retired_at"])
    audit.record(by, action, scheme, reason=reason, before=before, after={str(item): moment})
    results_changed.send(sender=GradeItem, edition_id=scheme.edition_id)


def described(scheme: GradeScheme) -> dict:
    """The gradebook as the audit log keeps it."""
    settings_of = {
        "scale": str(scheme.scale) if scheme.scale else None,
        "decimals": scheme.decimals,
        "rounding": scheme.rounding,
        "missing": scheme.missing,
        "new_results": scheme.new_results,
    }
    categories = {
        f"category {category.pk}": {
            "name": category.name,
            "names": category.names,
            "weight": category.weight,
            "drop_lowest": category.drop_lowest,
            "order": category.sort_order,
        }
        for category in scheme.categories.all()
    }
    items = {
        f"item {item.pk}": {
            "name": str(item),
            "names": item.names,
            "category": item.category.name,
            "points": item.points,
            "weight": item.weight,
            "extra_credit": item.extra_credit,
            "due_at": item.due_at,
            "order": item.sort_order,
        }
        for item in scheme.items.select_related("activity", "category")
    }
    return settings_of | categories | items


def _new_category(scheme, example, *, weight, sort_order):
    names = {}
    for language in settings.INTERFACE_LANGUAGES:
        with override(language):
            names[language] = kind_name(example)
    return GradeCategory.objects.create(
        scheme=scheme,
        kind=example.kind,
        weight=weight,
        sort_order=sort_order,
        name=names.pop("en"),
        names=names,
    )


def _add(scheme, category, activities):
    shown = timezone.now() if scheme.new_results == NewResults.SHOWN else None
    first, kinds = _next(scheme.items), specific(activities)
    return GradeItem.objects.bulk_create(
        GradeItem(
            scheme=scheme,
            category=category,
            activity=activity,
            # Kinds that know how many points they are worth say so; others are shown out of 100.
            points=getattr(kinds[activity.pk], "max_points", 100),
            sort_order=first + number,
            released_at=shown,
        )
        for number, activity in enumerate(activities)
    )


def _next(rows):
    last = rows.aggregate(last=Max("sort_order"))["last"]
    return 0 if last is None else last + 1
