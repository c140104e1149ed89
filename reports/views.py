"""Reports to the Board and to donors. They read, and show totals only."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.auth import require_admin_access

from enrolments.admin_views.asking import crumbs, screen
from enrolments.spreadsheets import XLSX, spreadsheet
from reports.access import can_read_reports
from reports.charts import bar_chart
from reports.forms import ReachForm
from reports.reach import By, reach

TITLE = gettext_lazy("Learners reached")


@require_admin_access
def learners_reached(request):
    """Enrolments and completions of a period, by one thing at a time; as a page or as a file."""
    if not can_read_reports(request.user):
        raise PermissionDenied
    form = ReachForm({"by": By.COUNTRY} | request.GET.dict())
    figures = (
        reach(*(form.cleaned_data[name] for name in ("by", "first", "last"))) if form.is_valid() else None
    )
    if figures and request.GET.get("export") == XLSX:
        return as_file(figures)
    if figures and not form.data.get("first"):
        form = ReachForm({name: form.cleaned_data[name] for name in ("first", "last", "by")})
    return screen(
        request,
        "reports/learners_reached.html",
        title=str(TITLE),
        icon="form",
        trail=crumbs(last=TITLE),
        form=form,
        figures=figures,
        chart=bar_chart([(row.label, row.enrolled, row.completed) for row in figures.rows])
        if figures
        else None,
    )


def as_file(figures):
    """The table as a file; no person is in it."""
    headings = [
        *(
            figures.by.label,
            _("Enrolments"),
            _("of all enrolments"),
            _("Completions"),
            _("of all completions"),
        ),
        *(_("From"), _("Until")),
    ]
    rows = [
        (
            row.label,
            row.enrolled,
            figures.enrolled,
            row.completed,
            figures.completed,
            figures.first,
            figures.last,
        )
        for row in figures.rows
    ]
    return spreadsheet(
        rows, headings, name=f"learners-reached-{figures.by.value}-{figures.first}-{figures.last}"
    )
