"""Enrolments as a file for the reports of the institute. Who takes personal data out says why, and that is recorded."""

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.auth import require_admin_access

from enrolments import access
from enrolments.admin_views.asking import crumbs, screen
from enrolments.admin_views.forms import ReasonForm
from enrolments.spreadsheets import CSV, XLSX, spreadsheet
from foundation.audit import services as audit
from learning.admin_views import listing


class ExportForm(ReasonForm):
    """In which form, and what for."""

    kind = forms.ChoiceField(
        label=gettext_lazy("File"),
        choices=[(XLSX, gettext_lazy("Excel (XLSX)")), (CSV, gettext_lazy("Text with commas (CSV)"))],
    )
    field_order = ["kind", "reason"]


COLUMNS = [
    (gettext_lazy("Enrolment"), lambda e: str(e.key)),
    (gettext_lazy("Given names"), lambda e: e.person.first_name),
    (gettext_lazy("Family name"), lambda e: e.person.last_name),
    (gettext_lazy("E-mail"), lambda e: e.person.email),
    (gettext_lazy("Course"), lambda e: e.edition.course.title),
    (gettext_lazy("Edition"), lambda e: e.edition.code),
    (gettext_lazy("Format"), lambda e: e.edition.get_format_display()),
    (gettext_lazy("Country or area"), lambda e: e.country),
    (gettext_lazy("Gender"), lambda e: e.get_gender_display()),
    (gettext_lazy("Professional group"), lambda e: e.profession and (e.profession.parent or e.profession)),
    (gettext_lazy("Profession"), lambda e: e.profession),
    (gettext_lazy("Institution"), lambda e: e.institution),
    (gettext_lazy("Experience"), lambda e: e.get_seniority_display()),
    (gettext_lazy("Language"), lambda e: e.language),
    (gettext_lazy("Enrolled"), lambda e: e.enrolled_at),
    (gettext_lazy("State"), lambda e: listing.state_of(e).label),
    (gettext_lazy("Withdrawn"), lambda e: e.withdrawn_at),
    (gettext_lazy("Completed"), lambda e: listing.completed_on(e)),
    (gettext_lazy("Country of the edition"), lambda e: e.edition.country),
    (gettext_lazy("Project"), lambda e: e.edition.project and e.edition.project.code),
    (
        gettext_lazy("Expected results"),
        lambda e: ", ".join(result.reference for result in e.edition.expected_results.all()),
    ),
]


@require_admin_access
def export_enrolments(request):
    """Ask for file and reason, then send what the list shows. GET changes nothing, so the file comes by POST."""
    if not access.manages_any(request.user):
        raise PermissionDenied
    found = shown(request)
    form = ExportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return send(request, found, form.cleaned_data)
    return screen(
        request,
        "enrolments/staff/ask.html",
        title=_("Export enrolments"),
        icon="download",
        trail=crumbs((reverse("enrolment_list:index"), _("Enrolments")), last=_("Export")),
        form=form,
        back=f"{reverse('enrolment_list:index')}?{request.GET.urlencode()}",
        lead=_(
            "%(count)s enrolments, as the list was narrowed down. The file names people: keep it where only those who "
            "need it can read it, and delete it when the report is done."
        )
        % {"count": found.count()},
        button=_("Download"),
    )


def shown(request):
    """The enrolments that the list shows for the same address."""
    enrolments = access.managed_enrolments(request.user)
    filters = listing.EnrolmentFilterSet(request.GET, queryset=enrolments, request=request)
    found = filters.qs if filters.is_valid() else enrolments.none()
    if typed := request.GET.get("q", "").strip():
        found = listing.matching(found, typed)
    return found.order_by("-enrolled_at", "-pk")


def send(request, found, data):
    """The file, and the entry that says who took how much, narrowed down how, and why."""
    related = (
        "person",
        "edition__course",
        "edition__country",
        "edition__project",
        "country",
        "profession__parent",
    )
    rows = found.select_related(*related, "course_completion")
    rows = list(rows.prefetch_related("edition__expected_results__priority__framework"))
    audit.record(
        request.user,
        "learning.export_enrolments",
        reason=data["reason"],
        after={"rows": len(rows), "file": data["kind"], "filters": narrowed_by(request.GET)},
    )
    return spreadsheet(
        ([value(row) for _heading, value in COLUMNS] for row in rows),
        [heading for heading, _value in COLUMNS],
        name=f"enrolments-{timezone.localdate():%Y-%m-%d}",
        kind=data["kind"],
    )


def narrowed_by(query: QueryDict):
    """The filters in use."""
    return {name: value for name, value in query.items() if value and name not in ("p", "ordering")}
