"""The session of a lesson: its title, and in which editions it still has no session."""

from django import forms
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.auth import require_admin_access

from courses.access import can_author, can_see
from enrolments.access import can_manage
from enrolments.admin_views.asking import crumbs, screen
from timetable.attendance import services
from timetable.attendance.refusals import AttendanceRefused
from timetable.models import SessionActivity


class ActivityForm(forms.Form):
    """What learners read in lists."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=150)


@require_admin_access
def edit(request, pk):
    """One activity as last saved."""
    activity = SessionActivity.objects.select_related("course").filter(pk=pk).first()
    if activity is None or not can_see(request.user, activity.course):
        raise Http404
    form = None
    if can_author(request.user, activity.course):
        draft = activity.get_latest_revision_as_object()
        form = ActivityForm(request.POST or None, initial={"title": draft.title})
    if request.method == "POST" and form and form.is_valid():
        try:
            services.save_activity(activity, title=form.cleaned_data["title"], user=request.user)
        except AttendanceRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved as a draft. It goes live with its course."))
            return redirect("staff_attendance:activity", pk)
    return screen(
        request,
        "timetable/staff/attendance/activity.html",
        title=activity.title,
        icon="calendar-check",
        trail=crumbs(
            (reverse("courses:outline", args=[activity.course_id]), activity.course.title),
            last=activity.title,
        ),
        form=form,
        activity=activity,
        editions=_editions(request.user, activity),
        button=_("Save"),
    )


def _editions(user, activity):
    """The editions of the course, each with its sessions of this activity."""
    editions = activity.course.editions.filter(cancelled_at=None).select_related("course")
    return [
        {
            "edition": edition,
            "sessions": activity.sessions.filter(session__edition=edition).count(),
            "manages": can_manage(user, edition),
        }
        for edition in editions.order_by("-starts_on")[:20]
    ]
