"""A quiz or a question as a learner will see it, from drafts or from a form not saved yet. Counts for nobody."""

from django.http import Http404
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_POST
from wagtail.admin.auth import require_admin_access

from assessments import drafts
from assessments.authoring import access
from assessments.authoring.desk import Desk
from assessments.authoring.desks import BankDesk, QuizDesk
from assessments.authoring.drawn import asked_in, drawn, sample_of
from assessments.authoring.kinds import editor_of
from assessments.models import Question, QuestionKind
from courses.access import can_author


@require_admin_access
def quiz(request, quiz_id):
    """The whole quiz as last saved, with one draw of its random questions; `?answers=1` shows it as the result."""
    found = access.get_quiz_or_404(request.user, quiz_id)
    draft = drafts.draft_to_read(found)
    language = request.GET.get("language") or get_language()
    sample = sample_of(draft)
    wording = draft.wording(language)
    context = {
        "quiz": draft,
        "title": wording.title if wording and wording.title else draft.title,
        "wording": wording,
        "sample": sample,
        "languages": sample.languages,
    }
    answers, shuffles = bool(request.GET.get("answers")), draft.shuffle_options
    return show(request, sample.asked, language, answers=answers, shuffles=shuffles, **context)


@require_admin_access
@require_POST
def in_quiz(request, quiz_id):
    """A question of a quiz as typed, for the window beside its form; nothing is saved."""
    return as_typed(request, QuizDesk.of(access.get_quiz_or_404(request.user, quiz_id, can_author)))


@require_admin_access
@require_POST
def in_bank(request, bank_id):
    """The same for a question of a bank."""
    return as_typed(request, BankDesk(access.get_bank_or_404(request.user, bank_id, access.can_write_bank)))


def as_typed(request, desk: Desk):
    """What the form says, drawn; nothing while something in it cannot be kept."""
    kind = request.POST.get("preview-kind") or request.POST.get("kind")
    if kind not in QuestionKind.values:
        raise Http404
    question = question_to_draw(request, desk, kind)
    editor = editor_of(question, desk, request.POST, points=1)
    asked = []
    if editor.is_valid():
        editor.fill()
        asked = asked_in(question)
    language = request.POST.get("preview-language") or desk.language
    return show(request, asked, language, answers="preview-answers" in request.POST, alone=True)


def question_to_draw(request, desk: Desk, kind) -> Question:
    """The question the form is about, so that other languages and a case's questions are there; or a new one."""
    pk = request.POST.get("preview-question", "")
    saved = Question.objects.filter(pk=pk if pk.isdecimal() else None, bank=desk.bank.pk).first()
    return saved.get_latest_revision_as_object() if saved else drafts.new_question(desk.bank, kind)


def show(request, asked, language, *, answers, shuffles=False, **context):
    """Draw what is asked with the templates learners get."""
    sections = drawn(asked, language, answers=answers, shuffles=shuffles)
    total = sum(one.question is not None for one in asked)
    paper = {"says_points": len({one.points for one in asked}) > 1, "is_practice": False}
    context |= {
        "sections": sections,
        "total": total,
        "paper": paper,
        "answers": answers,
        "language": language,
    }
    return render(request, "assessments/authoring/preview.html", context)
