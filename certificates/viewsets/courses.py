"""Which course gives which award."""

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.auth import require_admin_access
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet

from accounts.asking import ask_and_do
from certificates import access, services
from certificates.forms import CourseAwardForm
from certificates.models import CourseAward
from certificates.readiness import given_award_problems
from courses.access import courses_for
from courses.models import CoursePage

PER_PAGE = 50


def courses_shown(user):
    """The courses whose award the person may look at."""
    if access.can_look_at_definitions(user):
        return CoursePage.objects.canonical().order_by("title")
    return courses_for(user)


@require_admin_access
def course_awards(request):
    """Every course with what it promises, what it gives and what is missing."""
    shown = courses_shown(request.user).select_related("locale", "award__award_type__signatory")
    shown = shown.prefetch_related("award__award_type__wordings")
    page = Paginator(shown, PER_PAGE).get_page(request.GET.get("p"))
    rows = [
        {
            "course": course,
            "award": given_award(course),
            "problems": given_award_problems(course, given_award(course)),
        }
        for course in page
    ]
    context = {
        "rows": rows,
        "page_obj": page,
        "header_title": _("Course awards"),
        "header_icon": "list-ul",
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            {"url": "", "label": _("Course awards")},
        ],
    }
    return render(request, "certificates/admin/course_awards.html", context)


def given_award(course):
    """The award type a course gives, or None."""
    given = getattr(course, "award", None)
    return given.award_type if given else None


@require_admin_access
def choose(request, course_id):
    """Choose the award of a course, with a reason."""
    course = access.get_course_to_award_or_404(request.user, course_id)
    if not access.can_choose_award(request.user, course):
        raise Http404
    given = CourseAward.objects.filter(course=course).select_related("award_type").first()
    initial = {"award_type": given.award_type_id if given else None}
    return ask_and_do(
        request,
        CourseAwardForm(request.POST or None, course=course, initial=initial),
        do=lambda data: services.give_award(
            course, data["award_type"], by=request.user, reason=data["reason"]
        ),
        title=_("Save the award of this course"),
        text=_("“%(course)s”: what those who complete it are given.") % {"course": course.get_latest_title()},
        done=_("The award of “%(course)s” has been saved.") % {"course": course.get_latest_title()},
        icon="success",
        back=reverse("courses:outline", args=[course.pk]),
        crumbs=[{"url": reverse("courses:outline", args=[course.pk]), "label": course.get_latest_title()}],
    )


class CourseAwardsMenuItem(MenuItem):
    """Shown to whoever has a course to look at."""

    def is_shown(self, request):
        """Whether the list would hold anything; on every page, so without a question where none is needed."""
        return access.can_look_at_definitions(request.user) or courses_for(request.user).exists()


class CourseAwardViewSet(ViewSet):
    """The list, and choosing for one course."""

    name = "course_awards"
    icon = "list-ul"
    menu_label = gettext_lazy("Course awards")
    menu_item_class = CourseAwardsMenuItem

    def get_urlpatterns(self):
        """Two screens."""
        return [path("", course_awards, name="index"), path("<int:course_id>/", choose, name="choose")]
