"""What was erased when: the proof that files of those not admitted are gone."""

from django.db.models import Count, Sum
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin.auth import require_admin_access

from enrolments.admin_views.exporting import ask_and_export
from programmes.applications import access
from programmes.applications.admin_views.screens import screen, trail


@require_admin_access
def erasures(request):
    """The erasures of the editions the person coordinates."""
    found = access.handled_erasures(request.user).annotate(
        number=Count("files"), people=Count("files__application", distinct=True), bytes=Sum("files__size")
    )
    title = _("Erased files")
    return screen(request, "erasures", title=title, trail=trail(last=title), erasures=found)


@require_admin_access
def erasure(request, pk):
    """One report as a spreadsheet: every file with its hash and its dates."""
    report = access.get_erasure_or_404(request.user, pk)
    files = report.files.select_related("application__receipt__call")
    rows = [
        [_number(one.application), one.label, one.size, one.sha256, one.uploaded_at, one.erased_at]
        for one in files
    ]
    headings = [_("Application"), _("Document"), _("Size"), "SHA-256", _("Uploaded"), _("Erased")]
    title = _("Report of an erasure")
    return ask_and_export(
        request,
        rows,
        headings,
        about=report,
        action="programmes.export_erasure",
        name=f"erasure-{report.pk}",
        title=title,
        trail=trail((reverse("application_calls:erasures"), _("Erased files")), last=title),
        back=reverse("application_calls:erasures"),
    )


def _number(application):
    receipt = getattr(application, "receipt", None)
    return receipt.reference if receipt else f"({application.pk})"
