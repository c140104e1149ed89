"""Marking: what waits, one paper beside its rubric, what is saved, finished, put back, agreed."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.auth import require_admin_access
from wagtail.admin.paginator import WagtailPaginator

from assessments.assignments import access, services
from assessments.assignments.admin_views.papers import paper_of
from assessments.assignments.admin_views.screens import TEMPLATES, screen
from assessments.assignments.desk import desk_rows
from assessments.assignments.forms.marking import MarksForm
from assessments.assignments.marks import (
    current,
    marking_refusal,
    next_part,
    own_draft,
    visible_markings,
)
from assessments.assignments.queue import next_waiting, not_handed_in, queue, rows_of
from assessments.assignments.refusals import AssignmentRefused
from assessments.assignments.results import marking_shown
from assessments.assignments.rules import lateness_in_words, rules_of
from assessments.file_types import UploadRefused
from assessments.models import Marking, Part, Submission
from assessments.rubrics import rubric_shown

ICON = "edit"
SHOWN = 50
REFUSED = (AssignmentRefused, UploadRefused)


def all_marking():
    """The step of the way here that every screen has."""
    return reverse("assignment_marking:index"), _("Assignments to mark")


def queue_step(submission):
    """The step to the list a submission stands in."""
    return queue_url(submission), submission.assignment.title


def queue_url(submission):
    """The list a submission stands in."""
    return reverse("assignment_marking:queue", args=[submission.assignment_id, submission.edition_id])


@require_admin_access
def index(request):
    """Every assignment of the editions one marks in, with what waits."""
    rows = desk_rows(access.editions_to_mark(request.user), request.user)
    return screen(request, "marking_index", _("Assignments to mark"), icon=ICON, rows=rows)


@require_admin_access
def marking_queue(request, assignment_id, edition_id):
    """What was handed in to one assignment in one edition."""
    assignment, edition = access.get_marked_edition_or_404(request.user, assignment_id, edition_id)
    rows = [row for row in queue(assignment, edition, request.user) if row.counts]
    waiting = [row for row in rows if row.waits_for_me]
    shown = rows if "all" in request.GET or not waiting else waiting
    paginator = WagtailPaginator(shown, SHOWN)
    page = paginator.get_page(request.GET.get("p"))
    return screen(
        request,
        "queue",
        assignment.title,
        all_marking(),
        icon=ICON,
        assignment=assignment,
        edition=edition,
        rows=page.object_list,
        page=page,
        elided_page_range=paginator.get_elided_page_range(page.number),
        waiting=len(waiting),
        total=len(rows),
        shows_all=shown is rows,
        releasable=sum(row.can_be_released for row in rows),
        released=sum(row.is_released for row in rows),
        missing=not_handed_in(assignment, edition),
        may_release=access.can_release(request.user, edition),
    )


@require_admin_access
def mark(request, submission_id):
    """One paper beside what it is marked by. Saving keeps a draft; finishing makes it count."""
    submission = access.get_submission_to_mark_or_404(request.user, submission_id)
    if request.method == "POST":
        return _save(request, submission)
    return marking_screen(request, submission)


def marking_screen(request, submission, *, form=None, choices=None, comments=None, status=200):
    """The paper, the form (as typed, if given), the marks that may be seen."""
    [row] = rows_of(Submission.objects.filter(pk=submission.pk), request.user)
    markings = list(
        submission.markings.select_related("marker", "replaces__marker", "confirmed_by")
        .prefetch_related("criteria", "files")
        .all()
    )
    rules, draft = row.rules, own_draft(markings, request.user)
    pinned = submission.version.assignment_version.rubric_version
    content = pinned and pinned.content
    refusal = marking_refusal(submission, rules, markings, request.user)
    if draft and choices is None:
        choices = {one.criterion: one.level for one in draft.criteria.all()}
        comments = {one.criterion: one.comment for one in draft.criteria.all()}
    part = draft.part if draft else next_part(rules, markings, request.user)
    return screen(
        request,
        "mark",
        row.who,
        all_marking(),
        queue_step(submission),
        icon=ICON,
        status=status,
        form=form or MarksForm(content=content, most=rules.max_points, marking=draft),
        rubric=content and rubric_shown(content, get_language(), choices=choices, comments=comments),
        submission=submission,
        row=row,
        rules=rules,
        draft=draft,
        part=part if isinstance(part, Part) else None,
        refusal=refusal,
        paper=paper_of(submission, row),
        lateness=lateness_in_words(row.days_late, rules.penalty(row.days_late)),
        shown=[
            marking_shown(one, content, rules.max_points, get_language())
            for one in visible_markings(rules, markings, request.user)
            if one.finished_at
        ],
        replaced=[one for one in markings if one.finished_at and one not in current(markings)]
        if row.outcome.is_settled
        else [],
        may_release=access.can_release(request.user, submission.edition),
        may_confirm=_may_confirm(markings, request.user),
    )


def _may_confirm(markings, user):
    """Whether the agreed mark waits for this person."""
    now = current(markings)
    agreed = next((one for one in now if one.part == Part.AGREED and one.finished_at), None)
    independent = {one.marker_id for one in now if one.part in (Part.FIRST, Part.SECOND)}
    waits = agreed is not None and not agreed.confirmed_at
    return waits and user.pk in independent and agreed.marker_id != user.pk


def form_of(request, submission):
    """The form as it was sent."""
    pinned = submission.version.assignment_version.rubric_version
    most = rules_of(submission.version).max_points
    return MarksForm(request.POST, content=pinned and pinned.content, most=most)


def _save(request, submission):
    form = form_of(request, submission)
    marks, part = form.marks(), request.POST.get("part", "")
    finishes = "finish" in request.POST
    try:
        if form.errors:
            raise Invalid
        if finishes:
            services.finish_marking(submission, marks, by=request.user, part=part)
        else:
            services.save_marking(submission, marks, by=request.user, part=part)
        for upload in request.FILES.getlist("files"):
            services.add_returned_file(submission, upload, by=request.user)
    except Invalid:
        pass
    except REFUSED as refusal:
        form.add_error(None, str(refusal))
    if form.errors:
        typed = {"choices": marks.choices, "comments": marks.comments}
        return marking_screen(request, submission, form=form, status=422, **typed)
    if not finishes:
        messages.success(request, _("Saved. The marking is not finished yet."))
        return redirect("assignment_marking:mark", submission.pk)
    messages.success(request, _("The marking is finished."))
    return to_next(request, submission)


class Invalid(Exception):
    """The form says what is wrong."""


def to_next(request, submission):
    """On to the next that waits, or back to the list."""
    following = next_waiting(queue(submission.assignment, submission.edition, request.user), submission)
    if following is None:
        return redirect(queue_url(submission))
    return redirect("assignment_marking:mark", following.pk)


@require_admin_access
@require_POST
def autosave(request, submission_id):
    """Keep the marks as they are given and say so."""
    submission = access.get_submission_to_mark_or_404(request.user, submission_id)
    form = form_of(request, submission)
    marks = form.marks()
    if form.errors:
        sentence = " ".join(error for errors in form.errors.values() for error in errors)
        return HttpResponse(sentence, status=422, content_type="text/plain; charset=utf-8")
    try:
        marking = services.save_marking(submission, marks, by=request.user, part=request.POST.get("part", ""))
    except AssignmentRefused as refusal:
        return HttpResponse(str(refusal), status=409, content_type="text/plain; charset=utf-8")
    return render(request, f"{TEMPLATES}/_saved.html", {"marking": marking})


@require_admin_access
@require_POST
def add_file(request, submission_id):
    """Give an annotated file back with the marking one is at. What else was typed is saved with it."""
    submission = access.get_submission_to_mark_or_404(request.user, submission_id)
    for upload in request.FILES.getlist("files"):
        _try(request, services.add_returned_file, submission, upload, by=request.user)
    return redirect("assignment_marking:mark", submission.pk)


@require_admin_access
@require_POST
def remove_file(request, submission_id, file_id):
    """Take an annotated file back."""
    submission = access.get_submission_to_mark_or_404(request.user, submission_id)
    for file in access.returned_files(submission, request.user).filter(pk=file_id):
        _try(request, services.remove_returned_file, file, by=request.user)
    return redirect("assignment_marking:mark", submission.pk)


@require_admin_access
@require_POST
def put_back(request, submission_id):
    """Let somebody else mark it."""
    submission = access.get_submission_to_mark_or_404(request.user, submission_id)
    services.put_back(submission, by=request.user)
    messages.success(request, _("You no longer mark this. Your draft marks are gone."))
    return redirect(queue_url(submission))


@require_admin_access
@require_POST
def confirm(request, submission_id):
    """Agree with the mark the other marker proposed."""
    submission = access.get_submission_to_mark_or_404(request.user, submission_id)
    _try(request, services.confirm_agreed_mark, submission, by=request.user)
    return redirect("assignment_marking:mark", submission.pk)


def _try(request, service, *args, **options):
    """Call a service; say what it refuses."""
    try:
        service(*args, **options)
    except REFUSED as refusal:
        messages.error(request, str(refusal))


@require_admin_access
def change(request, marking_id):
    """Put another mark in the place of a finished one, with a reason."""
    marking = access.get_marking_or_404(request.user, marking_id)
    submission = marking.submission
    may_change_all = access.can_release(request.user, submission.edition)
    may_see = visible_markings(rules_of(submission.version), list(submission.markings.all()), request.user)
    if marking not in may_see or not (may_change_all or marking.marker == request.user):
        raise Http404
    pinned = submission.version.assignment_version.rubric_version
    content, most = pinned and pinned.content, rules_of(submission.version).max_points
    criteria = list(marking.criteria.all())
    form = MarksForm(request.POST or None, content=content, most=most, marking=marking)
    choices = {one.criterion: one.level for one in criteria}
    comments = {one.criterion: one.comment for one in criteria}
    if request.method == "POST":
        marks = form.marks()
        choices, comments = marks.choices, marks.comments
        if not form.errors and _changed(request, form, marking, marks, may_change_all=may_change_all):
            messages.success(request, _("The mark has been changed. The change is kept with its reason."))
            return redirect("assignment_marking:mark", submission.pk)
    return screen(
        request,
        "change",
        _("Change a mark"),
        all_marking(),
        queue_step(submission),
        (reverse("assignment_marking:mark", args=[submission.pk]), submission.code),
        icon=ICON,
        form=form,
        marking=marking,
        submission=submission,
        reason=request.POST.get("reason", ""),
        rubric=content and rubric_shown(content, get_language(), choices=choices, comments=comments),
    )


def _changed(request, form, marking: Marking, marks, *, may_change_all) -> bool:
    """Change the mark; a refusal stays on the form."""
    try:
        services.change_mark(
            marking,
            marks,
            by=request.user,
            reason=request.POST.get("reason", "")[:500],
            may_change_all=may_change_all,
        )
    except AssignmentRefused as refusal:
        form.add_error(None, str(refusal))
        return False
    return True
