"""The files of an essay: added and taken back one by one, and opened by whoever handed them in."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponseBadRequest
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_POST

from assessments import access, services
from assessments.assignments.sending import sent
from assessments.file_types import UploadRefused
from assessments.paper import Paper
from assessments.refusals import QuizRefused


@login_required
@require_POST
def add_file(request, edition_code, attempt_id, item_id):
    """Add one file to an essay; its files as they are now come back."""
    own = access.get_quiz_attempt_or_404(request.user, edition_code, attempt_id)
    upload = request.FILES.get(f"item-{item_id}-file")
    if upload is None:
        return HttpResponseBadRequest()
    try:
        services.add_file(own, item_id, upload, language=get_language())
    except (QuizRefused, UploadRefused) as refused:
        return show_files(request, own, item_id, problem=str(refused), status=422)
    return show_files(request, own, item_id)


@login_required
@require_POST
def remove_file(request, edition_code, attempt_id, key):
    """Take one file back; the files of its essay as they are now come back."""
    own, file = access.get_answer_file_or_404(request.user, edition_code, attempt_id, key)
    problem = ""
    try:
        services.remove_file(own, key, language=get_language())
    except QuizRefused as refused:
        problem = str(refused)
    return show_files(request, own, file.item_id, problem=problem, status=422 if problem else 200)


def show_files(request, own, item_id, *, problem="", status=200):
    """The files of one essay, for the page that is open."""
    questions = Paper(own.quiz_attempt, get_language()).questions()
    essays = (question for question in questions if question.kind == "essay")
    question = next((essay for essay in essays if essay.item_id == item_id), None)
    if question is None:
        raise Http404
    context = {
        "question": question,
        "body": question.body,
        "enrolment": own.enrolment,
        "attempt": own,
        "problem": problem,
    }
    return render(request, "assessments/kinds/_files.html", context, status=status)


@login_required
def answer_file(request, edition_code, attempt_id, key):
    """One of the files handed in, as a download."""
    _own, file = access.get_answer_file_or_404(request.user, edition_code, attempt_id, key)
    return sent(file.file.name, name=file.name, media_type=file.content_type)
