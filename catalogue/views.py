"""The public pages, each for one person at one moment. They read and never write."""

from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language
from wagtail.views import serve

from catalogue import places
from catalogue.access import check_course
from catalogue.cards import cards_of
from catalogue.course import course_shown
from catalogue.entries import entries_of
from catalogue.forms import CatalogueForm
from catalogue.listing import listing
from catalogue.programme import editions_shown
from catalogue.sitemap import sitemap_entries
from catalogue.visibility import visible_courses
from cms.models import PersonPage
from courses.models import LessonPage
from enrolments.models import Enrolment
from learning.agenda import agenda

COURSES_ON_THE_FRONT_PAGE = 4


def home(request, page):
    """Who we are, what to do next, and the ways in."""
    newest = visible_courses(request.user).order_by("-first_published_at", "pk")
    newest = newest.filter(pk__in=list(newest.values_list("pk", flat=True)[:COURSES_ON_THE_FRONT_PAGE]))
    context = {
        "next_step": agenda(request.user, get_language()).first if request.user.is_authenticated else None,
        "cards": cards_of(entries_of(newest, get_language()), request.user, request),
        "catalogue_url": places.catalogue_url(request),
    }
    return render(request, "catalogue/home.html", places.context_of(page, request) | context)


def catalogue(request, page, versions=None):
    """Search and narrow down what can be taken."""
    found = listing(
        CatalogueForm(request.GET).criteria(), request.GET.get("page"), request.user, get_language(), request
    )
    from_facets = request.htmx and not request.htmx.history_restore_request
    context = places.context_of(page, request, found.criteria.query, versions)
    context |= {"listing": found, "current_section": "catalogue", "from_facets": from_facets}
    response = render(request, f"catalogue/{'_results' if from_facets else 'catalogue'}.html", context)
    patch_vary_headers(response, ["HX-Request"])
    return response


def catalogue_at_once(request):
    """The catalogue at its usual address, without the way down the page tree: that alone would ask seven queries."""
    versions = places.catalogue_versions()
    page = next((page for page in versions if page.locale.language_code == get_language()), None)
    if page is None or page.slug != "courses" or page.is_private:
        return serve(request, "courses/")
    return catalogue(request, page, versions)


def course(request, page):
    """What, for whom, when, and how to get in."""
    check_course(request.user, page)
    context = places.context_of(page, request)
    context |= {
        "shown": course_shown(page, request.user, get_language()),
        "crumbs": places.crumbs(page, request),
        "current_section": "catalogue",
    }
    return render(request, "catalogue/course.html", context)


def programme(request, page):
    """An academic programme and the courses in it."""
    keys = page.courses.values("translation_key")
    entries = entries_of(visible_courses(request.user).filter(translation_key__in=keys), get_language())
    context = places.context_of(page, request)
    context |= {
        "cards": cards_of(sorted(entries, key=lambda entry: entry.title), request.user, request),
        "editions": editions_shown(page, get_language()),
        "crumbs": places.crumbs(page, request),
        "current_section": "catalogue",
    }
    return render(request, "catalogue/programme.html", context)


def lesson(request, page):
    """A unit or lesson leads to its place in the classroom, or to the course page for who is not enrolled."""
    course_page = page.course
    check_course(request.user, course_page)
    own = _own_enrolment(request.user, course_page.canonical)
    if own is None:
        return redirect(course_page.get_url(request))
    if isinstance(page, LessonPage):
        return redirect("learning:lesson", own.edition.code, page.canonical.pk)
    return redirect("learning:outline", own.edition.code)


def _own_enrolment(user, course):
    if not user.is_authenticated:
        return None
    own = Enrolment.objects.active().of(user).filter(edition__course=course, edition__cancelled_at=None)
    return own.select_related("edition").order_by("-enrolled_at").first()


def people(request, page):
    """Those who teach."""
    found = (
        PersonPage.objects.live().child_of(page).select_related("photo").prefetch_related("photo__renditions")
    )
    context = places.context_of(page, request) | {"people": found.order_by("title")}
    return render(request, "catalogue/people.html", context)


def person(request, page):
    """One of those who teach, and what they teach."""
    keys = visible_courses(request.user).filter(team_members__person__translation_key=page.translation_key)
    entries = entries_of(keys.distinct().order_by(), get_language())
    context = places.context_of(page, request)
    context |= {
        "cards": cards_of(sorted(entries, key=lambda entry: entry.title), request.user, request),
        "crumbs": places.crumbs(page, request),
    }
    return render(request, "catalogue/person.html", context)


def sitemap(request):
    """Every page strangers may see, for search engines."""
    context = {"entries": sitemap_entries(request)}
    return render(request, "catalogue/sitemap.xml", context, content_type="application/xml")


def robots(request):
    """What search engines should leave alone."""
    context = {"sitemap_url": request.build_absolute_uri(reverse("sitemap"))}
    return render(request, "catalogue/robots.txt", context, content_type="text/plain")
