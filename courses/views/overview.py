"""The courses somebody works on, and the reviews that wait for them."""

from django.shortcuts import render
from django.utils.translation import gettext as _
from wagtail.admin.auth import require_admin_access

from courses import access
from courses.models import CourseIndexPage
from courses.state import course_states
from courses.views.crumbs import crumbs


@require_admin_access
def index(request):
    """My courses, each with its state and what can be done."""
    user = request.user
    rows = [
        {"state": state, "can_author": access.can_author(user, state.course)}
        for state in course_states(access.courses_for(user).select_related("locale", "source_locale"))
    ]
    context = {
        "rows": rows,
        "to_review": access.change_sets_to_review(user),
        "places": CourseIndexPage.objects.select_related("locale") if access.can_create_course(user) else [],
        "page_title": _("Courses"),
        "header_icon": "doc-full",
        "breadcrumbs_items": crumbs(),
    }
    return render(request, "courses/admin/index.html", context)


@require_admin_access
def reviews(request):
    """What waits for my decision."""
    context = {
        "to_review": access.change_sets_to_review(request.user),
        "page_title": _("To review"),
        "header_icon": "clipboard-list",
        "breadcrumbs_items": crumbs(_("To review")),
    }
    return render(request, "courses/admin/reviews.html", context)
