"""The questions of an attempt under way, and every change to it while it is."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from assessments import access, services
from assessments.file_types import UploadRefused
from assessments.forms import PageAction, changed_answers, page_number, posted_answer, posted_files
from assessments.paper import Paper, answered, nonce_of
from assessments.refusals import QuizRefused
from assessments.timing import seconds_left, time_is_over
from assessments.views.place import place


@login_required
@never_cache
def attempt(request, edition_code, attempt_id):
    """A page of questions. Every button saves all answers of the page first, also without JavaScript."""
    own = access.get_quiz_attempt_or_404(request.user, edition_code, attempt_id)
    if own.finished_at:
        return redirect("assessments:result", edition_code, attempt_id)
    if request.method == "POST":
        return save_page(request, own)
    if time_is_over(own.quiz_attempt):
        context = {"enrolment": own.enrolment, "attempt": own, **place(own.enrolment, own.activity)}
        return render(request, "assessments/over.html", context)
    return render(request, "assessments/attempt.html", attempt_context(own, page_number(request.GET)))


def attempt_context(own, wanted):
    """What a page of questions needs; `wanted` is the page asked for, None for where the learner is."""
    paper = Paper(own.quiz_attempt, get_language())
    page = paper.page_to_show(wanted)
    glances = paper.glances()
    sections = paper.sections(page)
    return {
        "has_case": any(group.case for section in sections for group in section.groups),
        "is_last_page": page + 1 >= paper.pages,
        "enrolment": own.enrolment,
        "attempt": own,
        "paper": paper,
        "page": page,
        "sections": sections,
        "glances": glances,
        "total": len(glances),
        "answered": answered(glances),
        "nonce": nonce_of(own),
        **time_context(own),
        **place(own.enrolment, own.activity),
    }


def time_context(own):
    """The time an attempt has left, for the timer."""
    left = seconds_left(own.quiz_attempt)
    return {"seconds_left": left, "minutes_left": None if left is None else -(-left // 60)}


def save_page(request, own):
    """Save what was changed on a page, do what its button says, and show where that leads."""
    code, action = own.enrolment.edition.code, PageAction.posted(request.POST)
    try:
        services.save_answers(own, changed_answers(request.POST), language=get_language())
        for item_id, uploads in posted_files(request.FILES).items():
            for upload in uploads:
                services.add_file(own, item_id, upload, language=get_language())
        page = do_action(own, action)
    except UploadRefused as refused:
        messages.error(request, str(refused))
        return redirect(f"{reverse('assessments:attempt', args=[code, own.pk])}?page={action.page + 1}")
    except QuizRefused as refused:
        messages.warning(request, str(refused))
        return redirect("assessments:attempt", code, own.pk)
    if action.name == "review":
        return redirect("assessments:review", code, own.pk)
    address = reverse("assessments:attempt", args=[code, own.pk])
    anchor = f"#{action.anchor}" if action.anchor else ""
    return redirect(f"{address}?page={page + 1}{anchor}")


def do_action(own, action):
    """Do what a button of the page says; the page to show next."""
    if action.name == "flag":
        services.flag_item(own, action.item_id, on=action.on)
    elif action.name == "check":
        services.check_answer(own, action.item_id)
    elif action.name == "remove":
        services.remove_file(own, UUID(action.key), language=get_language())
    elif action.name == "next" and own.quiz_attempt.rules.get("sequential"):
        return services.turn_page(own, action.page)
    return action.page


@login_required
@require_POST
def save_answer(request, edition_code, attempt_id, item_id):
    """Save one answer as it is given and say so."""
    own = access.get_quiz_attempt_or_404(request.user, edition_code, attempt_id)
    try:
        saved = services.save_answers(
            own, {item_id: posted_answer(request.POST, item_id)}, language=get_language()
        )
    except QuizRefused as refused:
        return refusal_shown(request, own, refused)
    if not saved.newer and not saved.saved:
        raise Http404
    context = {
        "answer": (saved.newer or saved.saved)[0],
        "seconds_left": seconds_left(own.quiz_attempt),
    }
    if saved.newer:
        return render(request, "assessments/_newer.html", context, status=409)
    return render(request, "assessments/_saved.html", context)


def refusal_shown(request, own, refused):
    """Why nothing was saved, and where to go from here."""
    context = {"refusal": refused.refusal, "enrolment": own.enrolment, "attempt": own}
    return render(request, "assessments/_refused.html", context, status=409)


@login_required
@require_POST
def flag_item(request, edition_code, attempt_id, item_id):
    """Put the learner's flag on a question, or take it off."""
    own = access.get_quiz_attempt_or_404(request.user, edition_code, attempt_id)
    try:
        services.flag_item(own, item_id, on=request.POST.get("on") == "1")
    except QuizRefused as refused:
        return refusal_shown(request, own, refused)
    return HttpResponse(status=204)


@login_required
@require_POST
def check_answer(request, edition_code, attempt_id, item_id):
    """Practice: save the answer, say at once whether it is right, and let it stand."""
    own = access.get_quiz_attempt_or_404(request.user, edition_code, attempt_id)
    try:
        services.save_answers(own, {item_id: posted_answer(request.POST, item_id)}, language=get_language())
        services.check_answer(own, item_id)
    except QuizRefused as refused:
        return refusal_shown(request, own, refused)
    paper = Paper(own.quiz_attempt, get_language())
    question = next((question for question in paper.questions() if question.item_id == item_id), None)
    if question is None:
        raise Http404
    context = {
        "question": question,
        "total": len(paper.items),
        "enrolment": own.enrolment,
        "attempt": own,
        "paper": paper,
        "level": 3 if request.POST.get("level") == "3" else 2,
    }
    return render(request, "assessments/_question.html", context)


@login_required
@never_cache
def time_left(request, edition_code, attempt_id):
    """How much time an attempt has left by the server's clock, and a fresh token for its forms."""
    own = access.get_quiz_attempt_or_404(request.user, edition_code, attempt_id)
    context = {
        "seconds_left": seconds_left(own.quiz_attempt),
        "is_over": bool(own.finished_at) or time_is_over(own.quiz_attempt),
    }
    return render(request, "assessments/_time_left.html", context)
