"""The list of students as a file."""

from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin.auth import require_admin_access

from enrolments.admin_views.exporting import ask_and_export
from programmes import access
from programmes.admin_views.frame import edition_crumbs
from programmes.admin_views.students import listed
from programmes.forms import StudentFilterForm


@require_admin_access
def export(request, pk):
    """What the list shows now, for a spreadsheet."""
    edition = access.get_managed_or_404(request.user, pk)
    chosen = StudentFilterForm(request.GET or None, programme_edition=edition).chosen
    rows = [_cells(row) for row in listed(edition, chosen)]
    return ask_and_export(
        request,
        rows,
        [
            _("Family name"),
            _("Given names"),
            _("E-mail address"),
            _("Country"),
            _("Institution"),
            _("Mode"),
            _("Admitted"),
            _("Withdrawn"),
            _("In the phase"),
            _("Next gate"),
        ],
        about=edition,
        action="programmes.export_students",
        name=f"students-{edition.code}",
        title=_("Download the list of students"),
        trail=edition_crumbs(edition, _("Download the list of students")),
        back=reverse("programme_editions:students", args=[pk]),
    )


def _cells(row):
    student = row.student
    return [
        student.person.last_name,
        student.person.first_name,
        student.person.email,
        student.country,
        student.institution,
        student.get_mode_display(),
        student.admitted_at,
        student.withdrawn_at,
        row.current,
        row.words,
    ]
