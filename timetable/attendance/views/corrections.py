"""One person in one session: everything that was recorded, and putting it right."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from assessments.file_types import UploadRefused
from timetable.attendance import access, services
from timetable.attendance.forms import CorrectionForm
from timetable.attendance.refusals import AttendanceRefused


@login_required
@never_cache
def correct_mark(request, key, enrolment_key):
    """The history of a mark, and a form for the next one."""
    session, enrolment = access.get_marked_or_404(request.user, key, enrolment_key)
    marks = list(
        session.attendance_marks.filter(enrolment=enrolment)
        .select_related("recorded_by", "document")
        .order_by("-number")
    )
    form = CorrectionForm(
        request.POST or None, request.FILES or None, session=session, newest=next(iter(marks), None)
    )
    if request.method == "POST" and form.is_valid():
        try:
            _correct(request.user, session, enrolment, form.cleaned_data)
        except (AttendanceRefused, UploadRefused) as refusal:
            form.add_error("document" if isinstance(refusal, UploadRefused) else None, str(refusal))
        else:
            messages.success(request, _("Corrected. Both marks are kept, with your reason."))
            return redirect("attendance:correct_mark", key, enrolment_key)
    context = {
        "session": session,
        "enrolment": enrolment,
        "marks": marks,
        "form": form,
        "crumbs": [
            {"title": _("Register"), "url": reverse("attendance:register", args=[session.key])},
            {"title": str(enrolment.person), "url": ""},
        ],
    }
    status = 422 if form.errors else 200
    return render(request, "timetable/attendance/correct_mark.html", context, status=status)


@transaction.atomic
def _correct(by, session, enrolment, asked):
    document = services.keep_document(enrolment, asked["document"], by) if asked["document"] else None
    services.correct_mark(
        session,
        enrolment,
        status=asked["status"],
        minutes_late=asked["minutes_late"] or 0,
        reason=asked["reason"],
        document=document,
        base=asked["base"],
        by=by,
    )
