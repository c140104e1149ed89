"""Many results at once: pasted, from a file, out as a file. Nothing is saved before a preview was confirmed."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.auth import require_admin_access

from enrolments.spreadsheets import TYPES, XLSX
from foundation.audit import services as audit
from gradebook import access, services
from gradebook.admin_views.frame import address, gradebook_screen
from gradebook.book import Book
from gradebook.forms import ConfirmForm, ExportForm, FileForm, PasteForm
from gradebook.models import EntrySource
from gradebook.preview import pack, preview_of, renewed, unpack
from gradebook.refusals import ChangedSincePreview, GradebookRefused, OwnResult, ReasonNeeded
from gradebook.tables import pasted, workbook
from gradebook.workbook import workbook_of


@require_admin_access
def paste(request, pk):
    """Lines from a spreadsheet; valid ones lead to the preview."""
    scheme = access.get_scheme_or_404(request.user, pk)
    items = scheme.items.counting().select_related("activity", "category")
    form = PasteForm(request.POST or None, items=items, initial={"item": request.GET.get("item")})

    def read():
        return pasted(form.cleaned_data["text"], list(items), form.cleaned_data["item"])

    return _ask(
        request,
        scheme,
        form,
        read,
        EntrySource.PASTED,
        title=_("Paste results"),
        icon="copy",
        field="text",
        lead=_("Nothing is saved yet: the next screen shows exactly what would change."),
    )


@require_admin_access
def upload(request, pk):
    """A workbook; a readable one leads to the preview."""
    scheme = access.get_scheme_or_404(request.user, pk)
    items = list(scheme.items.counting().select_related("activity", "category"))
    form = FileForm(request.POST or None, request.FILES or None)
    return _ask(
        request,
        scheme,
        form,
        lambda: workbook(form.cleaned_data["file"], items),
        EntrySource.IMPORTED,
        title=_("Read results from a file"),
        icon="upload",
        field="file",
        lead=_(
            "Download the gradebook, change results in your spreadsheet, and bring the file back. Empty cells change "
            "nothing. Nothing is saved yet: the next screen shows exactly what would change."
        ),
    )


def _ask(request, scheme, form, read, source, *, field, **words):
    """Show the form; what can be read of it becomes a preview."""
    if request.method == "POST" and form.is_valid():
        try:
            learners = access.learners(scheme.edition)
            preview = preview_of(Book(scheme.edition), learners, read(), source)
        except GradebookRefused as refusal:
            form.add_error(field, str(refusal))
        else:
            return show_preview(request, scheme, preview)
    return gradebook_screen(
        request, "ask.html", scheme.edition, form=form, steps=(words["title"],), button=_("Preview"), **words
    )


def show_preview(request, scheme, preview, *, form=None, notice="", status=200):
    """What would change, line by line, and the button that saves it."""
    form = form or ConfirmForm(initial={"payload": pack(preview, scheme, request.user)})
    form.fields["reason"].required = bool(preview.overriding)
    response = gradebook_screen(
        request,
        "preview.html",
        scheme.edition,
        title=_("What would change"),
        icon="view",
        steps=(_("What would change"),),
        preview=preview,
        confirm=form,
        notice=notice,
    )
    response.status_code = status
    return response


@require_admin_access
@require_POST
def confirm(request, pk):
    """Save what a preview showed: all of it, once, or nothing."""
    scheme = access.get_scheme_or_404(request.user, pk)
    form = ConfirmForm(request.POST)
    try:
        key, source, proposals = unpack(request.POST.get("payload", ""), scheme, request.user)
    except GradebookRefused as refusal:
        messages.error(request, str(refusal))
        return redirect(address("paste", scheme.edition))
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    try:
        services.apply_batch(scheme, proposals, key=key, source=source, by=request.user, reason=reason)
    except OwnResult as refusal:
        messages.error(request, str(refusal))
        return redirect(address("paste", scheme.edition))
    except (ChangedSincePreview, ReasonNeeded) as refusal:
        learners = access.learners(scheme.edition).in_bulk()
        preview = renewed(Book(scheme.edition), learners, key, source, proposals)
        changed = isinstance(refusal, ChangedSincePreview)
        again = ConfirmForm(initial={"payload": pack(preview, scheme, request.user), "reason": reason})
        notice = str(refusal) if changed else _("Nothing was saved: say why these results change.")
        return show_preview(
            request, scheme, preview, form=again, notice=notice, status=409 if changed else 422
        )
    text = ngettext("%(count)d result has been saved.", "%(count)d results have been saved.", len(proposals))
    messages.success(request, text % {"count": len(proposals)})
    return redirect(address("grid", scheme.edition))


@require_admin_access
def export(request, pk):
    """Ask for the reason, then send the workbook. GET changes nothing, so the file comes by POST."""
    scheme = access.get_scheme_or_404(request.user, pk)
    form = ExportForm(request.POST or None)
    learners = access.learners(scheme.edition).filter(withdrawn_at=None)
    if request.method == "POST" and form.is_valid():
        return send(request, scheme, learners, form.cleaned_data["reason"])
    return gradebook_screen(
        request,
        "ask.html",
        scheme.edition,
        title=_("Download the gradebook"),
        icon="download",
        steps=(_("Download"),),
        form=form,
        button=_("Download (XLSX)"),
        lead=_(
            "%(count)s learners with all their results. Keep the file where only those who need it can read it."
        )
        % {"count": learners.count()},
    )


def send(request, scheme, learners, reason):
    """The file, and the entry that says who took it, and why."""
    people = list(learners.order_by("person__last_name", "person__first_name", "pk"))
    addresses = access.can_see_addresses(request.user, scheme.edition)
    content = workbook_of(Book(scheme.edition), people, addresses=addresses)
    audit.record(request.user, "gradebook.export", scheme, reason=reason, after={"rows": len(people)})
    response = HttpResponse(content, content_type=TYPES[XLSX])
    name = f"gradebook-{scheme.edition.code}-{timezone.localdate():%Y-%m-%d}.xlsx"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
