"""The form of a question: in a quiz, in a bank, in a case."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.auth import require_admin_access

from assessments import drafts, kinds
from assessments.authoring import access
from assessments.authoring.desks import BankDesk, CaseDesk, QuizDesk
from assessments.authoring.kinds import editor_of
from assessments.authoring.views.screens import screen
from assessments.models import QuestionKind
from courses.access import can_author


def kind_asked_for(request):
    """The kind in the address; single choice where there is none."""
    kind = request.GET.get("kind") or QuestionKind.SINGLE
    if kind not in QuestionKind.values:
        raise Http404
    return kind


@require_admin_access
def add_to_quiz(request, quiz_id):
    """A new question at the end of the quiz."""
    desk = QuizDesk.of(access.get_quiz_or_404(request.user, quiz_id, can_author))
    return write(request, desk, drafts.new_question(desk.bank, kind_asked_for(request)), points=1)


@require_admin_access
def edit_in_quiz(request, quiz_id, question_id):
    """A question of the quiz as last saved."""
    quiz = access.get_quiz_or_404(request.user, quiz_id, can_author)
    item = access.get_item_or_404(drafts.draft_to_read(quiz), question_id)
    if item.question.bank.course_id is None:
        return redirect("question_bank:edit", question_id)
    desk = QuizDesk.of(quiz)
    return write(request, desk, item.question.get_latest_revision_as_object(), points=item.points.normalize())


@require_admin_access
def add_to_bank(request, bank_id):
    """A new question of a bank."""
    desk = BankDesk(access.get_bank_or_404(request.user, bank_id, access.can_write_bank))
    return write(request, desk, drafts.new_question(desk.bank, kind_asked_for(request)))


@require_admin_access
def edit_in_bank(request, question_id):
    """A question of a bank as last saved."""
    question = access.get_question_or_404(request.user, question_id, access.can_write_bank)
    return write(request, BankDesk(question.bank), question.get_latest_revision_as_object())


@require_admin_access
def add_to_case(request, question_id):
    """A new question about a case."""
    case = access.get_question_or_404(request.user, question_id, access.can_write_bank)
    kind = kind_asked_for(request)
    if case.kind != QuestionKind.CASE or kind == QuestionKind.CASE:
        raise Http404
    desk = CaseDesk.of(case)
    return write(request, desk, drafts.new_question(desk.bank, kind), points=1)


def write(request, desk, question, *, points=None):
    """Show the form; save what was typed as a draft."""
    is_new = question.pk is None
    editor = editor_of(question, desk, request.POST or None, points=points)
    if request.method == "POST" and editor.is_valid():
        editor.fill()
        try:
            editor.pin()
            desk.save(editor, request.user)
        except drafts.DraftRefused as refusal:
            editor.form.add_error(None, str(refusal))
        else:
            return after_saving(request, desk, editor, is_new=is_new)
    return show_form(request, desk, editor)


def show_form(request, desk, editor):
    """The form of a question, with what it lacks."""
    question = editor.question
    kind = kinds.get(question.kind)
    context = {
        "editor": editor,
        "form": editor.form,
        "desk": desk,
        "question": question,
        "kind": kind,
        "refusal": desk.refusal(question),
        "problems": problems_of(question) if question.pk else [],
        "media": editor.media,
    }
    title = kind.label if question.pk is None else question.name
    return render(
        request,
        "assessments/authoring/question.html",
        screen(title, trail=desk.trail, **context),
        status=422 if request.method == "POST" else 200,
    )


def problems_of(question):
    """What a question lacks in the language it was written in; a case also what its questions lack."""
    problems = list(question.problems(question.source_language))
    for part in question.parts.select_related("question__bank__course", "question_revision"):
        problems += part.question_as_pinned.problems(question.source_language)
    return problems


def after_saving(request, desk, editor, *, is_new):
    """Say what is still missing; go back, or on to another question, or stay where there is more to fill in."""
    question = editor.question
    if getattr(editor, "new_keys", ()):
        messages.warning(request, _("Saved as a draft. Now say what fills the new gaps."))
        return redirect(desk.edit_url(question))
    if problems := problems_of(question):
        messages.warning(request, " ".join([_("Saved as a draft. Still missing:"), *problems]))
    else:
        messages.success(request, desk.saved_message)
    if "another" in request.POST:
        return redirect(f"{desk.add_url}?kind={question.kind}")
    if "stay" in request.POST or (is_new and question.kind == QuestionKind.CASE):
        return redirect(desk.edit_url(question))
    return redirect(desk.back_url)
