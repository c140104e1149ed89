"""Live course trees, made quickly: pages without revisions, placements by the service that publishing uses."""

from itertools import count
from uuid import uuid4

from courses.models import (
    CompletionRule,
    CourseIndexPage,
    CoursePage,
    CourseRole,
    LessonActivity,
    LessonPage,
    UnitPage,
)
from courses.services import sync_placements
from tests.factories.cms import make_home, make_locale

_numbers = count(1)


def make_course_index(language="en"):
    """The catalogue's place; made once per language."""
    locale = make_locale(language)
    index = CourseIndexPage.objects.filter(locale=locale).first()
    if index:
        return index
    original = CourseIndexPage.objects.order_by("pk").first()
    fields = {"translation_key": original.translation_key} if original else {}
    return make_home(language).add_child(
        instance=CourseIndexPage(title="Courses", slug="courses", locale=locale, **fields)
    )


def make_course(title="Tracing assets", *, language="en", units=0, lessons=0, **fields):
    """A live course; with `units` units of `lessons` lessons that are each marked as read."""
    number = next(_numbers)
    locale = make_locale(language)
    defaults = {"slug": f"course-{number}", "summary": "How assets are traced.", "workload_hours": 6}
    defaults |= {"locale": locale, "source_locale": locale}
    defaults |= {"outcomes": [{"type": "outcome", "value": "Trace assets.", "id": str(uuid4())}]}
    course = make_course_index(language).add_child(instance=CoursePage(title=title, **defaults | fields))
    for _unit in range(units):
        unit = make_unit(course)
        for _lesson in range(lessons):
            make_lesson(unit, read=True)
    return course


def make_unit(course, title=None, **fields):
    """A live unit at the end of the course."""
    number = next(_numbers)
    defaults = {"slug": f"unit-{number}", "locale": course.locale}
    return course.add_child(instance=UnitPage(title=title or f"Unit {number}", **defaults | fields))


def make_lesson(unit, title=None, *, activities=(), read=False, required=True, **fields):
    """A live lesson at the end of a unit (or of a course's new unit), with activities placed in it.

    `read` ends it with a "mark as read" block.
    """
    if isinstance(unit, CoursePage):
        unit = make_unit(unit)
    number = next(_numbers)
    blocks = [{"type": "prose", "value": "<p>Follow the money.</p>", "id": str(uuid4())}]
    for activity in activities:
        value = {"activity": activity.pk, "required": required}
        blocks.append({"type": "activity", "value": value, "id": str(uuid4())})
    if read:
        blocks.append({"type": "read", "value": {"required": required}, "id": str(uuid4())})
    defaults = {"slug": f"lesson-{number}", "locale": unit.locale, "minutes": 15, "body": blocks}
    lesson = unit.add_child(instance=LessonPage(title=title or f"Lesson {number}", **defaults | fields))
    sync_placements(lesson)
    return lesson


def place(activity, lesson=None, *, required=True):
    """Place an activity in a lesson (a new one of its course by default) without touching what stands there."""
    lesson = lesson or make_lesson(activity.course)
    block = {"type": "activity", "value": {"activity": activity.pk, "required": required}, "id": str(uuid4())}
    lesson.body = [*lesson.body.get_prep_value(), block]
    lesson.save()
    sync_placements(lesson)
    return LessonActivity.objects.get(block_id=block["id"])


def reading_of(lesson):
    """The "mark as read" activity of a lesson made with `read=True`."""
    return lesson.placements.placed().get(activity__completion_rule=CompletionRule.MARKED).activity


def translate(page, language, title=None):
    """A live translation of a course, unit or lesson, below the translation of its parent; made once."""
    locale = make_locale(language)
    existing = page.get_translation_or_none(locale)
    if existing:
        return existing
    parent = page.get_parent().specific
    if isinstance(page, CoursePage):
        above = make_course_index(language)
    else:
        above = parent.get_translation_or_none(locale) or translate(parent, language)
    fields = {"translation_key": page.translation_key, "locale": locale, "slug": page.slug}
    if isinstance(page, CoursePage):
        fields |= {"source_locale": page.source_locale, "workload_hours": page.workload_hours}
        fields |= {"summary": page.summary, "outcomes": page.outcomes.get_prep_value()}
    if isinstance(page, LessonPage):
        fields |= {"body": page.body.get_prep_value(), "minutes": page.minutes}
    return above.specific.add_child(
        instance=type(page)(title=title or f"{page.title} ({language})", **fields)
    )


def give_course_role(person, course, role, **fields):
    """Make somebody author, reviewer, tutor … of a course."""
    person.__dict__.pop("_course_roles", None)
    return CourseRole.objects.create(person=person, course=course, role=role, **fields)
