"""A course as a learner will see it, from drafts or from what was submitted. Stores nothing, counts for nobody."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from wagtail.admin.auth import require_admin_access
from wagtail.models import Page

from courses import access
from courses.models import CoursePage
from courses.problems import latest_draft
from courses.state import course_outline


@require_admin_access
def course(request, course_id):
    """The course page, as last saved."""
    access.get_course_or_404(request.user, course_id)
    return show(request, latest_draft(CoursePage.objects.get(pk=course_id)))


@require_admin_access
def page(request, course_id, page_id):
    """One unit or lesson, as last saved, with the way to the others."""
    access.get_course_or_404(request.user, course_id)
    root = CoursePage.objects.get(pk=course_id)
    found = get_object_or_404(Page.objects.descendant_of(root), pk=page_id)
    return show(request, latest_draft(found))


@require_admin_access
def item(request, change_set_id, item_id):
    """One page of a change set, as it was submitted."""
    change_set = access.get_change_set_or_404(request.user, change_set_id)
    found = get_object_or_404(change_set.items.exclude(page=None).select_related("revision"), pk=item_id)
    return show(request, found.revision.as_object())


def show(request, draft):
    """Draw it with the template learners get, and an outline that leads from preview to preview."""
    if draft is None:
        raise Http404
    root = draft.course
    extra = {
        "preview_outline": course_outline(root),
        "preview_course_url": reverse("courses:preview", args=[root.pk]),
    }
    return draft.make_preview_request(
        original_request=request, preview_mode=draft.default_preview_mode, extra_request_attrs=extra
    )
