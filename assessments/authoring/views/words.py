"""A quiz in another language: what it says in the source language beside what it says there."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.auth import require_admin_access
from wagtail.models import Locale

from assessments import drafts
from assessments.authoring import access, forms
from assessments.authoring.questions import fill_words, words_form
from assessments.authoring.views.screens import screen
from courses.access import can_translate


def quiz_and_language(request, quiz_id, language):
    """The quiz, if the person may translate it into this language."""
    quiz = access.get_quiz_or_404(request.user, quiz_id, can_translate)
    known = Locale.objects.filter(language_code=language).exists()
    if not known or language == quiz.source_language:
        raise Http404
    return quiz, get_language_info(language)


@require_admin_access
def quiz_words(request, quiz_id, language):
    """Title and instructions, and the list of questions with what is done."""
    quiz, info = quiz_and_language(request, quiz_id, language)
    draft = quiz.get_latest_revision_as_object()
    texts = {text.language: text for text in draft.texts.all()}
    there = texts.get(language)
    initial = {"title": there.title, "instructions": there.instructions} if there else {}
    form = forms.QuizWordsForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            drafts.save_quiz(quiz, user=request.user, wording={"language": language, **form.cleaned_data})
        except drafts.DraftRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved as a draft."))
            return redirect("quizzes:words", quiz.pk, language)
    context = {
        "form": form,
        "source": texts.get(draft.source_language),
        "source_info": get_language_info(draft.source_language),
        "info": info,
        "rows": [(item, not item.shown.problems(language)) for item in draft.items_to_read()],
        "refusal": drafts.draft_refusal(quiz),
    }
    title = _("Words in another language: %(language)s") % {"language": info["name_local"]}
    return render(
        request,
        "assessments/authoring/quiz_words.html",
        screen(title, quiz=quiz, icon="site", **context),
        status=422 if form.errors else 200,
    )


@require_admin_access
def question_words(request, quiz_id, question_id, language):
    """One question: source at the start side, the other language beside it."""
    quiz, info = quiz_and_language(request, quiz_id, language)
    items = quiz.get_latest_revision_as_object().items_to_read()
    places = [item.question_id for item in items]
    if question_id not in places:
        raise Http404
    place = places.index(question_id)
    question = items[place].question.get_latest_revision_as_object()
    form = words_form(question, language, request.POST or None)
    if request.method == "POST" and form.is_valid():
        fill_words(question, language, form)
        try:
            drafts.save_question(question, user=request.user)
        except drafts.DraftRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            return after_saving(request, quiz, language, places[place + 1 :])
    context = {
        "form": form,
        "question": question,
        "source": question.wording(quiz.source_language),
        "source_info": get_language_info(quiz.source_language),
        "info": info,
        "options": option_rows(question, quiz.source_language, form),
        "number": place + 1,
        "total": len(places),
        "refusal": drafts.question_refusal(question),
        "media": form.media,
    }
    title = _("Question %(number)s: %(language)s") % {"number": place + 1, "language": info["name_local"]}
    return render(
        request,
        "assessments/authoring/question_words.html",
        screen(title, quiz=quiz, icon="site", **context),
        status=422 if form.errors else 200,
    )


def option_rows(question, source_language, form):
    """Each option's words in the source language beside its two fields."""
    source = question.wording(source_language)
    said = source.options if source else {}
    return [
        {
            "source": said.get(option["key"], {}),
            "correct": option["correct"],
            "text": form[f"text-{option['key']}"],
            "feedback": form[f"feedback-{option['key']}"],
        }
        for option in question.options
    ]


def after_saving(request, quiz, language, later):
    """On to the next question, or back to the list."""
    messages.success(request, _("Saved as a draft."))
    if later and "next" in request.POST:
        return redirect("quizzes:question_words", quiz.pk, later[0], language)
    return redirect("quizzes:words", quiz.pk, language)
