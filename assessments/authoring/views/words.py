"""A quiz or a question in another language: what it says in the source language beside what it says there."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.auth import require_admin_access
from wagtail.models import Locale

from assessments import drafts
from assessments.authoring import access
from assessments.authoring.forms.quizzes import QuizWordsForm
from assessments.authoring.forms.words import QuestionWordsForm
from assessments.authoring.views.screens import screen
from assessments.models import ItemKind
from courses.access import can_translate


def language_info(language, source_language):
    """What the language is called, if it is one of content and not the source."""
    if language == source_language or not Locale.objects.filter(language_code=language).exists():
        raise Http404
    return get_language_info(language)


@require_admin_access
def quiz_words(request, quiz_id, language):
    """Title, instructions, sections and overall feedback, and the list of questions with what is done."""
    quiz = access.get_quiz_or_404(request.user, quiz_id, can_translate)
    info = language_info(language, quiz.source_language)
    draft = drafts.draft_to_read(quiz)
    items = draft.items_to_read()
    form = quiz_form(draft, items, language, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            save_quiz_words(quiz, form, language, request.user)
        except drafts.DraftRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved as a draft."))
            return redirect("quizzes:words", quiz.pk, language)
    context = {
        "form": form,
        "pairs": quiz_pairs(draft, items, form),
        "source_info": get_language_info(draft.source_language),
        "info": info,
        "rows": list(question_rows(items, language)),
        "refusal": drafts.draft_refusal(quiz),
        "media": form.media,
    }
    title = _("Words in another language: %(language)s") % {"language": info["name_local"]}
    return render(
        request,
        "assessments/authoring/quiz_words.html",
        screen(title, quiz=quiz, icon="site", **context),
        status=422 if form.errors else 200,
    )


def sections_of(items):
    """The sections with their places."""
    return [(place, item) for place, item in enumerate(items) if item.kind == ItemKind.SECTION]


def quiz_form(draft, items, language, data):
    """The form with what is there already."""
    text = next((text for text in draft.texts.all() if text.language == language), None)
    initial = {"title": text.title, "instructions": text.instructions} if text else {}
    keys = [band["key"] for band in draft.bands]
    initial |= {f"band-{key}": text.bands.get(key, "") if text else "" for key in keys}
    for place, item in sections_of(items):
        words = item.words.get(language, {})
        initial |= {f"section-{place}-{name}": words.get(name, "") for name in ("title", "instructions")}
    places = [place for place, _item in sections_of(items)]
    return QuizWordsForm(data, bands=keys, sections=places, initial=initial)


def quiz_pairs(draft, items, form):
    """Each field with the words of the source language, and whether these are rich text."""
    source = next((text for text in draft.texts.all() if text.language == draft.source_language), None)
    pairs = [
        (source.title if source else "", form["title"], False),
        (source.instructions if source else "", form["instructions"], False),
    ]
    for place, item in sections_of(items):
        words = item.words.get(draft.source_language, {})
        pairs += [
            (words.get(name, ""), form[f"section-{place}-{name}"], False)
            for name in ("title", "instructions")
        ]
    said = source.bands if source else {}
    return pairs + [(said.get(band["key"], ""), form[f"band-{band['key']}"], True) for band in draft.bands]


def question_rows(items, language):
    """Each question of the course's own with whether it is worded; a case is followed by its questions.

    Those of shared banks are worded there.
    """
    for item in items:
        if item.shown is None or item.question.bank.course_id is None:
            continue
        yield item.shown, item.question_id, not item.shown.problems(language)
        for part in item.parts:
            yield part.shown, part.question_id, not part.shown.problems(language)


def save_quiz_words(quiz, form, language, user):
    """Words of the quiz, and of its sections."""
    data = form.cleaned_data
    bands = {name.removeprefix("band-"): words for name, words in data.items() if name.startswith("band-")}
    wording = {"language": language, "title": data["title"], "instructions": data["instructions"]}
    sections = {}
    for name, words in data.items():
        if name.startswith("section-"):
            _section, place, part = name.split("-")
            sections.setdefault(int(place), {})[part] = words
    drafts.save_quiz(quiz, user=user, wording=wording | {"bands": bands}, section_words=sections)


@require_admin_access
def question_words(request, quiz_id, question_id, language):
    """One question of a quiz, or of a case in it: source at the start side, the other language beside it."""
    quiz = access.get_quiz_or_404(request.user, quiz_id, can_translate)
    info = language_info(language, quiz.source_language)
    items = drafts.draft_to_read(quiz).items_to_read()
    places = [pk for _shown, pk, _done in question_rows(items, language)]
    if question_id not in places:
        raise Http404
    place = places.index(question_id)
    later = places[place + 1 :]

    def on(request):
        if later and "next" in request.POST:
            return redirect("quizzes:question_words", quiz.pk, later[0], language)
        return redirect("quizzes:words", quiz.pk, language)

    question = access.get_question_or_404(request.user, question_id, access.can_translate_bank)
    title = _("Question %(number)s: %(language)s") % {"number": place + 1, "language": info["name_local"]}
    context = screen(title, quiz=quiz, icon="site", number=place + 1, total=len(places))
    return write_words(request, question, info, context, on)


@require_admin_access
def bank_words(request, question_id, language):
    """One question of a bank in another language."""
    question = access.get_question_or_404(request.user, question_id, access.can_translate_bank)
    info = language_info(language, question.source_language)
    steps = [
        (_("Question banks"), "question_bank:index", []),
        (question.bank.name, "question_bank:bank", [question.bank_id]),
        (question.name, "question_bank:question", [question.pk]),
    ]
    trail = [(label, reverse(name, args=args)) for label, name, args in steps]
    context = screen(info["name_local"], trail=trail, icon="site")
    return write_words(
        request, question, info, context, lambda request: redirect("question_bank:question", question.pk)
    )


def write_words(request, question, info, context, on):
    """The form of the words; saved as a draft, it goes `on`."""
    draft = question.get_latest_revision_as_object()
    form = QuestionWordsForm(request.POST or None, question=draft, language=info["code"])
    if request.method == "POST" and form.is_valid():
        drafts.set_wording(draft, form.wording())
        try:
            drafts.save_question(draft, user=request.user)
        except drafts.DraftRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved as a draft."))
            return on(request)
    context |= {
        "form": form,
        "question": draft,
        "source_info": get_language_info(draft.source_language),
        "info": info,
        "problems": draft.problems(info["code"]) if draft.wording(info["code"]) else [],
        "refusal": drafts.question_refusal(question),
        "media": form.media,
    }
    return render(
        request,
        "assessments/authoring/question_words.html",
        context,
        status=422 if form.errors else 200,
    )
