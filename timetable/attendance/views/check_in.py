"""The code on the wall, and the page that scanning it opens."""

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from timetable.attendance import access, guessing, services
from timetable.attendance.codes import CHANGES_SECONDS, code_of, read_code
from timetable.attendance.drawing import qr_drawing
from timetable.attendance.refusals import AttendanceRefused, Refusal
from timetable.attendance.rules import check_in_between, rules_of
from timetable.audience import expected
from timetable.models import AttendanceMark, Session


@login_required
@never_cache
def check_in_code(request, key):
    """The code of a session for a projector. It changes every minute and lives for a few."""
    session = access.get_register_or_404(request.user, key)
    begins, ends = check_in_between(session, rules_of(session.edition_id))
    now = timezone.now()
    is_open = begins <= now < ends and not session.is_cancelled
    marks = AttendanceMark.objects.filter(session=session).newest()
    address = settings.SITE_URL.rstrip("/") + reverse("check_in_link", args=[code_of(session.key)])
    context = {
        "session": session,
        "is_open": is_open,
        "begins": begins,
        "ends": ends,
        "is_over": now >= ends,
        "drawing": qr_drawing(address, _("Check-in code")) if is_open else "",
        "address": address,
        "seconds": CHANGES_SECONDS,
        "there": sum(mark.was_there for mark in marks),
        "expected": expected(session).count(),
    }
    return render(request, "timetable/attendance/check_in_code.html", context)


@never_cache
def check_in_link(request, code):
    """The short address in the code leads to the page in the visitor's language."""
    return redirect("attendance:check_in", code)


@login_required
@never_cache
def check_in(request, code):
    """Ask whether to check in, and do it. What is refused says why."""
    if guessing.tried_too_often(request.user):
        return _page(
            request,
            problem=_("Too many codes were refused. Wait ten minutes, or ask whoever teaches."),
            status=429,
        )
    key = read_code(code)
    session = Session.objects.select_related("edition__course").filter(key=key).first() if key else None
    if session is None:
        guessing.count_refused(request.user)
        return _page(request, problem=Refusal.STALE_CODE.label, status=410)
    if request.method != "POST":
        return _page(request, session=session)
    try:
        mark = services.check_in(session, request.user, code=code)
    except AttendanceRefused as refusal:
        guessing.count_refused(request.user)
        # Whoever is not expected learns nothing of the session.
        shown = None if refusal.refusal == Refusal.NOT_YOURS else session
        return _page(request, session=shown, problem=str(refusal), status=409)
    return _page(request, session=session, mark=mark)


def _page(request, *, session=None, mark=None, problem="", status=200):
    if session and not expected(session).filter(person=request.user).exists():
        session, problem, status = None, Refusal.NOT_YOURS.label, 409
    context = {
        "session": session,
        "mark": mark,
        "problem": problem,
        "current_section": "learning",
    }
    return render(request, "timetable/attendance/check_in.html", context, status=status)
