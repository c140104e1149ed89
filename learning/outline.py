"""The live units, lessons and placements of courses, fetched for many courses at once."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field

from django.contrib.contenttypes.models import ContentType
from django.db.models import F, Q
from wagtail.models import Page

from courses.models import Activity, CoursePage, LessonActivity, LessonPage, UnitPage

STEP = CoursePage.steplen


@dataclass
class CourseTree:
    """One course as learners meet it: canonical live pages, their titles in every language, their activities."""

    units: list[Page] = field(default_factory=list)
    lessons: dict[int, list[Page]] = field(default_factory=dict)
    placements: dict[int, list[LessonActivity]] = field(default_factory=lambda: defaultdict(list))
    activities: dict[int, Activity] = field(default_factory=dict)
    titles: dict[tuple, str] = field(default_factory=dict)

    def title(self, page, language: str) -> str:
        """The page's title in a language, or in the source language where there is no live translation."""
        return self.titles.get((page.translation_key, language), page.title)

    def exists_in(self, page, language: str) -> bool:
        """Whether the page is published in this language."""
        return (page.translation_key, language) in self.titles


def course_trees(courses: Collection[CoursePage]) -> dict[int, CourseTree]:
    """The tree of each (canonical) course, by its id. The number of queries does not grow with the courses."""
    if not courses:
        return {}
    below = Q()
    for course in courses:
        below |= Q(path__startswith=course.path)
    units, lessons = _units_and_lessons(below)
    titles = _titles(courses, units, lessons)
    trees = {course.pk: CourseTree(titles=titles) for course in courses}
    course_by_path = {course.path: course.pk for course in courses}
    unit_by_path = {}
    for unit in units:
        tree = trees[course_by_path[unit.path[:-STEP]]]
        tree.units.append(unit)
        tree.lessons[unit.pk] = unit_by_path[unit.path] = []
    tree_of_lesson = {}
    for lesson in lessons:
        if lesson.path[:-STEP] in unit_by_path:
            unit_by_path[lesson.path[:-STEP]].append(lesson)
            tree_of_lesson[lesson.pk] = trees[course_by_path[lesson.path[: -2 * STEP]]]
    _add_placements(tree_of_lesson)
    return trees


def _units_and_lessons(below):
    """Both with what outlines say of them; a lesson with its `minutes`."""
    pages = Page.objects.live().type(UnitPage, LessonPage).filter(below).order_by("path")
    units, lessons = [], []
    unit_type = ContentType.objects.get_for_model(UnitPage).pk
    for page in pages.annotate(minutes=F("lessonpage__minutes")):
        (units if page.content_type_id == unit_type else lessons).append(page)
    return units, lessons


def _titles(courses, units, lessons):
    keys = {page.translation_key for page in (*courses, *units, *lessons)}
    live = Page.objects.live().filter(translation_key__in=keys, alias_of=None)
    rows = live.values_list("translation_key", "locale__language_code", "title")
    return {(key, language): title for key, language, title in rows}


def _add_placements(tree_of_lesson):
    placements = LessonActivity.objects.placed().filter(lesson__in=tree_of_lesson).order_by("sort_order")
    placements = list(placements.annotate(activity_type=F("activity__content_type")))
    activities = _activities(placements)
    for placement in placements:
        tree = tree_of_lesson[placement.lesson_id]
        tree.placements[placement.lesson_id].append(placement)
        tree.activities[placement.activity_id] = activities[placement.activity_id]


def _activities(placements):
    """The activities placed, as their own kinds: one query a kind."""
    by_type = defaultdict(set)
    for placement in placements:
        by_type[placement.activity_type].add(placement.activity_id)
    found = {}
    for content_type, pks in by_type.items():
        model = ContentType.objects.get_for_id(content_type).model_class()
        found |= model.objects.in_bulk(pks)
    return found
