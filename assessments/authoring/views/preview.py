"""A quiz or a question as a learner will see it, from drafts or from a form not saved yet. Counts for nobody."""

from decimal import Decimal

from django.http import Http404
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_POST
from wagtail.admin.auth import require_admin_access

from assessments import drafts
from assessments.authoring import access
from assessments.authoring.questions import fill_question, forms_of
from assessments.models import QuestionKind
from assessments.models.sight import EVERYTHING, NOTHING
from assessments.paper import question_shown
from assessments.rich_words import RichTextBatch
from courses.access import can_author


@require_admin_access
def quiz(request, quiz_id):
    """The whole quiz as last saved; `?answers=1` shows it as a learner sees the result."""
    found = access.get_quiz_or_404(request.user, quiz_id)
    draft = found.get_latest_revision_as_object()
    language = request.GET.get("language") or get_language()
    questions = [item.shown for item in draft.items_to_read() if item.shown and item.shown.texts.all()]
    wording = draft.wording(language)
    context = {
        "quiz": draft,
        "title": wording.title if wording and wording.title else draft.title,
        "wording": wording,
        "languages": sorted({text.language for question in questions for text in question.texts.all()}),
    }
    return show(request, questions, language, **context)


@require_admin_access
@require_POST
def question(request, quiz_id):
    """One question as typed, for the window beside its form; nothing is saved."""
    found = access.get_quiz_or_404(request.user, quiz_id, can_author)
    kind = request.POST.get("preview-kind") or request.POST.get("kind")
    if kind not in QuestionKind.values:
        raise Http404
    typed = drafts.new_question(found.course, kind)
    form, formset = forms_of(typed, found.course, found.source_language, 1, request.POST)
    if not form.is_valid() or (formset is not None and not formset.is_valid()):
        return show(request, [], found.source_language, alone=True)
    fill_question(typed, found.source_language, form, formset)
    return show(request, [typed], found.source_language, alone=True)


def show(request, questions, language, **context):
    """Draw questions with the templates learners get."""
    answers, rich = bool(request.GET.get("answers")), RichTextBatch()
    shown = [
        question_shown(
            question.content,
            language,
            EVERYTHING if answers else NOTHING,
            rich=rich,
            score=Decimal(0),
            image=question.image,
            item_id=number,
            number=number,
        )
        for number, question in enumerate(questions, start=1)
    ]
    context |= {"questions": shown, "answers": answers, "language": language}
    return render(request, "assessments/authoring/preview.html", context)
