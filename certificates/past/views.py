"""Entering past awards: choose a spreadsheet, see line by line what would happen, confirm."""

from django.core.paginator import Paginator
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.auth import require_admin_access

from accounts.asking import ask_and_do
from certificates import access
from certificates.past import services
from certificates.past.examining import examine
from certificates.past.forms import CorrectForm, EnterForm, PastFileForm, ScanForm
from certificates.past.tables import COLUMNS
from certificates.viewsets.register import crumbs_to
from enrolments.spreadsheets import spreadsheet
from enrolments.tables import NotATable

LINES_A_PAGE = 100
EXAMPLE = [
    (
        *("CERT/2012/0417", "Amina Diallo", "Certificate of completion", "Tracing the proceeds of crime"),
        *("40", "2012-04-30", "en", "amina@example.org", ""),
    ),
    (
        *("CERT/2012/0418", "Łukasz Nowak", "Certificate of completion", "Tracing the proceeds of crime"),
        *("40", "2012-04-30", "en", "", "2015-04-30"),
    ),
]


@require_admin_access
def index(request):
    """What was entered before, and the way to choose a file."""
    imports = access.past_imports(request.user)
    form = PastFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            found = services.read_file(file.name, file.read(), by=request.user)
        except NotATable as refusal:
            form.add_error("file", str(refusal))
        else:
            return redirect("past_awards:preview", found.pk)
    context = {"form": form, "imports": imports[:50], "columns": COLUMNS.example}
    return _screen(request, "index", _("Past awards"), context, status=422 if form.errors else 200)


@require_admin_access
def example(request):
    """A spreadsheet with the columns and two lines, to be filled in."""
    access.past_imports(request.user)
    return spreadsheet(EXAMPLE, COLUMNS.example, name="past-awards")


@require_admin_access
def preview(request, pk):
    """What confirming would do, line by line; and what it did."""
    found = access.get_past_import_or_404(request.user, pk)
    if found.confirmed_at:
        entries = found.entries.select_related("award__occasion", "award__award_type")
        page = Paginator(entries, LINES_A_PAGE).get_page(request.GET.get("p"))
        context = {"past_import": found, "page": page, "count": page.paginator.count}
        return _screen(request, "entered", str(found), context)
    if request.method == "POST":
        return _enter(request, found)
    return _preview(request, found)


def _enter(request, found):
    form = EnterForm(request.POST)
    if not form.is_valid():
        return _preview(request, found, form=form, status=422)
    try:
        count = services.enter(found, by=request.user, **form.cleaned_data)
    except services.PastRefused as refusal:
        again = EnterForm(request.POST)
        again.add_error(None, str(refusal))
        return _preview(request, found, form=again, status=409)
    sentence = ngettext(
        "%(count)d past award has been entered.", "%(count)d past awards have been entered.", count
    )
    messages.success(request, sentence % {"count": count})
    return redirect("past_awards:preview", found.pk)


def _preview(request, found, *, form=None, status=200):
    seen = examine(found.lines, request.user)
    form = form or EnterForm(initial={"seen": seen.fingerprint})
    if form.is_bound:
        # The preview that is shown now is the one to be confirmed.
        form.data = form.data.copy() | {"seen": seen.fingerprint}
    lists = {"refused": seen.refused, "noted": seen.noted, "new": seen.new, "known": seen.known}
    asked = request.GET.get("show")
    shown = asked if asked in lists else next((name for name, lines in lists.items() if lines), "new")
    context = {
        "past_import": found,
        "preview": seen,
        "shown": shown,
        "tabs": [(name, _label(name), len(lines)) for name, lines in lists.items()],
        "page": Paginator(lists[shown], LINES_A_PAGE).get_page(request.GET.get("p")),
        "form": form,
    }
    return _screen(request, "preview", str(found), context, status=status)


def _label(name):
    return {
        "refused": _("Cannot be entered"),
        "noted": _("To look at twice"),
        "new": _("Will be entered"),
        "known": _("In the register already"),
    }[name]


@require_admin_access
@require_POST
def discard(request, pk):
    """Forget a file that is not to be entered."""
    found = access.get_past_import_or_404(request.user, pk)
    services.discard(found)
    messages.success(request, _("The file has been forgotten. Nothing was entered."))
    return redirect("past_awards:index")


@require_admin_access
def correct(request, pk):
    """Put right a name that was entered wrongly."""
    award = access.get_past_award_to_decide_or_404(request.user, pk)
    return ask_and_do(
        request,
        CorrectForm(request.POST or None, initial={"name": award.snapshot["name"]}),
        do=lambda data: services.correct(award, by=request.user, **data),
        refused=services.PastRefused,
        done=_("The entry of %(number)s has been corrected.") % {"number": award.number},
        title=_("Correct this entry"),
        text=_(
            "Only what was entered wrongly is corrected: the paper stays what it is, and so does its number."
        ),
        icon="edit",
        back=reverse("award_register:inspect", args=[pk]),
        crumbs=crumbs_to(award),
    )


@require_admin_access
def scan(request, pk):
    """Keep a scan of the paper with a past award."""
    award = access.get_past_award_to_decide_or_404(request.user, pk)
    sent = request.method == "POST"
    return ask_and_do(
        request,
        ScanForm(request.POST, request.FILES) if sent else ScanForm(),
        do=lambda data: services.attach_scan(
            award, data["file"].read(), by=request.user, reason=data["reason"]
        ),
        refused=services.PastRefused,
        done=_("The scan is kept with %(number)s.") % {"number": award.number},
        title=_("Keep a scan of the paper"),
        text=_("An earlier scan is replaced. Verification says that a scan is kept, and shows it to nobody."),
        icon="upload",
        back=reverse("award_register:inspect", args=[pk]),
        crumbs=crumbs_to(award),
    )


def _screen(request, name, title, context, status=200):
    steps = [
        {"url": reverse("wagtailadmin_home"), "label": _("Home")},
        {"url": reverse("award_register:index"), "label": _("Register of awards")},
    ]
    if name != "index":
        steps.append({"url": reverse("past_awards:index"), "label": _("Past awards")})
    context |= {
        "page_title": title,
        "header_title": title,
        "header_icon": "history",
        "breadcrumbs_items": [*steps, {"url": "", "label": title}],
    }
    return TemplateResponse(request, f"certificates/admin/past/{name}.html", context, status=status)
