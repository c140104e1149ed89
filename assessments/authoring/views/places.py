"""Draws, sections and questions that exist already, put into a quiz."""

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin import messages
from wagtail.admin.auth import require_admin_access

from assessments import drafts
from assessments.authoring import access
from assessments.authoring.finding import ChoosingFilterSet, questions_to_choose, with_states
from assessments.authoring.forms.places import DrawForm, SectionForm, points_field
from assessments.authoring.views.screens import screen
from assessments.models import ItemKind, QuizItem
from courses.access import can_author


def existing(quiz, place, kind):
    """What stands at a place, if it is of this kind."""
    item = drafts.item_at(drafts.draft_to_read(quiz), place)
    if item is None or item.kind != kind:
        raise Http404
    return item


@require_admin_access
def draw(request, quiz_id, place=None):
    """Random questions: new at the end, or those at a place."""
    quiz = access.get_quiz_or_404(request.user, quiz_id, can_author)
    banks = access.banks_for_quiz(request.user, quiz)
    names = ("draw_bank", "draw_category", "draw_tag", "draw_difficulty", "draw_count", "points")
    initial = {"draw_bank": banks.filter(course=quiz.course).first()}
    if place is not None:
        item = existing(quiz, place, ItemKind.DRAW)
        initial = {name: getattr(item, name) for name in names}
    form = DrawForm(request.POST or None, banks=banks, initial=initial)
    if request.method == "POST" and form.is_valid():
        return put(request, quiz, form, form.item, place)
    return show(request, quiz, form, _("Random questions"), place, pool=pool_sentence(form))


@require_admin_access
def count_pool(request, quiz_id):
    """How many questions a draw could choose from, as chosen so far: a sentence."""
    quiz = access.get_quiz_or_404(request.user, quiz_id, can_author)
    form = DrawForm(request.GET, banks=access.banks_for_quiz(request.user, quiz))
    return HttpResponse(pool_sentence(form))


def pool_sentence(form):
    """How many approved questions the choice leaves; nothing where the choice does not hold together."""
    if not form.is_bound:
        chosen = {name: getattr(value, "pk", value) for name, value in form.initial.items()}
        data = {"draw_count": 1, "points": 1} | chosen
        form = DrawForm(data, banks=form.fields["draw_bank"].queryset)
    if not form.is_valid():
        return ""
    count = form.item.pool().distinct().count()
    return ngettext(
        "%(count)s approved question can be drawn.", "%(count)s approved questions can be drawn.", count
    ) % {"count": count}


@require_admin_access
def section(request, quiz_id, place=None):
    """The head of a section: new at the end, or that at a place."""
    quiz = access.get_quiz_or_404(request.user, quiz_id, can_author)
    item = QuizItem(kind=ItemKind.SECTION) if place is None else existing(quiz, place, ItemKind.SECTION)
    words = item.words.get(quiz.source_language, {})
    form = SectionForm(request.POST or None, initial={"shuffle": item.shuffle, **words})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        said = {"title": data["title"], "instructions": data["instructions"]}
        item.words, item.shuffle = item.words | {quiz.source_language: said}, data["shuffle"]
        return put(request, quiz, form, item, place)
    return show(request, quiz, form, _("Section"), place)


def put(request, quiz, form, item, place):
    """Put it into the quiz, or say why not."""
    state = request.POST.get("state", "")
    try:
        drafts.place_item(quiz, item, user=request.user, place=place, state=state)
    except drafts.DraftRefused as refusal:
        form.add_error(None, str(refusal))
        return show(request, quiz, form, item.label, place)
    messages.success(request, _("Saved as a draft. Learners see it once the course is published."))
    return redirect("quizzes:edit", quiz.pk)


def show(request, quiz, form, title, place, **context):
    """The form of a draw or a section."""
    context |= {
        "form": form,
        "state": drafts.state_of(quiz),
        "place": place,
        "refusal": drafts.draft_refusal(quiz),
    }
    return render(
        request,
        "assessments/authoring/place.html",
        screen(title, quiz=quiz, **context),
        status=422 if form.errors else 200,
    )


@require_admin_access
def choose(request, quiz_id):
    """Questions of the course's bank and of shared ones: tick them and add them."""
    quiz = access.get_quiz_or_404(request.user, quiz_id, can_author)
    banks = access.banks_for_quiz(request.user, quiz)
    questions = questions_to_choose(banks)
    if request.method == "POST":
        return add_chosen(request, quiz, questions.filter(pk__in=request.POST.getlist("question")))
    held = drafts.questions_held(quiz, "items")
    filters = ChoosingFilterSet(request.GET, queryset=questions, request=request, banks=banks)
    context = {
        "filters": filters,
        "questions": with_states(filters.qs.exclude(pk__in=held)[:200] if filters.is_valid() else ()),
        "points": points_field(),
        "refusal": drafts.draft_refusal(quiz),
    }
    return render(
        request, "assessments/authoring/choose.html", screen(_("Choose questions"), quiz=quiz, **context)
    )


def add_chosen(request, quiz, chosen):
    """Add what was ticked, all of it or nothing."""
    points = request.POST.get("points", "")
    try:
        points = points_field().clean(points or "1")
        came = drafts.add_questions(quiz, chosen, points=points, user=request.user)
    except (drafts.DraftRefused, ValidationError) as refusal:
        messages.error(request, " ".join(getattr(refusal, "messages", [str(refusal)])))
        return redirect("quizzes:choose", quiz.pk)
    if not came:
        messages.warning(request, _("Tick the questions to add."))
        return redirect("quizzes:choose", quiz.pk)
    said = ngettext("%(count)s question has been added.", "%(count)s questions have been added.", came)
    messages.success(request, said % {"count": came})
    return redirect("quizzes:edit", quiz.pk)
