"""Everybody's results on one sheet, and one student's record."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin.auth import require_admin_access

from enrolments.spreadsheets import spreadsheet
from foundation.audit import services as audit
from programmes.access import can_register
from programmes.models import Module
from programmes.records import access
from programmes.records.admin_views.screens import records_screen, trail_of
from programmes.records.papers import papers_of
from programmes.records.record import record_of, records_of
from programmes.records.scores import as_typed


@require_admin_access
def sheet(request, code):
    """Students by modules: confirmed results, provisional ones, average, credits, class of degree."""
    edition = access.get_managed_edition_or_404(request.user, code)
    modules = modules_of(edition)
    return records_screen(
        request,
        "sheet.html",
        edition,
        "programme_records:sheet",
        title=_("Results"),
        icon="table",
        trail=trail_of(edition, last=_("Results")),
        modules=modules,
        rows=_rows(edition, modules),
        may_register=can_register(request.user, edition),
    )


def modules_of(edition):
    """The modules of an edition, in the order they are taught in."""
    modules = Module.objects.filter(phase__programme_edition=edition)
    return list(modules.select_related("edition__course").order_by("phase__position", "position", "pk"))


def _rows(edition, modules):
    """Each record with a cell for every module; students who have left come last."""
    records = sorted(
        records_of(edition).values(),
        key=lambda record: (record.student.withdrawn_at is not None, record.student.person.last_name),
    )
    rows = []
    for record in records:
        lines = {line.module.pk: line for line in record.lines}
        rows.append((record, [lines.get(module.pk) for module in modules]))
    return rows


@require_admin_access
@require_POST
def export(request, code):
    """The sheet as a spreadsheet."""
    edition = access.get_managed_edition_or_404(request.user, code)
    modules = modules_of(edition)
    heads = [
        _("Family name"),
        _("Given names"),
        *(module.code for module in modules),
        _("Average, %"),
        _("Credits"),
        _("Class of degree"),
    ]
    rows = [_exported(record, cells) for record, cells in _rows(edition, modules)]
    audit.record(request.user, "programmes.export_records", edition, after={"rows": len(rows)})
    return spreadsheet(rows, heads, name=f"records-{edition.code}-{timezone.localdate():%Y-%m-%d}")


def _exported(record, cells):
    person = record.student.person
    scores = [as_typed(line.shown.score) if line and line.shown else None for line in cells]
    average = None if record.average is None else round(float(record.average) * 100, 2)
    degree = record.degree
    return [
        person.last_name,
        person.first_name,
        *(None if score is None else float(score) for score in scores),
        average,
        float(record.credits_earned),
        str(degree.rule or "") if degree and degree.is_awarded else "",
    ]


@require_admin_access
def student(request, code, key):
    """One student's record with its reasons, cases and papers."""
    found = access.get_registered_student_or_404(request.user, code, key)
    edition = found.programme_edition
    record = record_of(found)
    return records_screen(
        request,
        "student.html",
        edition,
        title=str(found.person),
        icon="user",
        trail=trail_of(
            edition, (reverse("programme_records:sheet", args=[code]), _("Results")), last=str(found.person)
        ),
        student=found,
        record=record,
        supposed=record.as_if_confirmed(),
        cases=found.cases.select_related("module_enrolment__module__edition__course"),
        papers=papers_of(found),
        events=found.events.select_related("by", "phase"),
        may_register=can_register(request.user, edition),
    )
