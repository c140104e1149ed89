"""Bringing questions into a bank in three steps (choose, look, confirm), and taking them out as a file."""

from django.core.paginator import Paginator
from django.http import StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.auth import require_admin_access

from assessments.authoring.access import can_write_bank, get_bank_or_404, get_import_or_404
from assessments.authoring.forms.exchange import ExportForm, ImportForm
from assessments.authoring.views.banks import trail_to
from assessments.authoring.views.screens import screen
from assessments.exchange.exporting import export_questions as exported
from assessments.exchange.listing import groups_of, lines_in
from assessments.exchange.preview import NEW
from assessments.exchange.values import Unreadable
from assessments.services import exchange as services

LINES_A_PAGE = 100


@require_admin_access
def import_questions(request, bank_id):
    """Choose a file; nothing is saved but the file, for a day."""
    bank = get_bank_or_404(request.user, bank_id, can_write_bank)
    form = ImportForm(request.POST or None, request.FILES or None, initial={"language": bank.source_language})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            prepared = services.prepare_import(
                bank,
                data["file"],
                name=data["file"].name,
                form=data["format"],
                language=data["language"],
                user=request.user,
            )
        except Unreadable as problem:
            form.add_error("file", on_line(problem))
        else:
            return redirect("question_exchange:preview", prepared.key)
    context = screen(_("Import questions"), trail=trail_to(bank), icon="upload", form=form, bank=bank)
    status = 422 if request.method == "POST" else 200
    return render(request, "assessments/exchange/import.html", context, status=status)


def on_line(problem):
    """Why a file cannot be read, and from which line."""
    return _("Nothing was saved. Line %(line)s: %(reason)s") % {
        "line": problem.line,
        "reason": problem.reason,
    }


@require_admin_access
def preview(request, key):
    """What the file would bring in, or, once confirmed, what it brought."""
    prepared = get_import_or_404(request.user, key)
    only, is_done = request.GET.get("only", ""), bool(prepared.confirmed_at)
    context = {
        "prepared": prepared,
        "bank": prepared.bank,
        "is_done": is_done,
        "groups": groups_of(prepared.lines, only, is_done=is_done),
        "only": only,
        "page": Paginator(lines_in(prepared.lines, only), LINES_A_PAGE).get_page(request.GET.get("page")),
        "coming": len(lines_in(prepared.lines, NEW)),
        "refusal": services.import_refusal(prepared),
    }
    title = _("What came in") if is_done else _("What will come in")
    return render(
        request,
        "assessments/exchange/preview.html",
        screen(title, trail=trail_to(prepared.bank), icon="upload", **context),
    )


@require_admin_access
@require_POST
def confirm(request, key):
    """Bring in what was looked at; once, however often it is clicked."""
    prepared = get_import_or_404(request.user, key)
    try:
        services.confirm_import(prepared, user=request.user)
    except (services.ImportRefused, Unreadable) as refusal:
        messages.error(request, str(refusal))
    return redirect("question_exchange:preview", key)


@require_admin_access
@require_POST
def discard(request, key):
    """Forget a file that was not confirmed."""
    prepared = get_import_or_404(request.user, key)
    if services.discard_import(prepared):
        messages.success(request, _("The file has been removed. Nothing came in."))
    return redirect("question_bank:bank", prepared.bank_id)


@require_admin_access
def export_questions(request, bank_id):
    """The questions of a bank as a Moodle XML file: all, those of a category, or those ticked."""
    bank = get_bank_or_404(request.user, bank_id)
    form = ExportForm(request.POST if request.method == "POST" else request.GET, bank=bank)
    if not form.is_valid() or not (questions := form.questions()).exists():
        messages.warning(request, _("There are no questions to take out."))
        return redirect("question_bank:bank", bank.pk)
    response = StreamingHttpResponse(exported(bank, questions), content_type="application/xml; charset=utf-8")
    name = f"{slugify(bank.name) or 'questions'}-{timezone.localdate():%Y-%m-%d}.xml"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
