"""Nominations in the CMS: choose a partner's spreadsheet, see line by line what would happen, confirm."""

from django.core.paginator import Paginator
from django.db.models import Count
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.auth import require_admin_access

from enrolments.admin_views.asking import screen
from enrolments.spreadsheets import spreadsheet
from enrolments.tables import NotATable
from programmes.applications.access import get_handled_call_or_404
from programmes.applications.admin_views.screens import call_step, trail
from programmes.applications.services import window_of
from programmes.nominations import services
from programmes.nominations.access import get_nominations_or_404
from programmes.nominations.examining import examine
from programmes.nominations.forms import NominateForm, NominationFileForm
from programmes.nominations.tables import COLUMNS, EXAMPLE

LINES_A_PAGE = 100


@require_admin_access
def index(request, call_id):
    """What was read before, and the way to choose a file."""
    call = get_handled_call_or_404(request.user, call_id)
    form = NominationFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            found = services.read_file(
                call, form.cleaned_data["partner"], name=file.name, content=file.read(), by=request.user
            )
        except NotATable as refusal:
            form.add_error("file", str(refusal))
        else:
            return redirect("nominations:preview", call.pk, found.pk)
    lists = call.nomination_lists.select_related("partner", "created_by").annotate(count=Count("nominations"))
    return _screen(
        request, "index", _("Nominations"), call, form=form, lists=lists[:50], refusal=window_of(call) or ""
    )


@require_admin_access
def example(request, call_id):
    """A spreadsheet with the columns and two lines, to be filled in."""
    get_handled_call_or_404(request.user, call_id)
    return spreadsheet(EXAMPLE, COLUMNS.example, name="nominations")


@require_admin_access
def preview(request, call_id, pk):
    """What confirming would do, line by line; and what it did."""
    found = get_nominations_or_404(request.user, call_id, pk)
    if found.confirmed_at:
        entered = found.nominations.select_related("application__person", "application__country")
        page = Paginator(entered.order_by("line"), LINES_A_PAGE).get_page(request.GET.get("p"))
        return _screen(request, "entered", str(found), found.call, nominations=found, page=page)
    if request.method == "POST":
        return _enter(request, found)
    return _preview(request, found)


def _enter(request, found):
    form = NominateForm(request.POST)
    if not form.is_valid():
        return _preview(request, found, status=422)
    try:
        count = services.enter(found, by=request.user, **form.cleaned_data)
    except services.NominationsRefused as refusal:
        return _preview(request, found, notice=str(refusal), status=409)
    said = ngettext(
        "A draft has been begun for one person, who is written to.",
        "Drafts have been begun for %(count)d people, who are written to.",
        count,
    )
    messages.success(request, said % {"count": count})
    return redirect("nominations:preview", found.call_id, found.pk)


def _preview(request, found, *, notice="", status=0):
    seen = examine(found, request.user)
    lists = {"refused": seen.refused, "noted": seen.noted, "new": seen.new, "known": seen.known}
    asked = request.GET.get("show")
    shown = asked if asked in lists else next((name for name, lines in lists.items() if lines), "new")
    return _screen(
        request,
        "preview",
        str(found),
        found.call,
        status=status,
        nominations=found,
        preview=seen,
        shown=shown,
        tabs=[(name, _label(name), len(lines)) for name, lines in lists.items()],
        page=Paginator(lists[shown], LINES_A_PAGE).get_page(request.GET.get("p")),
        confirm=NominateForm(initial={"seen": seen.fingerprint}),
        refusal=window_of(found.call) or "",
        notice=notice,
    )


def _label(name):
    return {
        "refused": _("To be corrected"),
        "noted": _("To look at twice"),
        "new": _("Will be begun"),
        "known": _("Has an application already"),
    }[name]


@require_admin_access
@require_POST
def discard(request, call_id, pk):
    """Forget a file that is not to be entered."""
    found = get_nominations_or_404(request.user, call_id, pk)
    try:
        services.discard(found, by=request.user)
    except services.NominationsRefused as refusal:
        messages.warning(request, str(refusal))
        return redirect("nominations:preview", found.call_id, found.pk)
    messages.success(request, _("The file has been forgotten. Nobody was nominated."))
    return redirect("nominations:index", found.call_id)


def _screen(request, name, title, call, *, status=0, **context):
    steps = [call_step(call)]
    if name != "index":
        steps.append((reverse("nominations:index", args=[call.pk]), _("Nominations")))
    response = screen(
        request,
        f"programmes/nominations/staff/{name}.html",
        title=title,
        icon="group",
        trail=trail(*steps, last=title),
        call=call,
        **context,
    )
    response.status_code = status or response.status_code
    return response
