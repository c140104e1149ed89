"""What browsers reported: the attempts at an interactive activity, one with its answers, all of them as a file."""

from django.core.paginator import Paginator
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin.auth import require_admin_access

from enrolments.access import can_manage
from enrolments.admin_views.asking import screen
from enrolments.admin_views.forms import ReasonForm
from enrolments.spreadsheets import spreadsheet
from foundation.audit import services as audit
from h5p.forms import typed_number
from h5p.player import RIGHT_TO_LEFT
from learning.admin_views.progress import edition_trail
from learning.interactive import access
from learning.interactive.answer_table import headings, row_of
from learning.interactive.reports import attempts_in, report_of_attempt, results_at, results_in, with_answers

PER_PAGE = 50


@require_admin_access
def attempt(request, pk):
    """One attempt with its answers, and the learner's others at the same activity."""
    h5p_attempt = access.taught_report_or_404(request.user, pk)
    of_learner = h5p_attempt.attempt
    enrolment, activity = of_learner.enrolment, of_learner.activity
    report = report_of_attempt(h5p_attempt)
    return screen(
        request,
        "learning/interactive/staff/attempt.html",
        title=_("Reported answers"),
        icon="user",
        trail=edition_trail(
            enrolment.edition, can_manage(request.user, enrolment.edition), str(enrolment.person)
        ),
        enrolment=enrolment,
        activity=activity,
        report=report,
        direction="rtl" if report.language.split("-")[0] in RIGHT_TO_LEFT else "ltr",
        results=results_at(enrolment, activity),
    )


@require_admin_access
def attempts(request, edition_id, activity_id):
    """Everybody's attempts at an activity, or one learner's, fifty a page."""
    edition, activity = access.taught_activity_or_404(request.user, edition_id, activity_id)
    rows = attempts_in(edition, activity)
    learner = request.GET.get("learner", "")
    if learner.isdecimal():
        rows = rows.filter(attempt__enrolment=typed_number(learner))
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("p"))
    return screen(
        request,
        "learning/interactive/staff/attempts.html",
        title=_("Reported results"),
        icon="list-ul",
        trail=edition_trail(edition, can_manage(request.user, edition), activity.title),
        edition=edition,
        activity=activity,
        page=page,
        results=results_in(page.object_list, activity),
    )


@require_admin_access
def export(request, edition_id, activity_id):
    """Ask for the reason, then send all attempts with their answers. GET changes nothing: the file comes by POST."""
    edition, activity = access.taught_activity_or_404(request.user, edition_id, activity_id)
    rows, manages = attempts_in(edition, activity), can_manage(request.user, edition)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        after = {"edition": edition.code, "rows": rows.count()}
        reason = form.cleaned_data["reason"]
        audit.record(request.user, "learning.export_reports", activity, reason=reason, after=after)
        return spreadsheet(
            (row_of(report, with_address=manages) for report in with_answers(rows, activity)),
            headings(with_address=manages),
            name=f"reported-{edition.code}-{timezone.localdate():%Y-%m-%d}",
        )
    back = reverse("interactive_results:attempts", args=[edition.pk, activity.pk])
    return screen(
        request,
        "enrolments/staff/ask.html",
        title=_("Download reported answers"),
        icon="download",
        trail=edition_trail(edition, manages, activity.title),
        form=form,
        back=back,
        lead=_(
            "%(count)s attempts with their answers. The file names people: keep it where only those who need it can "
            "read it, and delete it when it is no longer needed."
        )
        % {"count": rows.count()},
        button=_("Download (XLSX)"),
    )
