"""Asks on every road whether something may go live. The answer is a list of problems, never a crash."""

from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.utils.translation import gettext as _
from wagtail.models import Page, Revision

from courses.models import Activity, ChangeSet, CoursePage
from courses.problems import (
    Problem,
    activity_problems,
    broken_courses,
    page_problems,
    problems_after,
    publish_problems,
)

__all__ = ["Problem", "PublishRefused", "broken_courses", "problems_of", "publish_problems"]


class PublishRefused(PermissionDenied):
    """Something is missing; `problems` says what. Nothing was published."""

    def __init__(self, problems: list[Problem]):
        self.problems = problems
        super().__init__(" ".join(problem.sentence for problem in problems))


def problems_of(content: Model, revision: Revision) -> list[Problem]:
    """What keeps this revision of a page, activity or change set from going live."""
    if getattr(revision, "published_jointly", False):
        return []
    if isinstance(content, ChangeSet):
        return problems_of_change_set(content)
    if content.locking_change_set:
        page = content if isinstance(content, Page) else None
        sentence = _("“%(title)s” is being reviewed. Approve the review, or withdraw it first.") % {
            "title": content
        }
        return [Problem(page, sentence, "in_review")]
    if isinstance(content, Activity):
        return activity_problems(None, content)
    return problems_of_page(content, revision)


def problems_of_page(page: Page, revision: Revision) -> list[Problem]:
    """What keeps one page from going live by itself: what it lacks and, for a course, what would be live below it."""
    if isinstance(page, CoursePage):
        return problems_after(page, {page.pk: revision})
    return page_problems(revision.as_object(), has_children=page.get_children().live().exists())


def problems_of_change_set(change_set: ChangeSet) -> list[Problem]:
    """What keeps a change set from going live together."""
    items = list(change_set.items.select_related("page", "activity", "revision"))
    if change_set.only_page_id:
        return [problem for item in items if item.page for problem in problems_of_item(item)]
    revisions = {item.page_id: item.revision for item in items if item.page_id}
    problems = []
    for course in course_pages_of(change_set, revisions):
        problems += problems_after(course, revisions)
    return problems


def problems_of_item(item) -> list[Problem]:
    """What keeps one page of a change set from going live by itself."""
    page = item.page.specific
    return problems_of_page(page, item.revision)


def course_pages_of(change_set: ChangeSet, revisions: dict[int, Revision]) -> list[CoursePage]:
    """The languages of the course that a change set touches."""
    paths = Page.objects.filter(pk__in=revisions).values_list("path", flat=True)
    languages = CoursePage.objects.filter(translation_key=change_set.course.translation_key)
    return [course for course in languages if any(path.startswith(course.path) for path in paths)]
