"""A learner's own attendance, explained line by line."""

from django.contrib.auth.decorators import login_required
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from courses.titles import titles_in
from enrolments.access import get_enrolment_or_404
from enrolments.models import Enrolment
from timetable.attendance.percentages import attendance_share, attendance_shares
from timetable.models import Session


@login_required
def my_attendance(request):
    """The attendance of every course of the person's that meets."""
    enrolments = list(
        Enrolment.objects.active()
        .of(request.user)
        .filter(edition__cancelled_at=None, edition__in=Session.objects.values("edition"))
        .select_related("edition__course")
        .order_by("edition__starts_on", "pk")
    )
    shares = attendance_shares(enrolments)
    titles = titles_in([one.edition.course for one in enrolments], get_language())
    rows = [
        {"enrolment": one, "share": shares[one.pk], "title": titles[one.edition.course_id]}
        for one in enrolments
    ]
    context = {"rows": rows, "crumbs": _crumbs((_("My attendance"), "")), "current_section": "learning"}
    return render(request, "timetable/attendance/my_attendance.html", context)


@login_required
def edition_attendance(request, edition_code):
    """One course: the sum, the threshold, and how each session counts."""
    enrolment = get_enrolment_or_404(request.user, edition_code)
    course = enrolment.edition.course
    context = {
        "enrolment": enrolment,
        "share": attendance_share(enrolment),
        "title": titles_in([course], get_language())[course.pk],
        "crumbs": _crumbs((_("My attendance"), reverse("attendance:my_attendance")), (str(course.title), "")),
        "current_section": "learning",
    }
    return render(request, "timetable/attendance/edition_attendance.html", context)


def _crumbs(*steps):
    timetable = (_("My timetable"), reverse("timetable:timetable"))
    trail = [(_("My learning"), reverse("learning:my_learning")), timetable, *steps]
    return [{"title": title, "url": url} for title, url in trail]
