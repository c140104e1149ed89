"""Appends the manifest of each publishing, and brings an older one back as drafts."""

from django.db import transaction
from django.db.models import Max, Model

from accounts.models import User
from courses.models import Activity, ChangeSet, CoursePage, CourseVersion, CourseVersionItem
from foundation import audit


@transaction.atomic
def append_course_version(
    course: CoursePage, *, user: User | None = None, change_set: ChangeSet | None = None
) -> CourseVersion:
    """Write down which revision of which page and which version of which activity is live now."""
    course = CoursePage.objects.get(pk=course.canonical.pk)
    last = course.versions.aggregate(last=Max("number"))["last"] or 0
    pages, activities = live_pages(course), placed_activities(course)
    version = CourseVersion.objects.create(
        course=course,
        number=last + 1,
        manifest={
            "pages": [page_entry(page) for page in pages],
            "activities": [activity_entry(activity) for activity in activities],
        },
        change_set=change_set,
        published_by=user,
    )
    rows = [
        CourseVersionItem(version=version, page=page, revision_id=page.live_revision_id) for page in pages
    ]
    rows += [
        CourseVersionItem(
            version=version,
            activity=activity,
            revision_id=activity.live_revision_id,
            activity_version=activity.versions.first(),
        )
        for activity in activities
    ]
    CourseVersionItem.objects.bulk_create(rows)
    return version


def live_pages(course: CoursePage):
    """The live pages of a course in all its languages."""
    found = []
    for translation in CoursePage.objects.filter(translation_key=course.translation_key).live():
        found += (
            translation.get_descendants(inclusive=True).live().filter(alias_of=None).select_related("locale")
        )
    return found


def placed_activities(course: CoursePage):
    """The activities that stand in the course's lessons now."""
    placed = Activity.objects.filter(
        placements__retired_at=None, placements__lesson__path__startswith=course.path
    )
    return list(placed.distinct())


def page_entry(page) -> dict:
    """A page in a manifest."""
    return {
        "page": page.pk,
        "revision": page.live_revision_id,
        "type": page.cached_content_type.model,
        "locale": page.locale.language_code,
        "title": page.title,
    }


def activity_entry(activity: Activity) -> dict:
    """An activity in a manifest."""
    version = activity.versions.first()
    return {
        "activity": activity.pk,
        "version": version.number if version else None,
        "kind": activity.kind,
        "title": activity.title,
    }


@transaction.atomic
def restore_version(version: CourseVersion, user: User) -> list[Model]:
    """Make the pages and activities of an older version the drafts of today. Nothing changes for learners."""
    restored = []
    for item in version.items.select_related("page", "activity", "revision"):
        content = item.page or item.activity
        if content is None or item.revision is None or not differs(content, item.revision):
            continue
        draft = item.revision.as_object()
        draft.save_revision(
            user=user, log_action="wagtail.revert", previous_revision=item.revision, clean=False
        )
        restored.append(content)
    audit.record(user, "courses.restore_version", version.course, after={"version": version.number})
    return restored


def differs(content: Model, revision) -> bool:
    """Whether what was last saved is something else than this revision."""
    latest = content.specific.get_latest_revision()
    if latest is None or latest.pk == revision.pk:
        return latest is None
    ignored = {
        "latest_revision",
        "last_published_at",
        "latest_revision_created_at",
        "has_unpublished_changes",
    }
    ignored |= {"live", "live_revision", "first_published_at", "draft_title"}
    old, new = (
        {key: row[key] for key in row if key not in ignored} for row in (revision.content, latest.content)
    )
    return old != new
