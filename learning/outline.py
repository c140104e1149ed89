"""The live units, lessons and placements of courses, fetched for many courses at once."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field

from django.db.models import Q

from courses.models import Activity, CoursePage, LessonActivity, LessonPage, UnitPage

STEP = CoursePage.steplen


@dataclass
class CourseTree:
    """One course as learners meet it: canonical live pages, their titles in every language, their activities."""

    units: list[UnitPage] = field(default_factory=list)
    lessons: dict[int, list[LessonPage]] = field(default_factory=dict)
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
    units = list(UnitPage.objects.live().filter(below).order_by("path").defer_streamfields())
    lessons = list(LessonPage.objects.live().filter(below).order_by("path").defer_streamfields())
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


def _titles(courses, units, lessons):
    titles = {}
    for model, pages in ((CoursePage, courses), (UnitPage, units), (LessonPage, lessons)):
        live = model.objects.live().filter(translation_key__in={page.translation_key for page in pages})
        for key, language, title in live.values_list("translation_key", "locale__language_code", "title"):
            titles[key, language] = title
    return titles


def _add_placements(tree_of_lesson):
    placements = list(LessonActivity.objects.placed().filter(lesson__in=tree_of_lesson).order_by("sort_order"))
    activities = Activity.objects.filter(pk__in={row.activity_id for row in placements}).in_bulk_specific()
    for placement in placements:
        tree = tree_of_lesson[placement.lesson_id]
        tree.placements[placement.lesson_id].append(placement)
        tree.activities[placement.activity_id] = activities[placement.activity_id]
