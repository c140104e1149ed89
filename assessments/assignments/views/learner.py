"""What a learner sees and does: read, write, add files, look over, hand in, read the mark. Works without JavaScript."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from assessments.assignments import access, services
from assessments.assignments.forms.drafts import DraftForm
from assessments.assignments.place import place_of
from assessments.assignments.refusals import AssignmentRefused, NewerText
from assessments.assignments.results import result_of
from assessments.assignments.rules import lateness_in_words
from assessments.assignments.sending import send, sent
from assessments.assignments.services.handing_in import contents_refusal
from assessments.assignments.standing import assignment_standing
from assessments.file_types import UploadRefused, clean_name, endings_of
from assessments.rubrics import rubric_shown
from learning.services import LearningRefused

REFUSED = (AssignmentRefused, LearningRefused)


def page(request, enrolment, assignment, standing=None, *, step="", **context):
    """What every page of an assignment shows; `step` is what a page beyond its first is called."""
    place = place_of(enrolment, assignment, get_language())
    standing = standing or assignment_standing(enrolment, assignment)
    start = reverse("assignments:assignment", args=[enrolment.edition.code, assignment.pk])
    steps = [(_("Assignment"), start), (step, "")] if step else [(_("Assignment"), "")]
    return {
        "enrolment": enrolment,
        "assignment": assignment,
        "standing": standing,
        "submission": standing.submission,
        "place": place,
        "title": place.title,
        "crumbs": [*place.crumbs, *({"title": title, "url": url} for title, url in steps)],
        "current_section": "learning",
        **context,
    }


@login_required
def assignment(request, edition_code, activity_id):
    """What is asked, until when, by which rules, and the button to begin or go on."""
    enrolment, found = access.get_assignment_or_404(request.user, edition_code, activity_id)
    standing = assignment_standing(enrolment, found)
    pinned = standing.version and standing.version.assignment_version.rubric_version
    rubric = pinned and rubric_shown(pinned.content, get_language())
    context = page(request, enrolment, found, standing, rubric=rubric)
    return render(request, "assessments/assignments/assignment.html", context)


@login_required
def attachment(request, edition_code, activity_id, file_id):
    """A file that comes with the instructions."""
    file = access.get_attachment_or_404(request.user, edition_code, activity_id, file_id)
    return sent(file.document.file.name, name=clean_name(file.document.filename))


@login_required
def begin(request, edition_code, activity_id):
    """Begin a draft, or go on with it."""
    enrolment, found = access.get_assignment_or_404(request.user, edition_code, activity_id)
    if request.method != "POST":
        return redirect("assignments:assignment", edition_code, activity_id)
    try:
        draft = services.begin(enrolment, found, language=get_language())
    except REFUSED as refusal:
        messages.warning(request, str(refusal))
        return redirect("assignments:assignment", edition_code, activity_id)
    return redirect("assignments:draft", edition_code, draft.pk)


@login_required
def draft(request, edition_code, submission_id):
    """The draft: its text and files in one form. Whatever the button, what is typed is saved first."""
    member = access.get_member_or_404(request.user, edition_code, submission_id)
    if member.submission.handed_in_at:
        return redirect("assignments:submission", edition_code, submission_id)
    if request.method != "POST":
        return render(request, "assessments/assignments/draft.html", draft_page(request, member))
    return _save_draft(request, member)


def draft_page(request, member, **context):
    """The page of a draft; `text` and `sequence` are what was typed where that is not what is saved."""
    submission = member.submission
    shown = {"text": submission.text, "sequence": submission.sequence, "problems": []} | context
    standing = assignment_standing(member.attempt.enrolment, submission.assignment)
    return page(
        request,
        member.attempt.enrolment,
        submission.assignment,
        standing,
        step=_("Your draft"),
        **shown,
        files=submission.files.all(),
        endings=endings_of(standing.rules.file_types),
    )


def _save_draft(request, member):
    form = DraftForm(request.POST)
    typed = {"text": request.POST.get("text", ""), "sequence": member.submission.sequence}
    if not form.is_valid():
        problems = [error for errors in form.errors.values() for error in errors]
        return _again(request, member, **typed, problems=problems)
    try:
        member.submission = _saved(member, form, request.user)
        problems = _change_files(request, member)
    except NewerText as newer:
        member.submission = newer.submission
        return _again(request, member, text=typed["text"], newer=newer, status=409)
    except AssignmentRefused as refusal:
        messages.warning(request, str(refusal))
        return redirect("assignments:draft", member.attempt.enrolment.edition.code, member.submission_id)
    if problems:
        return _again(request, member, problems=problems)
    step = "review" if "review" in request.POST else "draft"
    if step == "draft":
        messages.success(request, _("Your draft is saved."))
    return redirect(f"assignments:{step}", member.attempt.enrolment.edition.code, member.submission_id)


def _saved(member, form, user):
    saved = services.save_text(
        member.submission,
        form.cleaned_data["text"],
        by=user,
        sequence=form.cleaned_data["sequence"],
        language=get_language(),
    )
    saved.assignment = member.submission.assignment
    return saved


def _change_files(request, member):
    """Remove the file whose button was pressed and add those chosen; the sentences of those refused."""
    if removed := request.POST.get("remove", ""):
        for file in member.submission.files.filter(pk=removed if removed.isdecimal() else 0):
            services.remove_file(file)
    problems = []
    for upload in request.FILES.getlist("files"):
        try:
            services.add_file(member.submission, upload, by=request.user)
        except (UploadRefused, AssignmentRefused) as refusal:
            problems.append(str(refusal))
    return problems


def _again(request, member, status=422, **context):
    context = draft_page(request, member, **context)
    return render(request, "assessments/assignments/draft.html", context, status=status)


@login_required
@require_POST
def save_text(request, edition_code, submission_id):
    """Save the text as it is typed and say so; 409 where a newer one was saved elsewhere."""
    member = access.get_member_or_404(request.user, edition_code, submission_id)
    form = DraftForm(request.POST)
    if not form.is_valid():
        return _plain(" ".join(error for errors in form.errors.values() for error in errors), 422)
    try:
        saved = _saved(member, form, request.user)
    except (NewerText, AssignmentRefused) as refusal:
        return _plain(str(refusal), 409)
    response = render(request, "assessments/_saved.html", {"saved_at": saved.saved_at})
    response["X-Sequence"] = saved.sequence
    return response


@login_required
@require_POST
def add_files(request, edition_code, submission_id):
    """Add files one by one as they are chosen; the list of files as it is then."""
    member = access.get_member_or_404(request.user, edition_code, submission_id)
    try:
        problems = _change_files(request, member)
    except AssignmentRefused as refusal:
        problems = [str(refusal)]
    context = {
        "files": member.submission.files.all(),
        "enrolment": member.attempt.enrolment,
        "submission": member.submission,
        "problems": problems,
    }
    status = 422 if problems else 200
    return render(request, "assessments/assignments/_draft_files.html", context, status=status)


def _plain(sentence, status):
    return HttpResponse(sentence, status=status, content_type="text/plain; charset=utf-8")


@login_required
def review(request, edition_code, submission_id):
    """Look over what will be handed in, how late it is and what is missing."""
    member = access.get_member_or_404(request.user, edition_code, submission_id)
    if member.submission.handed_in_at:
        return redirect("assignments:submission", edition_code, submission_id)
    standing = assignment_standing(member.attempt.enrolment, member.submission.assignment)
    context = page(
        request,
        member.attempt.enrolment,
        member.submission.assignment,
        standing,
        step=_("Look over what you hand in"),
        files=member.submission.files.all(),
        lateness=lateness_in_words(standing.days_late, standing.rules.penalty(standing.days_late)),
        problem=standing.refusal or contents_refusal(member.submission, standing.rules),
    )
    return render(request, "assessments/assignments/review.html", context)


@login_required
def hand_in(request, edition_code, submission_id):
    """Hand in; a second click, or a second member of the group, finds it handed in."""
    member = access.get_member_or_404(request.user, edition_code, submission_id)
    if request.method != "POST":
        return redirect("assignments:review", edition_code, submission_id)
    try:
        done = services.hand_in(member.submission, member.attempt.enrolment)
    except REFUSED as refusal:
        messages.warning(request, str(refusal))
        return redirect("assignments:review", edition_code, submission_id)
    if not done.is_new and done.submission.handed_in_by != request.user:
        messages.info(
            request,
            _("%(person)s has handed this in for your group already.")
            % {"person": done.submission.handed_in_by.full_name},
        )
    return redirect("assignments:submission", edition_code, submission_id)


@login_required
def submission(request, edition_code, submission_id):
    """The receipt; and the mark with its comments once it is released."""
    member = access.get_member_or_404(request.user, edition_code, submission_id)
    if member.submission.handed_in_at is None:
        return redirect("assignments:draft", edition_code, submission_id)
    enrolment, found = member.attempt.enrolment, member.submission
    standing = assignment_standing(enrolment, found.assignment)
    result, is_newest = result_of(member, get_language()), standing.submission == found
    told_late = result.told.days_late if result else 0
    context = page(
        request,
        enrolment,
        found.assignment,
        standing,
        step=_("What you handed in"),
        submission=found,
        files=found.files.all(),
        result=result,
        is_passed=member.attempt.passed,
        pass_mark=member.attempt.pass_mark,
        days_late=standing.days_late if is_newest and not result else told_late,
        reopened_draft=None if is_newest or not standing.is_draft else standing.submission,
    )
    return render(request, "assessments/assignments/submission.html", context)


@login_required
def file(request, edition_code, submission_id, file_id):
    """A file of one's own submission."""
    return send(access.get_own_file_or_404(request.user, edition_code, submission_id, file_id))


@login_required
def returned_file(request, edition_code, submission_id, file_id):
    """An annotated file, once the mark is released."""
    return send(access.get_returned_file_or_404(request.user, edition_code, submission_id, file_id))
