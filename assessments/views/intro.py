"""What a quiz is and how the learner stands with it; the way into an attempt."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils.translation import get_language

from assessments import access, services
from assessments.forms import PasswordForm
from assessments.refusals import QuizRefusal, QuizRefused
from assessments.standing import quiz_standing
from assessments.terms import terms_of
from assessments.views.place import place
from learning.services import LearningRefused


@login_required
def quiz(request, edition_code, activity_id):
    """What the quiz is, how the learner stands, and the button to begin or go on."""
    enrolment, activity = access.get_quiz_or_404(request.user, edition_code, activity_id)
    return show_quiz(request, enrolment, activity, PasswordForm())


def show_quiz(request, enrolment, activity, form, status=200):
    """The page of a quiz, with the form for its password."""
    around = place(enrolment, activity)
    standing = quiz_standing(enrolment, activity.specific)
    context = {
        "enrolment": enrolment,
        "standing": standing,
        "terms": terms_of(standing),
        "form": form,
        **around,
    }
    return render(request, "assessments/quiz.html", context, status=status)


@login_required
def begin_quiz(request, edition_code, activity_id):
    """Begin an attempt, or go on with the open one."""
    if request.method != "POST":
        return redirect("assessments:quiz", edition_code, activity_id)
    enrolment, activity = access.get_quiz_or_404(request.user, edition_code, activity_id)
    form = PasswordForm(request.POST)
    password = form.cleaned_data["password"] if form.is_valid() else ""
    try:
        begun = services.begin_quiz(enrolment, activity, language=get_language(), password=password)
    except QuizRefused as refused:
        if refused.refusal == QuizRefusal.WRONG_PASSWORD:
            form.add_error("password", str(refused))
            return show_quiz(request, enrolment, activity, form, status=422)
        messages.warning(request, str(refused))
        return redirect("assessments:quiz", edition_code, activity_id)
    except LearningRefused as refused:
        messages.warning(request, str(refused))
        return redirect("assessments:quiz", edition_code, activity_id)
    return redirect("assessments:attempt", edition_code, begun.pk)
