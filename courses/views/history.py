"""What was published when, and bringing an older version back."""

from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.auth import require_admin_access

from courses import access, services
from courses.views.crumbs import crumbs


@require_admin_access
def history(request, course_id):
    """Versions and change sets, the latest first."""
    course = access.get_course_or_404(request.user, course_id)
    context = {
        "course": course,
        "versions": course.versions.select_related("published_by", "change_set__submitted_by"),
        "change_sets": course.change_sets.select_related("submitted_by", "approved_by", "only_page"),
        "can_author": access.can_author(request.user, course),
        "page_title": _("History"),
        "header_icon": "history",
        "breadcrumbs_items": crumbs(_("History"), course=course),
    }
    return render(request, "courses/admin/history.html", context)


@require_admin_access
@require_POST
def restore(request, course_id, number):
    """Make an older version the draft of today, and go on to submitting it."""
    course = access.get_course_or_404(request.user, course_id, access.can_author)
    version = get_object_or_404(course.versions, number=number)
    try:
        restored = services.restore_version(version, request.user)
    except services.SubmitRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("courses:history", course.pk)
    if not restored:
        messages.warning(request, _("Nothing differs from this version."))
        return redirect("courses:history", course.pk)
    messages.success(
        request, _("Version %(number)s is the draft now. Look at it, then submit it.") % {"number": number}
    )
    return redirect(reverse("courses:submit", args=[course.pk]) + f"?version={number}")
