"""The plan an edition grades by: what its scheme says, or a sensible default from the activities in its course."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.utils.text import capfirst

from courses.models import Activity, LessonActivity
from enrolments.models import Edition
from gradebook.grades import Band, CategoryPlan, ItemPlan, Plan, Scale
from gradebook.models import GradeCategory, GradeItem, GradeScale, GradeScheme, MissingRule, Rounding
from gradebook.models.schemes import FORMATIVE_KINDS
from learning.models import H5PActivity

# Nothing is earned by these: saying that one has read is no result.
UNGRADED_KINDS = ("read",)


def gradable_activities(edition: Edition, *, without: GradeScheme | None = None) -> list[Activity]:
    """What stands in the course and can have a result that counts, in the order of the course, as plain rows.

    `without` leaves out what a gradebook knows already, also what it has left out. Practice never counts: its right
    answers can be looked at while it is taken. Interactive content that reports no score has none to count.
    """
    known = GradeItem.objects.filter(scheme=without, activity__isnull=False).values("activity")
    placements = placed(edition).exclude(activity__in=known).exclude(activity__quiz__practice=True)
    placements = placements.exclude(activity__in=H5PActivity.objects.without_scores().values("pk"))
    return list({placement.activity_id: placement.activity for placement in placements}.values())


def placed(edition: Edition) -> QuerySet:
    """The placements in live lessons of what can have a result at all."""
    placements = LessonActivity.objects.placed().filter(
        lesson__live=True, lesson__path__startswith=edition.course.path
    )
    graded = placements.exclude(activity__kind__in=UNGRADED_KINDS).select_related("activity")
    return graded.order_by("lesson__path", "sort_order")


def is_formative(activity: Activity | None) -> bool:
    """Whether learners' browsers report its results: they count for nothing until staff say otherwise."""
    return activity is not None and activity.kind in FORMATIVE_KINDS


def kind_name(activity: Activity) -> str:
    """What activities of this kind are called together: Quizzes."""
    model = ContentType.objects.get_for_id(activity.content_type_id).model_class()
    return capfirst(str(model._meta.verbose_name_plural))


def by_kind(activities: Iterable[Activity]) -> dict[str, list[Activity]]:
    """Activities by kind, in the order in which the kinds first appear."""
    found: dict[str, list[Activity]] = {}
    for activity in activities:
        found.setdefault(activity.kind, []).append(activity)
    return found


def even_weights(number: int) -> list[Decimal]:
    """That many weights that add up to 100; the first takes what does not divide."""
    if not number:
        return []
    each = Decimal(100 // number)
    return [100 - each * (number - 1), *[each] * (number - 1)]


def kind_weights(kinds: Mapping[str, list[Activity]]) -> dict[str, Decimal]:
    """What each kind of work weighs while staff have said nothing: all the same, what is formative nothing."""
    counting = [kind for kind, group in kinds.items() if not is_formative(group[0])]
    weights = dict(zip(counting, even_weights(len(counting)), strict=True))
    return {kind: weights.get(kind, Decimal(0)) for kind in kinds}


def default_plan(activities: list[Activity], titles: Mapping[int, str]) -> Plan:
    """Every kind of work counts the same, every activity within it too, and nobody is given a 0 by default.

    What is formative is shown and counts for nothing.
    """
    kinds = by_kind(activities)
    weights = kind_weights(kinds)
    return Plan(
        categories=tuple(
            CategoryPlan(
                key=kind,
                name=kind_name(group[0]),
                weight=weights[kind],
                items=tuple(
                    ItemPlan(
                        key=activity.pk,
                        name=titles.get(activity.pk, activity.title),
                        is_formative=is_formative(activity),
                        activity=activity.pk,
                    )
                    for activity in group
                ),
            )
            for kind, group in kinds.items()
        )
    )


def scale_of(scale: GradeScale | None) -> Scale:
    """The scale as grades see it, in the reader's language."""
    if scale is None:
        return Scale()
    bands = sorted(scale.bands.all(), key=lambda band: -band.from_score)
    return Scale(
        maximum=scale.maximum,
        pass_from=scale.pass_from,
        bands=tuple(Band(band.from_score, band.label, band.typed_score) for band in bands),
    )


def plan_of(scheme: GradeScheme, items: Iterable[GradeItem], titles: Mapping[int, str]) -> Plan:
    """What the scheme says of these of its items, in the reader's language; `titles` name activities."""
    categories: dict[GradeCategory, list[ItemPlan]] = {}
    for item in items:
        categories.setdefault(item.category, []).append(_item(item, titles))
    return Plan(
        categories=tuple(
            CategoryPlan(
                key=category.pk,
                name=category.label,
                weight=category.weight,
                items=tuple(held),
                drop_lowest=category.drop_lowest,
            )
            for category, held in categories.items()
        ),
        scale=scale_of(scheme.scale),
        decimals=scheme.decimals,
        rounds_down=scheme.rounding == Rounding.DOWN,
        missing_is_zero=scheme.missing == MissingRule.ZERO,
    )


def _item(item: GradeItem, titles: Mapping[int, str]) -> ItemPlan:
    return ItemPlan(
        key=item.pk,
        name=item.label if item.name else titles.get(item.activity_id or 0, item.label),
        points=item.points,
        weight=item.weight,
        extra_credit=item.extra_credit,
        is_released=item.released_at is not None,
        is_manual=item.activity_id is None,
        is_formative=is_formative(item.activity),
        activity=item.activity_id,
    )
