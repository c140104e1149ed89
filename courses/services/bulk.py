"""Publishing several chosen pages at once, for administrators."""

from django.db import transaction
from wagtail.models import Page

from accounts.models import User
from courses.models import CoursePage
from courses.models.content import CourseContentPage
from courses.problems import page_problems, problems_after
from courses.publishing import PublishRefused, problems_of
from courses.services.versions import append_course_version


@transaction.atomic
def publish_pages(pages: list[Page], user: User) -> None:
    """Publish these pages together, or raise PublishRefused with everything that is missing."""
    pages = sorted({page.pk: page for page in pages}.values(), key=lambda page: page.path)
    revisions = {page.pk: page.get_latest_revision() or page.save_revision(user=user) for page in pages}
    if problems := problems_together(pages, revisions):
        raise PublishRefused(problems)
    courses = {}
    for page in pages:
        if isinstance(page, CourseContentPage):
            revisions[page.pk].published_jointly = True
            course = page.course.canonical
            courses[course.pk] = course
        revisions[page.pk].publish(user=user)
    for course in courses.values():
        append_course_version(course, user=user)


def problems_together(pages, revisions):
    """What is missing once all of them are live; a course that is among them is asked as a whole."""
    whole = [page for page in pages if isinstance(page, CoursePage)]
    problems = [problem for course in whole for problem in problems_after(course, revisions)]
    for page in pages:
        if not isinstance(page, CourseContentPage):
            continue
        if page.locking_change_set:
            problems += problems_of(page, revisions[page.pk])
        elif not any(page.path.startswith(course.path) for course in whole):
            children = page.get_children()
            has_children = children.live().exists() or children.filter(pk__in=revisions).exists()
            problems += page_problems(revisions[page.pk].as_object(), has_children=has_children)
    return problems
