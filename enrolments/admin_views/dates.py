"""When the activities of an edition open, are due, close and are reviewed: all on one screen, in the edition's zone."""

from zoneinfo import ZoneInfo

from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.auth import require_admin_access

from courses.models import LessonActivity
from enrolments import access
from enrolments.admin_views.asking import edition_crumbs, screen
from enrolments.admin_views.forms import ReasonForm
from enrolments.admin_views.schedule_form import LABELS, ScheduleForm
from enrolments.models import ActivitySchedule
from enrolments.refusals import DatesRefused
from enrolments.services import fingerprint, set_dates

# More activities than this start folded up.
SHOWN_OPEN = 3


@require_admin_access
def activity_dates(request, pk):
    """Show and change the dates; nothing is saved while one of them is wrong."""
    edition = access.get_managed_edition_or_404(request.user, pk)
    with timezone.override(ZoneInfo(edition.time_zone)):
        rows = schedule_rows(edition, request.POST or None)
        reason = ReasonForm(request.POST or None)
        if request.method == "POST" and all([reason.is_valid(), *(row["form"].is_valid() for row in rows)]):
            try:
                changed = keep(request, edition, rows, reason.cleaned_data["reason"])
            except DatesRefused as refusal:
                reason.add_error(None, str(refusal))
            else:
                said = _("The dates have been saved.") if changed else _("Nothing was changed.")
                messages.success(request, said)
                return redirect("editions:dates", edition.pk)
        return shown(request, edition, rows, reason)


def keep(request, edition, rows, reason):
    """Save what was typed, unless others changed the dates meanwhile."""
    schedules = [row["form"].instance for row in rows]
    return set_dates(edition, schedules, by=request.user, reason=reason, seen=request.POST.get("seen"))


def shown(request, edition, rows, reason):
    """The screen, with what was typed."""
    response = screen(
        request,
        "enrolments/staff/dates.html",
        title=_("Dates of activities"),
        icon="calendar-alt",
        trail=edition_crumbs(edition, _("Dates of activities")),
        edition=edition,
        rows=rows,
        all_open=len(rows) <= SHOWN_OPEN,
        reason=reason,
        seen=fingerprint(edition.schedules.all()),
        media=sum((row["form"].media for row in rows), reason.media),
    )
    if request.method == "POST":
        response.status_code = 422
        if not reason.non_field_errors():
            messages.error(request, _("Nothing has been saved: see the fields marked below."))
    return response.render()


def activities_of(edition):
    """The activities that can have dates, in the order of the course, each with its lesson."""
    placements = (
        LessonActivity.objects.placed()
        .filter(lesson__live=True, lesson__path__startswith=edition.course.path)
        .exclude(activity__kind="read")
        .select_related("activity__content_type", "lesson")
        .order_by("lesson__path", "sort_order")
    )
    found = {}
    for placement in placements:
        found.setdefault(placement.activity, placement.lesson)
    return list(found.items())


def schedule_rows(edition, data):
    """One row per activity that can have dates, with what holds now and its form."""
    schedules = {schedule.activity_id: schedule for schedule in edition.schedules.all()}
    rows = []
    for activity, lesson in activities_of(edition):
        kept = schedules.get(activity.pk)
        form = ScheduleForm(
            data,
            instance=kept or ActivitySchedule(edition=edition, activity=activity),
            prefix=f"activity-{activity.pk}",
        )
        rows.append({"activity": activity, "lesson": lesson, "form": form, "told": told(kept)})
    return rows


def told(schedule):
    """What holds now, in words: one entry for each moment that is set."""
    if schedule is None:
        return []
    found = []
    for moment, label in LABELS.items():
        at, days = getattr(schedule, f"{moment}_at"), getattr(schedule, f"{moment}_after_days")
        if at or days is not None:
            found.append({"label": label, "at": at, "days": days})
    return found
