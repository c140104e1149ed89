"""When the activities of an edition open, are due and close: all on one screen, in the edition's zone."""

from zoneinfo import ZoneInfo

from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.auth import require_admin_access

from courses.models import LessonActivity
from enrolments import access
from enrolments.admin_views.asking import edition_crumbs, screen
from enrolments.admin_views.forms import ReasonForm, ScheduleForm
from enrolments.models import ActivitySchedule
from enrolments.services import set_dates


@require_admin_access
def activity_dates(request, pk):
    """Show and change the dates; nothing is saved while one of them is wrong."""
    edition = access.get_managed_edition_or_404(request.user, pk)
    with timezone.override(ZoneInfo(edition.time_zone)):
        rows = schedule_rows(edition, request.POST or None)
        reason = ReasonForm(request.POST or None)
        if request.method == "POST" and all([reason.is_valid(), *(row["form"].is_valid() for row in rows)]):
            schedules = [row["form"].instance for row in rows]
            changed = set_dates(edition, schedules, by=request.user, reason=reason.cleaned_data["reason"])
            messages.success(
                request, _("The dates have been saved.") if changed else _("Nothing was changed.")
            )
            return redirect("editions:dates", edition.pk)
        response = screen(
            request,
            "enrolments/staff/dates.html",
            title=_("Dates of activities"),
            icon="calendar-alt",
            trail=edition_crumbs(edition, _("Dates of activities")),
            edition=edition,
            rows=rows,
            reason=reason,
            media=sum((row["form"].media for row in rows), reason.media),
        )
        if request.method == "POST":
            response.status_code = 422
            messages.error(request, _("Nothing has been saved: see the fields marked below."))
        return response.render()


def schedule_rows(edition, data):
    """One row per activity that can have dates, in the order of the course, with its form."""
    placements = (
        LessonActivity.objects.placed()
        .filter(lesson__live=True, lesson__path__startswith=edition.course.path)
        .exclude(activity__kind="read")
        .select_related("activity", "lesson")
        .order_by("lesson__path", "sort_order")
    )
    schedules = {schedule.activity_id: schedule for schedule in edition.schedules.all()}
    rows, seen = [], set()
    for placement in placements:
        activity = placement.activity
        if activity.pk in seen:
            continue
        seen.add(activity.pk)
        schedule = schedules.get(activity.pk) or ActivitySchedule(edition=edition, activity=activity)
        form = ScheduleForm(data, instance=schedule, prefix=f"activity-{activity.pk}")
        rows.append({"activity": activity, "lesson": placement.lesson, "form": form})
    return rows
