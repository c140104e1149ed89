"""When the activities of an edition open, are due and close: all on one screen, in the edition's zone."""

from zoneinfo import ZoneInfo

from django.db import transaction
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
from enrolments.services import lock_edition
from foundation.audit import services as audit

FIELDS = ScheduleForm.Meta.fields


@require_admin_access
def activity_dates(request, pk):
    """Show and change the dates; nothing is saved while one of them is wrong."""
    edition = access.get_managed_edition_or_404(request.user, pk)
    with timezone.override(ZoneInfo(edition.time_zone)):
        rows = schedule_rows(edition, request.POST or None)
        reason = ReasonForm(request.POST or None)
        if request.method == "POST" and all([reason.is_valid(), *(row["form"].is_valid() for row in rows)]):
            changed = save_dates(edition, rows, by=request.user, reason=reason.cleaned_data["reason"])
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


@transaction.atomic
def save_dates(edition, rows, *, by, reason):
    """Keep what changed, forget empty rows, and record it; tells whether anything changed."""
    lock_edition(edition)
    before, after = {}, {}
    for row in rows:
        form = row["form"]
        if not form.has_changed():
            continue
        title = row["activity"].title
        stored = ActivitySchedule.objects.filter(edition=edition, activity=row["activity"]).first()
        before[title] = dates_of(stored)
        if form.is_empty:
            if stored:
                stored.delete()
            after[title] = None
        else:
            after[title] = dates_of(form.save())
    if after:
        audit.record(by, "enrolments.set_dates", edition, reason=reason, before=before, after=after)
    return bool(after)


def dates_of(schedule):
    """The dates as the audit log keeps them."""
    return {field: getattr(schedule, field) for field in FIELDS} if schedule else None
