"""Who may see an uploaded image or document: whoever may see one of the pages or questions it is used in."""

from collections.abc import Iterable

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from wagtail.models import Page, ReferenceIndex

from accounts.models import User
from assessments.exhibits import may_see_questions, questions_with
from catalogue.visibility import STRANGER, visible_courses
from courses.models import Activity, CoursePage


def is_public(file) -> bool:
    """Whether strangers may see this image or document."""
    return may_see_file(STRANGER, file)


def may_see_file(user: User, file) -> bool:
    """Whether the file is used nowhere, on a page this person may know of, or in a question they were asked.

    What is used only in questions is for those alone who met them in an attempt, and for staff.
    """
    paths, questions = _paths_of_pages_with(file), questions_with(file)
    if not paths and not questions:
        return True
    return _may_see_pages(user, paths) or may_see_questions(user, questions)


def _may_see_pages(user, paths):
    """Whether one of the pages stands outside the courses, or in a course this person may know of."""
    courses = {course.path: course for course in CoursePage.objects.filter(path__in=_ways_down(paths))}
    if any(_course_above(path, courses) is None for path in paths):
        return True
    keys = [course.translation_key for course in courses.values()]
    return visible_courses(user).filter(translation_key__in=keys).exists()


def _paths_of_pages_with(file) -> list[str]:
    used_on = {Page: set(), Activity: set()}
    kinds = {ContentType.objects.get_for_model(model).pk: model for model in used_on}
    references = ReferenceIndex.get_references_to(file).filter(base_content_type__in=kinds)
    for kind, pk in references.values_list("base_content_type", "object_id"):
        used_on[kinds[kind]].add(pk)
    pages = Page.objects.filter(Q(pk__in=used_on[Page]) | Q(coursepage__activities__in=used_on[Activity]))
    return list(pages.values_list("path", flat=True).distinct())


def _steps(path: str) -> list[str]:
    """The path of a page and of every page above it."""
    return [path[:end] for end in range(Page.steplen, len(path) + 1, Page.steplen)]


def _ways_down(paths: Iterable[str]) -> set[str]:
    return {step for path in paths for step in _steps(path)}


def _course_above(path: str, courses: dict[str, CoursePage]) -> CoursePage | None:
    return next((courses[step] for step in _steps(path) if step in courses), None)
