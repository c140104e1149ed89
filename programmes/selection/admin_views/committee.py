"""The committee's page: the ranking, a dossier beside it, the balance, and decisions for one or for many."""

from django.core.paginator import Paginator
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from wagtail.admin import messages
from wagtail.admin.auth import require_admin_access

from enrolments.admin_views.asking import crumbs, screen
from enrolments.admin_views.exporting import ask_and_export
from programmes.models import DecisionOutcome
from programmes.selection import access, services
from programmes.selection.admin_views.screens import address, is_shown_inline, selection_screen, trail
from programmes.selection.committee import UNDECIDED, committee, sheets_of
from programmes.selection.dossier import dossier_of
from programmes.selection.forms.staff import DecideForm

PER_PAGE = 100


@require_admin_access
def index(request):
    """The calls on whose applications the person decides."""
    return screen(
        request,
        "programmes/selection/staff/index.html",
        title=_("Selection"),
        icon="group",
        trail=crumbs(last=_("Selection")),
        calls=access.selection_calls(request.user).order_by("-closes_at"),
    )


@require_admin_access
@never_cache
def show_committee(request, call_id):
    """Show it, or decide for those that are ticked."""
    call = access.get_call_or_404(request.user, call_id)
    if request.method != "POST":
        return _show(request, call, DecideForm())
    form = DecideForm(request.POST)
    picked, refusals = _picked(request, call), []
    if not picked:
        form.add_error(None, _("Tick at least one application, then decide."))
    if form.is_valid() and picked:
        made, refusals = services.decide_many(picked, form.choice(), by=request.user)
        if made:
            sentence = ngettext(
                "%(count)s application is decided.", "%(count)s applications are decided.", len(made)
            )
            messages.success(request, sentence % {"count": len(made)})
        if not refusals:
            return redirect(request.get_full_path())
    return _show(request, call, form, refusals=refusals, picked=request.POST.getlist("pick"), status=422)


def _picked(request, call):
    """The applications that were ticked, in the order of the page, each with the decision that stood there."""
    tokens = dict(value.partition(":")[::2] for value in request.POST.getlist("pick"))
    found = call.applications.exclude(submitted_at=None).exclude(person=request.user)
    numbers = [pk for pk in tokens if pk.isdecimal() and len(pk) < 19]
    found = {str(one.pk): one for one in found.filter(pk__in=numbers).select_related("person", "call")}
    return [(found[pk], _number(tokens[pk])) for pk in numbers if pk in found]


def _number(text):
    return int(text) if text.isdecimal() and len(text) < 19 else None


def _show(request, call, form, *, refusals=(), picked=(), status=200):
    seen = committee(call, request.user)
    rows = [row for row in seen.rows if _is_wanted(row, request.GET)]
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("p"))
    context = {
        "committee": seen,
        "page_obj": page,
        "outcomes": [(UNDECIDED, _("Not decided")), *DecisionOutcome.choices],
        "chosen": request.GET.get("outcome", ""),
        "only_wide": "wide" in request.GET,
        "counts": [
            (label, seen.counts.get(value, 0))
            for value, label in [(UNDECIDED, _("Not decided")), *DecisionOutcome.choices]
        ],
        "refusals": refusals,
        # A form that was refused keeps its ticks, with what stands now.
        "picked": {value.partition(":")[0] for value in picked},
        "beside": _beside(request, call, seen),
        "query": _query(request),
    }
    response = selection_screen(
        request,
        "committee",
        call,
        title=_("Ranking and decisions"),
        tab="committee",
        form=form,
        **context,
    )
    response.status_code = status
    return response


def _is_wanted(row, asked):
    outcome = asked.get("outcome", "")
    return (not outcome or row.outcome == outcome) and ("wide" not in asked or row.standing.is_wide)


def _query(request):
    """The filters, to be kept by links to a dossier and to other pages."""
    kept = request.GET.copy()
    for name in ("dossier", "document", "p"):
        kept.pop(name, None)
    return kept.urlencode()


def _beside(request, call, seen):
    """The dossier that was opened beside the list, or nothing."""
    number = _number(request.GET.get("dossier", ""))
    row = seen.row(number) if number else None
    if row is None or row.application.person_id == request.user.pk:
        return None
    dossier = dossier_of(row.application)
    document = dossier.paper(request.GET.get("document", ""))
    return {
        "row": row,
        "link": f"{_query(request)}&dossier={row.application.pk}&".lstrip("&"),
        "dossier": dossier,
        "document": document if document and is_shown_inline(document) else None,
        "sheets": () if row.is_hidden else sheets_of(row.application, request.user),
        "decisions": row.application.decisions.select_related("decided_by", "frozen_by"),
    }


@require_admin_access
def export(request, call_id):
    """The ranking as a file, with a reason."""
    call = access.get_call_or_404(request.user, call_id)
    seen = committee(call, request.user)
    headings = [
        _("Rank"),
        _("Name"),
        _("Country"),
        _("Gender"),
        _("Profession"),
        _("Mode"),
        _("Mean"),
        _("Spread"),
        _("Wide spread"),
        _("Scores awaited"),
        _("Interview"),
        _("Decision"),
        _("Rank on the waiting list"),
        _("Reason"),
    ]
    return ask_and_export(
        request,
        [_cells(row) for row in seen.rows],
        headings,
        about=call,
        action="programmes.export_ranking",
        name=f"ranking-{call.code}",
        title=_("Download the ranking"),
        trail=trail(call, _("Download the ranking")),
        back=address("committee", call),
    )


def _cells(row):
    one, standing, decision = row.application, row.standing, row.decision
    return [
        standing.rank,
        one.full_name,
        one.country.label if one.country else "",
        one.get_gender_display(),
        one.profession.label if one.profession else "",
        one.get_mode_display(),
        float(standing.mean) if standing.mean is not None else "",
        float(standing.spread) if standing.spread is not None else "",
        _("yes") if standing.is_wide else "",
        "" if row.is_own else row.standing.missing,
        row.interview,
        decision.get_outcome_display() if decision else "",
        decision.waiting_rank if decision else "",
        decision.reason if decision else "",
    ]
