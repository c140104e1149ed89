"""How a course stands, for those who work on it. Read only."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from courses.models import ChangeSet, CoursePage, LessonPage, Stage
from courses.problems import Problem, latest_draft, placed_activities, publish_problems


@dataclass(frozen=True)
class CourseState:
    """A course in one line: its word, its kind of word, what is open."""

    course: CoursePage
    word: str
    tone: str
    change_set: ChangeSet | None = None
    changed: int = 0


def course_state(course: CoursePage) -> CourseState:
    """Draft, in review, live, or live with changes nobody has seen."""
    return course_states([course])[0]


def course_states(courses: Iterable[CoursePage]) -> list[CourseState]:
    """The state of each, in as many queries for twelve as for two."""
    courses = list(courses)
    keys = [course.pk for course in courses]
    open_sets = ChangeSet.objects.open().filter(course__in=keys).select_related("course", "only_page")
    by_course = {change_set.course_id: change_set for change_set in open_sets.order_by("submitted_at")}
    waiting = Page.objects.filter(Q(has_unpublished_changes=True) | Q(live=False), alias_of=None)
    of_courses = Q(pk__in=[])
    for course in courses:
        of_courses |= Q(path__startswith=course.path)
    changed = Counter(
        path[: len(courses[0].path)] for path in waiting.filter(of_courses).values_list("path", flat=True)
    )
    return [state_of(course, by_course.get(course.pk), changed[course.path]) for course in courses]


def state_of(course: CoursePage, change_set: ChangeSet | None, changed: int) -> CourseState:
    """The word for a course with this open change set and so many changed pages."""
    if change_set:
        tone = "warning" if change_set.stage == Stage.RETURNED else "info"
        return CourseState(course, change_set.stage_label, tone, change_set, changed)
    if not course.live:
        return CourseState(course, _("Draft"), "", None, changed)
    if changed:
        return CourseState(course, _("Live, with changes not yet submitted"), "info", None, changed)
    return CourseState(course, _("Live"), "success")


@dataclass(frozen=True)
class LessonRow:
    """A lesson in the outline."""

    page: LessonPage
    live_page: Page
    activities: list
    problems: list[Problem]


@dataclass(frozen=True)
class UnitRow:
    """A unit in the outline, with its lessons."""

    page: Page
    live_page: Page
    lessons: list[LessonRow]
    problems: list[Problem]

    @property
    def minutes(self):
        """What its lessons take together."""
        return sum(row.page.minutes for row in self.lessons)


@dataclass(frozen=True)
class CourseOutline:
    """A course as its author last saved it, unit by unit, with what is missing where."""

    course: CoursePage
    units: list[UnitRow]
    problems: list[Problem] = field(default_factory=list)

    @property
    def minutes(self):
        """What all lessons take together."""
        return sum(unit.minutes for unit in self.units)


def course_outline(course: CoursePage) -> CourseOutline:
    """The outline of a course in one language, from its drafts."""
    problems = publish_problems(course)
    by_page = {}
    for problem in problems:
        by_page.setdefault(problem.page.pk if problem.page else None, []).append(problem)
    units = []
    for unit in course.get_children().specific():
        lessons = [lesson_row(lesson, by_page) for lesson in unit.get_children().specific()]
        units.append(UnitRow(latest_draft(unit), unit, lessons, by_page.get(unit.pk, [])))
    return CourseOutline(latest_draft(course), units, problems)


def lesson_row(lesson, by_page) -> LessonRow:
    """One lesson, with what it asks of learners."""
    draft = latest_draft(lesson)
    asked = [activity.specific for activity in placed_activities(draft)]
    asked += [None for block in draft.body if block.block_type == "read"]
    return LessonRow(draft, lesson, asked, by_page.get(lesson.pk, []))
