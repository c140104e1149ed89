"""Issuing to everybody of an edition who qualifies: looked at first, then ordered, then handed on."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from wagtail.admin.auth import require_admin_access

from certificates import access
from certificates.bulk.forms import AwardChoiceForm, BulkIssueForm
from certificates.bulk.outlook import awards_of, outlook, progress_of
from certificates.bulk.services.issuing import send_held_emails
from certificates.bulk.services.ordering import NobodyQualifies, order_bulk_issue
from certificates.collecting import NothingToCollect, merged_pdf, zip_of
from certificates.models import Rule


@require_admin_access
def issue(request, edition_id):
    """Who gets it, who has it, who does not and why; then the order."""
    edition = access.get_edition_to_award_or_404(request.user, edition_id)
    award_types = access.awards_to_issue(request.user, edition)
    if ordered := _ordered_before(request, edition):
        return redirect("bulk_awards:order", ordered.pk)
    # What is posted names the award that was looked at: another must never be issued in its place.
    asked = request.POST if request.method == "POST" else request.GET
    choice = AwardChoiceForm(asked if "award" in asked else None, award_types=award_types)
    award_type = choice.cleaned_data["award"] if choice.is_valid() else None
    if not choice.is_bound and request.method != "POST":
        award_type = award_types.first()
    context = {"edition": edition, "choice": choice, "award_type": award_type}
    if award_type is None:
        return _screen(request, edition, "issue", context)
    context["outlook"] = shown = outlook(edition, award_type)
    context["form"] = form = BulkIssueForm(
        request.POST or None, ready=shown.ready, by_decision=award_type.rule == Rule.DECISION
    )
    context["orders"] = [(order, progress_of(order)) for order in edition.bulk_issues.all()[:10]]
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            order = order_bulk_issue(
                edition, award_type, chosen=set(data.pop("people")), by=request.user, **data
            )
        except NobodyQualifies as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("bulk_awards:order", order.pk)
    return _screen(request, edition, "issue", context, status=422 if form.errors else 200)


def _ordered_before(request, edition):
    """The order that this very form has made already, as when somebody clicks twice."""
    key = BulkIssueForm.base_fields["form_key"]
    try:
        return edition.bulk_issues.filter(form_key=key.clean(request.POST.get("form_key"))).first()
    except ValidationError:
        return None


@require_admin_access
@never_cache
def order(request, pk):
    """How far an order has come; the files; the e-mails that were held back."""
    found = access.get_bulk_issue_or_404(request.user, pk)
    lines = found.lines.select_related("enrolment__person", "award")
    context = {"order": found, "progress": progress_of(found), "lines": lines, "edition": found.edition}
    return _screen(request, found.edition, "order", context)


@require_admin_access
@require_POST
def send_emails(request, pk):
    """Send the e-mails that were held back."""
    found = access.get_bulk_issue_or_404(request.user, pk)
    count = send_held_emails(found, by=request.user)
    sentence = ngettext(
        "%(count)s person has been written to.", "%(count)s people have been written to.", count
    )
    messages.success(request, sentence % {"count": count})
    return redirect("bulk_awards:order", found.pk)


@require_admin_access
def as_zip(request, pk):
    """Every file of an order, as it was issued."""
    return _collected(request, pk, zip_of, "zip")


@require_admin_access
def as_pdf(request, pk):
    """Every page of an order, to print."""
    return _collected(request, pk, merged_pdf, "pdf")


def _collected(request, pk, collect, ending):
    found = access.get_bulk_issue_or_404(request.user, pk)
    awards = awards_of(found).order_by("number")
    try:
        made = collect(awards.iterator(chunk_size=100))
    except NothingToCollect:
        messages.warning(request, _("No file of these awards is whole yet. Come back in a moment."))
        return redirect("bulk_awards:order", found.pk)
    name = f"{slugify(found.edition.code)}-{found.pk}.{ending}"
    return FileResponse(made, as_attachment=True, filename=name)


def _screen(request, edition, name, context, status=200):
    title = _("Issue awards")
    context |= {
        "page_title": title,
        "header_title": title,
        "header_icon": "success",
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            {"url": reverse("editions:index"), "label": _("Editions")},
            {"url": reverse("editions:edit", args=[edition.pk]), "label": str(edition)},
            {"url": "", "label": title},
        ],
    }
    template = f"certificates/admin/bulk/{name}.html"
    return TemplateResponse(request, template, context, status=status)
