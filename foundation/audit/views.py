"""The log for staff who may read it: a filtered list with export, and one entry. Nothing here writes."""

import json

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, render
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.permission_policies import ModelPermissionPolicy

from foundation.audit.actions import action_label
from foundation.audit.filters import EntryFilterSet
from foundation.audit.models import Entry

VIEW_PERMISSION = "audit.view_entry"


def who(entry):
    """The name kept with the entry."""
    return entry.actor_label or _("The system")


def what(entry):
    """The action in words."""
    return action_label(entry.action)


def as_cell(value):
    """Text for a spreadsheet, which must never take it for a formula."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


class EntryReportView(ReportView):
    """Every entry, newest first."""

    model = Entry
    permission_policy = ModelPermissionPolicy(Entry)
    permission_required = "view"
    page_title = _("Audit log")
    header_icon = "history"
    filterset_class = EntryFilterSet
    index_url_name = "audit:entries"
    index_results_url_name = "audit:entries_results"
    verbose_name_plural = _("audit entries")
    default_ordering = "-number"
    columns = [
        TitleColumn("action", label=_("What"), accessor=what, url_name="audit:entry", id_accessor="number"),
        Column("object_label", label=_("Object")),
        Column("actor_label", label=_("Who"), accessor=who),
        Column("reason", label=_("Reason")),
        DateColumn("at", label=_("When"), sort_key="number"),
    ]
    list_export = [
        *("number", "at", "actor_label", "action", "object_type", "object_id", "object_label"),
        *("reason", "before", "after", "hash"),
    ]
    custom_field_preprocess = {
        field: {"csv": as_cell, "xlsx": as_cell}
        for field in ["actor_label", "object_label", "reason", "before", "after"]
    }
    export_filename = "audit-log"


def entry(request, number):
    """Show one entry with what was before and after."""
    if not request.user.has_perm(VIEW_PERMISSION):
        raise PermissionDenied
    found = get_object_or_404(Entry.objects.select_related("content_type"), number=number)
    return render(
        request,
        "audit/entry.html",
        {
            "entry": found,
            "who": who(found),
            "what": what(found),
            "changes": changes(found),
            "header_title": _("Audit entry %(number)s") % {"number": number},
            "breadcrumbs_items": [
                {"url": reverse_lazy("wagtailadmin_home"), "label": _("Home")},
                {"url": reverse_lazy("audit:entries"), "label": EntryReportView.page_title},
                {"url": "", "label": what(found)},
            ],
        },
    )


def changes(found):
    """One row per value: its name, what it was, what it became."""
    before, after = found.before or {}, found.after or {}
    return [(name, before.get(name), after.get(name)) for name in {**before, **after}]
