"""Taking a quiz: what it is, answering, looking over, handing in, the result. Works without JavaScript."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from assessments import access, services
from assessments.forms import changed_answers, posted_answer
from assessments.paper import questions_shown
from assessments.refusals import QuizRefused
from assessments.standing import lessons_to_review, quiz_standing
from learning.classroom import course_crumbs
from learning.progress import progress
from learning.services import LearningRefused


@login_required
def quiz(request, edition_code, activity_id):
    """What the quiz is, how the learner stands, and the button to begin or go on."""
    enrolment, activity = access.get_quiz_or_404(request.user, edition_code, activity_id)
    context = {
        "enrolment": enrolment,
        "standing": quiz_standing(enrolment, activity),
        **_place(enrolment, activity),
    }
    return render(request, "assessments/quiz.html", context)


def _place(enrolment, activity):
    """The lesson the quiz stands in, its title and words in the learner's language, and the whole progress."""
    activity = activity.specific
    if activity.course_id == enrolment.edition.course_id:
        activity.course = enrolment.edition.course
    standing = progress(enrolment, get_language())
    lesson = next(
        (
            lesson
            for lesson in standing.lessons
            if any(state.activity.pk == activity.pk for state in lesson.activities)
        ),
        None,
    )
    lesson_url = reverse("learning:lesson", args=[enrolment.edition.code, lesson.pk]) if lesson else ""
    lesson_title = lesson.title if lesson else activity.title
    wording = activity.wording(get_language())
    return {
        "progress": standing,
        "lesson": lesson,
        "title": wording.title if wording and wording.title else lesson_title,
        "wording": wording,
        "crumbs": course_crumbs(standing, (lesson_title, lesson_url), (_("Quiz"), "")),
        "current_section": "learning",
    }


@login_required
def begin_quiz(request, edition_code, activity_id):
    """Begin an attempt, or go on with the open one."""
    if request.method != "POST":
        return redirect("assessments:quiz", edition_code, activity_id)
    enrolment, activity = access.get_quiz_or_404(request.user, edition_code, activity_id)
    try:
        quiz_attempt = services.begin_quiz(enrolment, activity, language=get_language())
    except (QuizRefused, LearningRefused) as refusal:
        messages.warning(request, str(refusal))
        return redirect("assessments:quiz", edition_code, activity_id)
    return redirect("assessments:attempt", edition_code, quiz_attempt.pk)


@login_required
def attempt(request, edition_code, attempt_id):
    """The questions of an open attempt. Without JavaScript one button saves all answers and looks them over."""
    own = access.get_quiz_attempt_or_404(request.user, edition_code, attempt_id)
    if own.finished_at:
        return redirect("assessments:result", edition_code, attempt_id)
    if request.method == "POST":
        return _save_all(request, own)
    context = {
        "enrolment": own.enrolment,
        "attempt": own,
        "questions": questions_shown(own.quiz_attempt, get_language()),
        **_place(own.enrolment, own.activity),
    }
    return render(request, "assessments/attempt.html", context)


def _save_all(request, own):
    code = own.enrolment.edition.code
    try:
        services.save_answers(own, changed_answers(request.POST), language=get_language())
    except QuizRefused as refusal:
        messages.warning(request, str(refusal))
        return redirect("assessments:result", code, own.pk)
    return redirect("assessments:review", code, own.pk)


@login_required
@require_POST
def save_answer(request, edition_code, attempt_id, item_id):
    """Save one answer as it is given and say so."""
    own = access.get_quiz_attempt_or_404(request.user, edition_code, attempt_id)
    try:
        saved = services.save_answers(
            own, {item_id: posted_answer(request.POST, item_id)}, language=get_language()
        )
    except QuizRefused as refusal:
        return HttpResponse(str(refusal), status=409, content_type="text/plain; charset=utf-8")
    if saved.newer:
        return render(request, "assessments/_newer.html", {"answer": saved.newer[0]}, status=409)
    if not saved.saved:
        raise Http404
    return render(request, "assessments/_saved.html", {"answer": saved.saved[0]})


@login_required
def review(request, edition_code, attempt_id):
    """Look the answers over before handing in."""
    own = access.get_quiz_attempt_or_404(request.user, edition_code, attempt_id)
    if own.finished_at:
        return redirect("assessments:result", edition_code, attempt_id)
    questions = questions_shown(own.quiz_attempt, get_language())
    context = {
        "enrolment": own.enrolment,
        "attempt": own,
        "questions": questions,
        "unanswered": [question for question in questions if not question.is_answered],
        **_place(own.enrolment, own.activity),
    }
    return render(request, "assessments/review.html", context)


@login_required
def hand_in(request, edition_code, attempt_id):
    """Hand the attempt in; a second click finds it handed in."""
    if request.method != "POST":
        return redirect("assessments:review", edition_code, attempt_id)
    own = access.get_quiz_attempt_or_404(request.user, edition_code, attempt_id)
    services.hand_in(own)
    return redirect("assessments:result", edition_code, attempt_id)


@login_required
def result(request, edition_code, attempt_id):
    """The result with feedback; right answers only once they give nothing away."""
    own = access.get_quiz_attempt_or_404(request.user, edition_code, attempt_id)
    if own.finished_at is None:
        return redirect("assessments:attempt", edition_code, attempt_id)
    standing = quiz_standing(own.enrolment, own.activity.specific)
    reveal = standing.may_reveal_right(own)
    questions = questions_shown(own.quiz_attempt, get_language(), reveal_right=reveal)
    place = _place(own.enrolment, standing.quiz)
    context = {
        "enrolment": own.enrolment,
        "attempt": own,
        "standing": standing,
        "questions": questions,
        "right": sum(question.is_right for question in questions),
        "reviews": lessons_to_review(questions, place["progress"]),
        "reveal": reveal,
        **place,
    }
    return render(request, "assessments/result.html", context)
