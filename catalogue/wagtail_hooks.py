"""Answers for the pages of `cms` and `courses`, and keeps the files of restricted courses from strangers."""

from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import get_language
from wagtail import hooks

from catalogue import views
from catalogue.files import may_see_file
from cms.models import HomePage, PeopleIndexPage, PersonPage
from courses.models import CourseIndexPage, CoursePage, LessonPage, ProgrammePage, UnitPage

VIEWS = {
    HomePage: views.home,
    CourseIndexPage: views.catalogue,
    CoursePage: views.course,
    ProgrammePage: views.programme,
    UnitPage: views.lesson,
    LessonPage: views.lesson,
    PeopleIndexPage: views.people,
    PersonPage: views.person,
}


# Late, and around serving rather than before it: Wagtail asks first whether the page is private.
@hooks.register("on_serve_page", order=100)
def serve_to_the_reader(serve_page):
    """Let the view of the page's kind answer; other pages serve themselves."""

    def serve(page, request, args, kwargs):
        if page.locale.language_code != get_language():
            return redirect(page.get_url(request))
        view = VIEWS.get(type(page))
        return view(request, page) if view else serve_page(page, request, args, kwargs)

    return serve


@hooks.register("before_serve_document")
def refuse_files_of_restricted_courses(document, request):
    """A document of courses this person may not know of is not there."""
    if not may_see_file(request.user, document):
        raise Http404
