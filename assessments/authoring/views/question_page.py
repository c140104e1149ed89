"""One question of a bank: how it stands, where it is used, what it said before, and what can be done with it."""

from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.auth import require_admin_access
from wagtail.models import Locale

from assessments import drafts
from assessments.authoring import access, finding, history
from assessments.authoring.drawn import asked_in, languages_of, one_or_case
from assessments.authoring.forms.banks import AnswerForm, SubmitForm
from assessments.authoring.forms.places import points_field
from assessments.authoring.views.banks import trail_to
from assessments.authoring.views.preview import show as show_drawn
from assessments.authoring.views.questions import problems_of
from assessments.authoring.views.screens import screen
from assessments.models import AttemptItem, Question, QuestionKind
from assessments.services import approval, banks


@require_admin_access
def question(request, question_id):
    """The page of a question."""
    return show(request, access.get_question_or_404(request.user, question_id))


def show(request, found, *, answer=None, status=200):
    """State, buttons, differences, use, versions, approvals; `answer` is the reviewer's form as it was sent."""
    user, bank = request.user, found.bank
    draft = found.get_latest_revision_as_object()
    review = found.reviews.filter(decided_at=None).select_related("submitted_by", "question").first()
    may_review = access.can_review_bank(user, bank)
    context = {
        "question": found,
        "draft": draft,
        "bank": bank,
        "state": finding.state_of(finding.with_state(Question.objects.filter(pk=found.pk)).get()),
        "may_write": access.can_write_bank(user, bank),
        "may_translate": access.can_translate_bank(user, bank),
        "review": review,
        "decision_refusal": approval.decision_refusal(review, user) if review and may_review else None,
        "answer": (answer or AnswerForm()) if review and may_review else None,
        "submission_refusal": approval.submission_refusal(found),
        "submit_form": SubmitForm(),
        "refusal": drafts.question_refusal(found),
        "problems": problems_of(draft),
        "changes": history.changes_of(found, draft),
        "languages": history.languages_of(draft, Locale.objects.all()),
        "quizzes": drafts.quizzes_using(found),
        "cases": drafts.cases_using(found),
        "attempts": AttemptItem.objects.filter(question_version__question=found).count(),
        "versions": history.versions_of(found),
        "reviews": found.reviews.exclude(decided_at=None).select_related("submitted_by", "decided_by"),
    }
    return render(
        request,
        "assessments/authoring/question_page.html",
        screen(draft.name, trail=trail_to(bank), **context),
        status=status,
    )


@require_admin_access
def draft_preview(request, question_id):
    """The question as last saved, as a learner will see it; a case with its questions."""
    found = access.get_question_or_404(request.user, question_id)
    draft = found.get_latest_revision_as_object()
    return preview(request, draft.name, asked_in(draft))


@require_admin_access
def version_preview(request, question_id, number):
    """The question as it was published then."""
    found = access.get_question_or_404(request.user, question_id)
    version = get_object_or_404(found.versions, number=number)
    parts = version.parts.select_related("question_version__question__bank__course__source_locale")
    parts = [(history.as_question(part.question_version), part.points) for part in parts]
    return preview(request, found.name, one_or_case(history.as_question(version), parts, points=1))


def preview(request, title, asked):
    """Drawn with right answers and feedback, or without."""
    language = request.GET.get("language") or get_language()
    context = {"languages": languages_of(asked), "title": title}
    return show_drawn(request, asked, language, answers="answers" in request.GET, **context)


@require_admin_access
@require_POST
def copy(request, question_id):
    """A draft that says the same."""
    found = access.get_question_or_404(request.user, question_id, access.can_write_bank)
    if found.kind == QuestionKind.CASE:
        messages.info(
            request, _("The copy has the words of the case. Its questions stay with the first one.")
        )
    twin = drafts.copy_question(found, user=request.user)
    messages.success(request, _("This is the copy. Change what should differ."))
    return redirect("question_bank:edit", twin.pk)


