"""An applicant chooses the time of the interview, moves it, gives it up; and the calendar file."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from programmes.interviews import access, services
from programmes.interviews.calendar import as_calendar, title_of
from programmes.interviews.refusals import InterviewRefused
from programmes.selection.access import get_own_application_or_404


@login_required
@never_cache
def interview(request, code):
    """The time one has, and those one can choose."""
    return _show(request, get_own_application_or_404(request.user, code))


def _show(request, application, refusal="", status=200):
    now = timezone.now()
    booking = services.standing_booking(application)
    slots = [
        slot
        for slot in access.free_slots(application, now)
        if sum(one.cancelled_at is None for one in slot.bookings.all()) < slot.capacity
    ]
    context = {
        "application": application,
        "call": application.call,
        "edition": application.call.programme_edition,
        "is_invited": hasattr(application, "interview_invitation") and not application.withdrawn_at,
        "booking": booking,
        "is_decided": bool(application.outcome and not (booking and booking.outcome)),
        "can_change": bool(booking and not booking.outcome and booking.slot.starts_at > now),
        "slots": slots,
        "refusal": refusal,
    }
    return render(request, "programmes/interviews/interview.html", context, status=status)


@login_required
@require_POST
def book(request, code, pk):
    """Take a time, or move to it."""
    application = get_own_application_or_404(request.user, code)
    slot = access.get_slot_or_404(application, pk)
    try:
        services.book(application, slot, by=request.user)
    except InterviewRefused as refusal:
        return _show(request, application, str(refusal), status=409)
    messages.success(
        request, _("Your interview is booked. A confirmation with a calendar file is on its way.")
    )
    return redirect("interviews:interview", code)


@login_required
@require_POST
def cancel(request, code):
    """Give the time up."""
    application = get_own_application_or_404(request.user, code)
    booking = services.standing_booking(application)
    if booking:
        try:
            services.cancel_booking(booking, by=request.user)
        except InterviewRefused as refusal:
            return _show(request, application, str(refusal), status=409)
        messages.success(request, _("You have given the time up. You can choose another one."))
    return redirect("interviews:interview", code)


@never_cache
def calendar(request, uid):
    """The calendar file of an interview, as it stands now."""
    booking = access.get_booking_by_uid_or_404(uid)
    response = HttpResponse(
        as_calendar(booking, title_of(booking)), content_type="text/calendar; charset=utf-8"
    )
    response["Content-Disposition"] = 'attachment; filename="interview.ics"'
    return response
