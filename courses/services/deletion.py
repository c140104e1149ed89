"""Deleting and moving what learners' records hang on is refused with a sentence; the database refuses the rest."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Model, ProtectedError
from django.db.models.deletion import Collector, RestrictedError
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.models import Page

from courses.models import Activity, CoursePage, CourseRole, LessonActivity, LessonPage, ReadActivity

# An app above says whether its learner records hang on something: hook(pages, activities) → sentences. `pages` are
# course, unit and lesson pages as a queryset of Page; `activities` a queryset of Activity.
LEARNER_RECORDS = "learner_records"


def with_pages_below(pages: Iterable[Page]):
    """These pages and all below them."""
    found = Page.objects.none()
    for page in pages:
        found |= page.get_descendants(inclusive=True)
    return found


def activities_of(pages):
    """Activities placed in these pages now or once, or owned by a course among them."""
    lessons = LessonPage.objects.filter(pk__in=pages.values("pk"))
    placed = LessonActivity.objects.filter(lesson__in=lessons).values("activity")
    return Activity.objects.filter(pk__in=placed) | Activity.objects.filter(course__in=pages.values("pk"))


def learner_records(pages, activities) -> list[str]:
    """What the apps above have recorded about learners here, in sentences."""
    return [
        str(sentence) for ask in hooks.get_hooks(LEARNER_RECORDS) for sentence in ask(pages, activities) or ()
    ]


def deletion_refusal(objects: Iterable[Model]) -> str | None:
    """Why these pages or activities cannot be deleted, or None. Leaves the database as it was."""
    objects = list(objects)
    pages = with_pages_below(o for o in objects if isinstance(o, Page))
    chosen = Activity.objects.filter(pk__in=[o.pk for o in objects if isinstance(o, Activity)])
    if sentences := learner_records(pages, chosen | activities_of(pages)):
        return " ".join([*sentences, _("Take it offline with “Unpublish” instead: the records stay.")])
    placed = chosen.filter(placements__retired_at=None).distinct()
    if placed and not any(isinstance(o, Page) for o in objects):
        return _("“%(title)s” stands in a lesson. Take it out of the lesson first.") % {
            "title": placed[0].title
        }
    return protected_refusal(objects, pages)


def protected_refusal(objects, pages) -> str | None:
    """What the database itself would refuse, found out without deleting anything."""
    with transaction.atomic():
        point = transaction.savepoint()
        try:
            prepare_deletion(objects)
            collector = Collector(using="default")
            for rows in rows_by_model(objects, pages):
                collector.collect(rows)
        except (ProtectedError, RestrictedError) as error:
            held = getattr(error, "protected_objects", None) or getattr(error, "restricted_objects", ())
            return sentence_for(held)
        finally:
            transaction.savepoint_rollback(point)
    return None


def rows_by_model(objects, pages):
    """What would go, grouped by model, since a collector takes one model at a time."""
    found = {}
    for row in [*pages.specific(), *(o for o in objects if not isinstance(o, Page))]:
        found.setdefault(type(row), []).append(row)
    return found.values()


def sentence_for(protected) -> str:
    """Name the kinds of record that stand in the way."""
    names = sorted({str(row._meta.verbose_name_plural) for row in protected})
    sentence = _("This cannot be deleted, since other records point at it: %(names)s. Unpublish it instead.")
    return capfirst(sentence % {"names": ", ".join(names)})


def move_refusal(pages: Iterable[Page], destination: Page) -> str | None:
    """Why these pages cannot move there, or None. Within one course they can."""
    for page in pages:
        course = CoursePage.objects.ancestor_of(page, inclusive=True).first()
        if course and course.pk != page.pk and destination.path.startswith(course.path):
            continue
        below = page.get_descendants(inclusive=True)
        if sentences := learner_records(below, activities_of(below)):
            return " ".join([*sentences, _("It has to stay where it is.")])
    return None


@transaction.atomic
def prepare_deletion(objects: Iterable[Model]) -> None:
    """Take away what only says that these exist; `deletion_refusal` has found that nobody has learnt with them."""
    pages = with_pages_below(o for o in objects if isinstance(o, Page))
    lessons = LessonPage.objects.filter(pk__in=pages.values("pk"))
    placements = LessonActivity.objects.filter(lesson__in=lessons)
    readings = list(placements.filter(activity__kind=ReadActivity.KIND).values_list("activity", flat=True))
    chosen = [o.pk for o in objects if isinstance(o, Activity)]
    placements.delete()
    LessonActivity.objects.filter(activity__in=chosen).exclude(retired_at=None).delete()
    ReadActivity.objects.filter(pk__in=readings, placements=None).delete()
    drafts = CoursePage.objects.filter(pk__in=pages.values("pk"), versions=None)
    CourseRole.objects.filter(course__in=drafts).delete()
    for activity in Activity.objects.filter(course__in=drafts, versions=None, placements=None):
        activity.specific.delete()