@require_admin_access
@require_POST
def delete(request, question_id):
    """Delete it if nothing uses it."""
    found = access.get_question_or_404(request.user, question_id, access.can_write_bank)
    bank_id = found.bank_id
    try:
        banks.delete_question(found, request.user)
    except banks.BankRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("question_bank:question", question_id)
    messages.success(request, _("The question has been deleted."))
    return redirect("question_bank:bank", bank_id)


@require_admin_access
@require_POST
def submit(request, question_id):
    """Send it for approval."""
    found = access.get_question_or_404(request.user, question_id, access.can_write_bank)
    form = SubmitForm(request.POST)
    form.is_valid()
    try:
        approval.submit_question(found, request.user, message=form.cleaned_data.get("message", ""))
    except approval.ApprovalRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Sent for approval. Nobody can change it until it is answered."))
    return redirect("question_bank:question", found.pk)


def open_review_or_404(found):
    """The review that waits for an answer."""
    review = found.reviews.filter(decided_at=None).first()
    if review is None:
        raise Http404
    return review


@require_admin_access
@require_POST
def withdraw(request, question_id):
    """Take it back."""
    found = access.get_question_or_404(request.user, question_id, access.can_write_bank)
    approval.withdraw_question(open_review_or_404(found), request.user)
    messages.success(request, _("Withdrawn. You can go on writing."))
    return redirect("question_bank:question", found.pk)


@require_admin_access
@require_POST
def approve(request, question_id):
    """Approve what was submitted."""
    return decide(request, question_id, approval.approve_question, _("Approved. Quizzes can draw it now."))


@require_admin_access
@require_POST
def give_back(request, question_id):
    """Return it to its author, with words."""
    said = _("Returned to the author.")
    return decide(request, question_id, approval.return_question, said, needed=True)


def decide(request, question_id, service, said, *, needed=False):
    """Answer the review, or say why not."""
    found = access.get_question_or_404(request.user, question_id, access.can_review_bank)
    form = AnswerForm(request.POST, needed=needed)
    if not form.is_valid():
        return show(request, found, answer=form, status=422)
    try:
        service(open_review_or_404(found), request.user, comment=form.cleaned_data["comment"])
    except approval.ApprovalRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, said)
    return redirect("question_bank:question", found.pk)


@require_admin_access
def choose_parts(request, question_id):
    """Questions of the bank that can join a case."""
    case = access.get_question_or_404(request.user, question_id, access.can_write_bank)
    if case.kind != QuestionKind.CASE:
        raise Http404
    questions = finding.with_state(Question.objects.filter(bank=case.bank)).exclude(kind=QuestionKind.CASE)
    questions = questions.filter(is_part=False).prefetch_related("tags").select_related("category")
    if request.method == "POST":
        return add_parts(request, case, questions.filter(pk__in=request.POST.getlist("question")))
    filters = finding.BankFilterSet(request.GET, queryset=questions, request=request, bank=case.bank)
    context = {
        "filters": filters,
        "questions": finding.with_states(filters.qs.order_by("name")[:200] if filters.is_valid() else ()),
        "refusal": drafts.question_refusal(case),
    }
    return render(
        request,
        "assessments/authoring/choose.html",
        screen(_("Choose questions"), trail=[*trail_to(case.bank), (case.name, "")], **context),
    )


def add_parts(request, case, chosen):
    """Add what was ticked, all of it or nothing."""
    try:
        points = points_field().clean(request.POST.get("points") or "1")
        drafts.add_parts(case, chosen, points=points, user=request.user)
    except (drafts.DraftRefused, ValidationError) as refusal:
        messages.error(request, " ".join(getattr(refusal, "messages", [str(refusal)])))
        return redirect("question_bank:choose_parts", case.pk)
    messages.success(request, _("Saved as a draft of the case."))
    return redirect("question_bank:edit", case.pk)
