"""Marking by hand: what waits, one answer after the other, and a whole attempt."""

from django.http import FileResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.auth import require_admin_access

from assessments import access
from assessments.after.forms import MarkForm
from assessments.after.queue import by_learner, by_question, piles, quizzes_taken, sequence_of, who
from assessments.after.sheet import FileShown, points_of, sheet_of, sheets_of
from assessments.models import AttemptItem
from assessments.outcomes import outcomes
from assessments.refusals import MarkRefused
from assessments.services import mark_item
from enrolments.admin_views.asking import crumbs, screen


def marking_trail(*steps, last):
    """The way here through the list of what waits."""
    return crumbs((reverse("marking:index"), _("Marking")), *steps, last=last)


def pile_step(edition, quiz):
    """The step to the answers of one quiz in one edition."""
    return reverse("marking:pile", args=[edition.pk, quiz.pk]), f"{quiz.title} · {edition}"


@require_admin_access
def index(request):
    """Every quiz with answers that a person has to mark, in the editions one marks in."""
    editions = access.marked_editions(request.user)
    edition = None
    if (chosen := request.GET.get("edition", "")).isdecimal():
        editions = editions.filter(pk=chosen)
        edition = editions.select_related("course").first()
    found = piles(editions)
    return screen(
        request,
        "assessments/after/staff/index.html",
        title=_("Marking"),
        icon="edit",
        trail=crumbs(last=_("Marking")),
        waiting=[pile for pile in found if pile.waiting],
        marked=[pile for pile in found if not pile.waiting][:50],
        edition=edition,
        taken=quizzes_taken(edition) if edition else [],
        may_regrade=edition is not None and access.can_regrade(request.user, edition),
    )


@require_admin_access
def pile(request, edition_id, quiz_id):
    """The answers of one quiz in one edition: by question, and by learner."""
    edition, quiz = access.get_marked_quiz_or_404(request.user, edition_id, quiz_id)
    questions, learners = by_question(quiz, edition), by_learner(quiz, edition)
    return screen(
        request,
        "assessments/after/staff/pile.html",
        title=quiz.title,
        icon="edit",
        trail=marking_trail(last=quiz.title),
        edition=edition,
        quiz=quiz,
        questions=questions,
        learners=learners,
        waiting=sum(heap.waiting for heap in questions),
        total=sum(heap.total for heap in questions),
        is_anonymous=quiz.anonymous_marking,
        may_regrade=access.can_regrade(request.user, edition),
    )


@require_admin_access
def mark(request, item_id):
    """One answer, with its mark. `by=learner` goes through one learner's answers, otherwise through one question's."""
    item = access.get_marked_item_or_404(request.user, item_id)
    goes_by_learner = request.GET.get("by") == "learner"
    sheet = sheet_of(item, get_language())
    form = MarkForm(
        request.POST or None,
        item=item,
        newest=sheet.newest,
        shown_points=sheet.points if sheet.is_manual or sheet.marks else None,
        asks_reason=asks_for_reason(sheet),
    )
    refused = None
    if request.method == "POST" and form.is_valid():
        try:
            mark_item(item, form.given, marker=request.user, seen=form.cleaned_data["seen"])
        except MarkRefused as refusal:
            refused = refusal
            form.refuse(refusal)
        else:
            return go_on(request, item, goes_by_learner)
    return mark_screen(request, sheet, form, refused, goes_by_learner)


def asks_for_reason(sheet):
    """Whether a mark given now would change what the key said, or what the learner may have seen."""
    if sheet.outcome.earned is None:
        return False
    return not sheet.marks or sheet.item.quiz_attempt.attempt.score is not None


def go_on(request, item, goes_by_learner):
    """After a mark: to the next answer that waits, or back to the list; or here again where that was asked for."""
    how = "?by=learner" if goes_by_learner else ""
    if "stay" in request.POST:
        messages.success(request, _("The mark has been saved."))
        return redirect(f"{reverse('marking:mark', args=[item.pk])}{how}")
    following = sequence_of(item, by_learner=goes_by_learner).next_waiting
    if following:
        messages.success(request, _("The mark has been saved. This is the next answer."))
        return redirect(f"{reverse('marking:mark', args=[following])}{how}")
    messages.success(request, _("The mark has been saved. Nothing more waits here."))
    attempt = item.quiz_attempt.attempt
    return redirect("marking:pile", attempt.enrolment.edition_id, attempt.activity_id)


def mark_screen(request, sheet, form, refused, goes_by_learner):
    """The answer and the form. What the marker typed stays, whatever was refused."""
    item = sheet.item
    attempt = item.quiz_attempt.attempt
    theirs = refused.mark if refused else None
    sequence = sequence_of(item, by_learner=goes_by_learner)
    question = item.question_version.question
    title = _("%(question)s: %(who)s") % {"question": question.name, "who": sheet.who}
    return screen(
        request,
        "assessments/after/staff/mark.html",
        title=title,
        icon="edit",
        trail=marking_trail(pile_step(attempt.enrolment.edition, attempt.activity), last=title),
        form=form,
        sheet=sheet,
        attempt=attempt,
        edition=attempt.enrolment.edition,
        question=question,
        sequence=sequence,
        by_learner=goes_by_learner,
        how="?by=learner" if goes_by_learner else "",
        other_way=reverse("marking:mark", args=[item.pk]) + ("" if goes_by_learner else "?by=learner"),
        seen=(theirs or sheet.newest).pk if theirs or sheet.newest else "",
        theirs=theirs,
        their_points=points_of(theirs.score, item.points) if theirs else None,
        is_own=attempt.enrolment.person_id == request.user.pk,
    )


@require_admin_access
def attempt(request, attempt_id):
    """Every question of one attempt with its answer and what it earned; the way to change a score."""
    found = access.get_marked_attempt_or_404(request.user, attempt_id)
    learning_attempt = found.attempt
    related = (
        "question_version__question",
        "question_version__rubric_version",
        "graded_by",
        "case_version",
        "answer",
    )
    items = list(
        AttemptItem.objects.filter(quiz_attempt=found).select_related(*related).order_by("sort_order")
    )
    for item in items:
        item.quiz_attempt = found
    sheets = sheets_of(items, outcomes([found.pk])[found.pk], get_language())
    title = _("Attempt %(number)s: %(who)s") % {
        "number": learning_attempt.number,
        "who": who(learning_attempt),
    }
    return screen(
        request,
        "assessments/after/staff/attempt.html",
        title=title,
        icon="edit",
        trail=marking_trail(
            pile_step(learning_attempt.enrolment.edition, learning_attempt.activity), last=title
        ),
        attempt=learning_attempt,
        edition=learning_attempt.enrolment.edition,
        sheets=sheets,
        waiting=sum(sheet.outcome.waits for sheet in sheets),
    )


@require_admin_access
def answer_file(request, key):
    """A file that was handed in with an answer, always as a download."""
    file = access.get_marked_file_or_404(request.user, key)
    item = access.get_marked_item_or_404(request.user, file.item_id)
    shown = next(one for one in sheet_of(item, get_language()).files if one.file.pk == file.pk)
    return download(shown)


def download(shown: FileShown):
    """The bytes under the name the marker sees; a browser is never asked to open them."""
    response = FileResponse(
        shown.file.file.open("rb"),
        as_attachment=True,
        filename=shown.name,
        content_type="application/octet-stream",
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
