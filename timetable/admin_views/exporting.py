"""The timetable as a spreadsheet, in the columns in which it is read back."""

from django.utils import timezone
from wagtail.admin.auth import require_admin_access

from enrolments.spreadsheets import spreadsheet
from timetable import access
from timetable.admin_views.filters import SessionFilterSet
from timetable.sheets import COLUMNS, row_of


@require_admin_access
def export_sessions(request):
    """What the list shows, as a workbook."""
    access.must_schedule(request.user)
    sessions = access.managed_sessions(request.user).select_related("edition", "cohort", "room__campus")
    shown = SessionFilterSet(request.GET, sessions.prefetch_related("lecturers__person"), request=request).qs
    rows = [row_of(session) for session in shown.standing().in_order()]
    return spreadsheet(rows, COLUMNS.values(), name=f"timetable-{timezone.localdate():%Y-%m-%d}")
