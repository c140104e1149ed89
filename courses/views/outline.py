"""The outline of a course: its units and lessons with what they ask, what is missing, and how to change it."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.auth import require_admin_access
from wagtail.models import Page

from courses import access, services
from courses.models import CoursePage
from courses.state import course_outline, course_state
from courses.views.crumbs import crumbs

OUTLINE_BUTTONS = "course_outline_buttons"


@require_admin_access
def outline(request, course_id):
    """One course, in the language asked for."""
    course = access.get_course_or_404(request.user, course_id)
    shown = CoursePage.objects.select_related("locale").get(pk=course_id)
    context = {
        "course": course,
        "shown": shown,
        "languages": course.get_translations(inclusive=True).select_related("locale"),
        "outline": course_outline(shown),
        "state": course_state(course),
        "can_author": access.can_author(request.user, course),
        "can_publish": access.can_publish(request.user),
        "can_manage_team": access.can_manage_team(request.user, course),
        "more_buttons": more_buttons(course, request.user),
        "page_title": course.get_latest_title(),
        "header_icon": "list-ul",
        "breadcrumbs_items": crumbs(course=course),
    }
    return render(request, "courses/admin/outline.html", context)


def more_buttons(course, user):
    """What apps above lead to from a course: hook(course, user) → buttons."""
    return sorted(button for ask in hooks.get_hooks(OUTLINE_BUTTONS) for button in ask(course, user))


@require_admin_access
@require_POST
def move(request, course_id, page_id):
    """Move a unit or lesson one place."""
    course = access.get_course_or_404(request.user, course_id, access.can_author)
    languages = course.get_translations(inclusive=True)
    page = get_object_or_404(Page, pk=page_id)
    shown = next((one for one in languages if page.is_descendant_of(one)), None)
    if shown is None:
        raise Http404
    up = request.POST.get("direction") == "up"
    if refusal := services.order_refusal(page, request.user):
        messages.warning(request, refusal)
    else:
        services.move_page(page, up=up, user=request.user)
        messages.success(request, _("“%(title)s” has moved.") % {"title": page.draft_title})
    return redirect("courses:outline", shown.pk)
