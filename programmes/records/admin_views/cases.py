"""Cases of an edition: those to be decided first, the late ones marked."""

from django.core.paginator import Paginator
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.auth import require_admin_access

from enrolments.admin_views.asking import ask_and_do
from programmes.models import CaseDecision, StudentCase
from programmes.records import access, services
from programmes.records.admin_views.screens import records_screen, trail_of
from programmes.records.forms import CaseDecisionForm, CaseFilterForm, ResitForm
from programmes.records.refusals import RecordRefused
from programmes.records.scores import as_share

PER_PAGE = 50


@require_admin_access
def cases(request, code):
    """The cases, oldest deadline first."""
    edition = access.get_registered_edition_or_404(request.user, code)
    narrowing = CaseFilterForm(request.GET or None)
    wanted = narrowing.cleaned_data if narrowing.is_valid() else {}
    rows = StudentCase.objects.filter(student__programme_edition=edition).select_related(
        "student__person", "module_enrolment__module__edition__course", "resit_result"
    )
    state = wanted.get("state") or "open"
    rows = {"open": rows.open, "unsettled": rows.unsettled, "all": rows.all}[state]()
    if wanted.get("kind"):
        rows = rows.filter(kind=wanted["kind"])
    page = Paginator(rows.order_by("decide_by", "pk"), PER_PAGE).get_page(request.GET.get("p"))
    return records_screen(
        request,
        "cases.html",
        edition,
        "programme_records:cases",
        title=_("Cases"),
        icon="help",
        trail=trail_of(edition, last=_("Cases")),
        narrowing=narrowing,
        page=page,
        today=timezone.localdate(),
    )


def _cases_step(code):
    return reverse("programme_records:cases", args=[code]), _("Cases")


@require_admin_access
def decide_case(request, code, pk):
    """Grant or refuse, with the reason the student reads."""
    case = access.get_case_or_404(request.user, code, pk)
    edition = case.student.programme_edition
    return ask_and_do(
        request,
        CaseDecisionForm(request.POST or None),
        do=lambda data: services.decide_case(
            case,
            granted=data["decision"] == CaseDecision.GRANTED,
            by=request.user,
            reason=data["reason"],
            until=data["until"],
        ),
        done=_("The case is decided and the student has been told."),
        back=reverse("programme_records:cases", args=[code]),
        refused=RecordRefused,
        template="programmes/records/staff/case.html",
        title=str(case),
        icon="help",
        trail=trail_of(edition, _cases_step(code), last=str(case)),
        case=case,
        button=_("Decide"),
    )


@require_admin_access
def record_resit(request, code, pk):
    """The result of a re-sit, or of work handed in later."""
    case = access.get_case_or_404(request.user, code, pk)
    edition = case.student.programme_edition
    return ask_and_do(
        request,
        ResitForm(request.POST or None),
        do=lambda data: services.record_resit(
            case, as_share(data["percent"]), by=request.user, reason=data["reason"]
        ),
        done=_("The result has been recorded. The next examination board confirms it."),
        back=reverse("programme_records:cases", args=[code]) + "?state=unsettled",
        refused=RecordRefused,
        template="programmes/records/staff/case.html",
        title=_("Result: %(case)s") % {"case": case},
        icon="edit",
        trail=trail_of(edition, _cases_step(code), last=str(case)),
        case=case,
        button=_("Record the result"),
    )


@require_admin_access
@require_POST
def end_leave(request, code, pk):
    """The student is back. Doing it twice changes nothing."""
    case = access.get_case_or_404(request.user, code, pk)
    try:
        services.end_leave(case, by=request.user)
    except RecordRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("%(person)s is back.") % {"person": case.student.person})
    return redirect("programme_records:cases", code)
