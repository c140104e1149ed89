"""A student's own academic record and requests."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from programmes import access
from programmes.records import services
from programmes.records.access import get_own_case_or_404
from programmes.records.forms import CaseForm
from programmes.records.papers import papers_of
from programmes.records.record import record_of
from programmes.records.refusals import RecordRefused


@login_required
def record(request, code):
    """Results by module, what they come to, and what was asked for."""
    student = access.get_student_or_404(request.user, code)
    return _record(request, student)


def _record(request, student, form=None, status=200):
    context = {
        "student": student,
        "record": record_of(student, released_only=True),
        "cases": student.cases.select_related("module_enrolment__module__edition__course"),
        "papers": [paper for paper in papers_of(student) if paper.is_whole],
        "form": form or CaseForm(student=student),
        "crumbs": [
            {"title": _("My learning"), "url": reverse("learning:my_learning")},
            {
                "title": student.programme_edition.name,
                "url": reverse("programmes:place", args=[student.programme_edition.code]),
            },
            {"title": _("Academic record"), "url": ""},
        ],
        "current_section": "learning",
    }
    return render(request, "programmes/records/record.html", context, status=status)


@login_required
@require_POST
def open_case(request, code):
    """Ask for something out of the ordinary."""
    student = access.get_student_or_404(request.user, code)
    form = CaseForm(request.POST, student=student)
    if form.is_valid():
        data = form.cleaned_data
        try:
            services.open_case(
                student, data["kind"], by=request.user, grounds=data["grounds"], place=data["place"]
            )
        except RecordRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Your request has been received. You will be told of the decision."))
            return redirect("records:record", code)
    return _record(request, student, form, status=422)


@login_required
@require_POST
def take_back(request, code, pk):
    """Take a request back. Doing it twice changes nothing."""
    case = get_own_case_or_404(request.user, code, pk)
    try:
        services.take_back(case, by=request.user)
    except RecordRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Your request has been taken back."))
    return redirect("records:record", code)
