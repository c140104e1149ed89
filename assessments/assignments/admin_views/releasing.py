"""Releasing marks, reopening papers, taking marks out as a file: each by whoever may, each recorded."""

from django import forms
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.auth import require_admin_access

from assessments.assignments import access, services
from assessments.assignments.admin_views.marking import all_marking, queue_step, queue_url
from assessments.assignments.admin_views.screens import screen
from assessments.assignments.forms.marking import ReopenForm
from assessments.assignments.queue import queue
from assessments.assignments.refusals import AssignmentRefused
from enrolments.admin_views.forms import ReasonForm
from enrolments.spreadsheets import CSV, XLSX, spreadsheet
from foundation.audit import services as audit
from learning.services import LearningRefused


@require_admin_access
@require_POST
def release(request, submission_id):
    """Tell the mark of one submission."""
    submission = access.get_submission_to_mark_or_404(request.user, submission_id, access.can_release)
    try:
        told = services.release(submission, by=request.user, reason=request.POST.get("reason", "")[:500])
    except AssignmentRefused as refusal:
        messages.error(request, str(refusal))
    else:
        if told:
            messages.success(request, _("The mark is released. Whoever handed it in is told by e-mail."))
    return redirect("assignment_marking:mark", submission.pk)


@require_admin_access
@require_POST
def release_all(request, assignment_id, edition_id):
    """Tell every mark that is settled."""
    found = access.get_marked_edition_or_404(request.user, assignment_id, edition_id, access.can_release)
    count = services.release_all(*found, by=request.user)
    said = ngettext("%(count)s mark is released.", "%(count)s marks are released.", count)
    messages.success(request, said % {"count": count})
    return redirect("assignment_marking:queue", assignment_id, edition_id)


@require_admin_access
def reopen(request, submission_id):
    """Let whoever handed it in work on it again."""
    submission = access.get_submission_to_mark_or_404(request.user, submission_id, access.can_release)
    form = ReopenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.reopen(submission, by=request.user, **form.cleaned_data)
        except (AssignmentRefused, LearningRefused) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("It is open again. Whoever handed it in is told by e-mail."))
            return redirect(queue_url(submission))
    return screen(
        request,
        "ask",
        _("Open it again"),
        all_marking(),
        queue_step(submission),
        icon="undo",
        form=form,
        lead=_(
            "A new draft begins with what was handed in. What was handed in is kept and its marks stay on record; "
            "what is handed in next takes its place."
        ),
        button=_("Open it again"),
        back=reverse("assignment_marking:mark", args=[submission.pk]),
    )


class ExportForm(ReasonForm):
    """In which form, and what for."""

    kind = forms.ChoiceField(label=_("File"), choices=[(XLSX, "Excel (XLSX)"), (CSV, "CSV")])
    field_order = ["kind", "reason"]


@require_admin_access
def export(request, assignment_id, edition_id):
    """Every mark of an assignment in an edition as a file; where marking is anonymous names come with the release."""
    found = access.get_marked_edition_or_404(request.user, assignment_id, edition_id, access.can_release)
    assignment, edition = found
    form = ExportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return send(request, assignment, edition, form.cleaned_data)
    return screen(
        request,
        "ask",
        _("Export marks"),
        all_marking(),
        (reverse("assignment_marking:queue", args=[assignment.pk, edition.pk]), assignment.title),
        icon="download",
        form=form,
        lead=_(
            "The file names people: keep it where only those who need it can read it, and delete it when it has served."
        ),
        button=_("Download"),
        back=reverse("assignment_marking:queue", args=[assignment.pk, edition.pk]),
    )


def send(request, assignment, edition, data):
    """The file, and the entry that says who took it and why."""
    rows = [line for row in queue(assignment, edition, request.user) for line in lines_of(row)]
    audit.record(
        request.user,
        "assessments.export_marks",
        assignment,
        reason=data["reason"],
        after={"rows": len(rows), "edition": edition.code, "file": data["kind"]},
    )
    headings = [
        *(_("Code"), _("Given names"), _("Family name"), _("E-mail"), _("Work group"), _("Handed in")),
        *(_("State"), _("Days late"), _("Mark"), _("Taken off"), _("Counts"), _("Released")),
    ]
    name = f"marks-{edition.code}-{assignment.pk}-{timezone.localdate():%Y-%m-%d}"
    return spreadsheet(rows, headings, name=name, kind=data["kind"])


def lines_of(row):
    """One line for each person who handed a submission in."""
    told = {mark.member_id: mark for mark in row.told}
    for member in row.submission.members.all():
        mark, person = told.get(member.pk), member.attempt.enrolment.person
        named = row.names_are_shown
        score = mark.mark if mark else row.outcome.score
        yield [
            row.submission.code,
            person.first_name if named else "",
            person.last_name if named else "",
            person.email if named else "",
            str(row.submission.cohort or "") if named else "",
            row.submission.handed_in_at,
            str(row.state.label),
            mark.days_late if mark else row.days_late,
            None if score is None else float(score),
            float(mark.penalty) if mark else None,
            float(mark.score) if mark else None,
            mark.released_at if mark else None,
        ]
