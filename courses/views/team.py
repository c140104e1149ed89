"""Who works on a course."""

from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.auth import require_admin_access

from accounts.services import end_role, grant_role
from courses import access, forms
from courses.models import CourseRole
from courses.views.crumbs import crumbs


@require_admin_access
def team(request, course_id):
    """Roles on the course; whoever may, adds one."""
    course = access.get_course_or_404(request.user, course_id)
    may = access.can_manage_team(request.user, course)
    form = forms.RoleForm(request.POST or None, instance=CourseRole(course=course)) if may else None
    if request.method == "POST" and form and form.is_valid():
        assignment = grant_role(form.save(commit=False), by=request.user)
        messages.success(request, _("%(person)s has the role now.") % {"person": assignment.person})
        return redirect("courses:team", course.pk)
    roles = CourseRole.objects.on(course).select_related("person", "granted_by").order_by("role", "starts_on")
    context = {
        "course": course,
        "roles": roles,
        "today": timezone.localdate(),
        "form": form,
        "page_title": _("Team"),
        "header_icon": "group",
        "breadcrumbs_items": crumbs(_("Team"), course=course),
    }
    return render(request, "courses/admin/team.html", context)


@require_admin_access
@require_POST
def end(request, course_id, role_id):
    """End a role, with a reason."""
    course = access.get_course_or_404(request.user, course_id, access.can_manage_team)
    role = get_object_or_404(CourseRole.objects.on(course), pk=role_id)
    form = forms.EndRoleForm(request.POST)
    if form.is_valid():
        end_role(role, by=request.user, reason=form.cleaned_data["reason"])
        messages.success(request, _("The role has ended."))
    else:
        messages.error(request, _("Give a reason to end a role."))
    return redirect("courses:team", course.pk)
