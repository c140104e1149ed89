"""Who attended what in an edition, those in danger first; the same as a spreadsheet."""

from django import forms
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.auth import require_admin_access
from wagtail.admin.paginator import WagtailPaginator

from enrolments.access import can_manage
from enrolments.admin_views.asking import crumbs, screen
from enrolments.models import Cohort
from enrolments.spreadsheets import spreadsheet
from foundation.audit import services as audit
from timetable.attendance import access
from timetable.attendance.overview import overview
from timetable.attendance.rules import rules_of
from timetable.models import SessionActivity
from timetable.templatetags.attendance import mark_words

PER_PAGE = 60


class OverviewForm(forms.Form):
    """Which learners are shown."""

    q = forms.CharField(label=gettext_lazy("Name"), required=False)
    cohort = forms.ModelChoiceField(
        Cohort.objects.none(), label=gettext_lazy("Cohort"), required=False, empty_label=gettext_lazy("All")
    )
    show = forms.ChoiceField(
        label=gettext_lazy("Show"),
        required=False,
        choices=[
            ("", gettext_lazy("All who hold a place")),
            ("endangered", gettext_lazy("Below what is asked for")),
        ],
    )

    def __init__(self, *args, edition, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["cohort"].queryset = edition.cohorts.open()


def asked_for(request, edition):
    """The form and the overview it asks for."""
    form = OverviewForm(request.GET or None, edition=edition)
    asked = form.cleaned_data if form.is_valid() else {}
    found = overview(
        edition,
        cohort=asked.get("cohort"),
        name=asked.get("q") or "",
        endangered=asked.get("show") == "endangered",
    )
    return form, found


def trail(edition, *steps, last):
    """The way here through the learners of the edition."""
    learners = (reverse("learner_progress:edition", args=[edition.pk]), str(edition))
    return crumbs(learners, *steps, last=last)


@require_admin_access
def edition_attendance(request, pk):
    """Everybody by every session."""
    edition = access.get_taught_edition_or_404(request.user, pk)
    form, found = asked_for(request, edition)
    paginator = WagtailPaginator(found.rows, PER_PAGE)
    page = paginator.get_page(request.GET.get("p"))
    return screen(
        request,
        "timetable/staff/attendance/overview.html",
        title=_("Attendance"),
        icon="calendar-check",
        trail=trail(edition, last=_("Attendance")),
        form=form,
        edition=edition,
        manages=can_manage(request.user, edition),
        overview=found,
        rules=rules_of(edition.pk),
        has_activities=SessionActivity.objects.filter(course=edition.course_id).exists(),
        page=page,
        elided_page_range=paginator.get_elided_page_range(page.number),
        narrowed=request.GET.urlencode(),
    )


@require_admin_access
def export_attendance(request, pk):
    """The same as a workbook."""
    edition = access.get_taught_edition_or_404(request.user, pk)
    _form, found = asked_for(request, edition)
    headings = [
        _("Family name"),
        _("Given names"),
        _("E-mail address"),
        _("Hours attended"),
        _("Hours held"),
        _("Attendance"),
        _("Asked for"),
        _("Hours that may still be missed"),
        *[f"{session.on.isoformat()} {session.starts:%H:%M} {session.title}" for session in found.sessions],
    ]
    rows = [_sheet_row(row) for row in found.rows]
    audit.record(request.user, "timetable.export_attendance", edition, after={"learners": len(rows)})
    return spreadsheet(rows, headings, name=f"attendance-{edition.code}-{timezone.localdate():%Y-%m-%d}")


def _sheet_row(row):
    person, share = row.enrolment.person, row.share
    return [
        person.last_name,
        person.first_name,
        person.email,
        float(share.attended_hours),
        float(share.possible_hours),
        None if share.share is None else float(share.share),
        None if share.threshold is None else float(share.threshold),
        None if share.hours_may_be_missed is None else float(share.hours_may_be_missed),
        *[mark_words(line.mark) if line and line.mark else "" for _session, line in row.cells],
    ]
