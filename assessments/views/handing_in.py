"""Looking over, handing in, and the receipt."""

from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils.translation import get_language

from assessments import access, services
from assessments.models import EndedBy
from assessments.paper import Paper, answered, nonce_of
from assessments.receipts import in_groups
from assessments.standing import quiz_standing
from assessments.timing import is_nearly_over, time_is_over
from assessments.views.answering import time_context
from assessments.views.place import place


@login_required
def review(request, edition_code, attempt_id):
    """Look the answers over before handing in."""
    own = access.get_quiz_attempt_or_404(request.user, edition_code, attempt_id)
    if own.finished_at:
        return redirect("assessments:result", edition_code, attempt_id)
    if time_is_over(own.quiz_attempt):
        return redirect("assessments:attempt", edition_code, attempt_id)
    paper = Paper(own.quiz_attempt, get_language())
    lines = paper.lines()
    context = {
        "enrolment": own.enrolment,
        "attempt": own,
        "paper": paper,
        "lines": lines,
        "unanswered": [line for line in lines if not line.glance.is_answered],
        "flagged": [line for line in lines if line.glance.is_flagged],
        "nonce": nonce_of(own),
        **time_context(own),
        **place(own.enrolment, own.activity),
    }
    return render(request, "assessments/review.html", context)


@login_required
def hand_in(request, edition_code, attempt_id):
    """Hand the attempt in; a second click finds it handed in."""
    if request.method != "POST":
        return redirect("assessments:review", edition_code, attempt_id)
    own = access.get_quiz_attempt_or_404(request.user, edition_code, attempt_id)
    by_the_clock = request.POST.get("by") == "time" and is_nearly_over(own.quiz_attempt)
    services.hand_in(own, by=EndedBy.TIME if by_the_clock else EndedBy.LEARNER)
    return redirect("assessments:result", edition_code, attempt_id)


@login_required
def receipt(request, edition_code, attempt_id):
    """What was handed in and when, to keep or to print."""
    own = access.get_quiz_attempt_or_404(request.user, edition_code, attempt_id)
    if own.finished_at is None:
        return redirect("assessments:attempt", edition_code, attempt_id)
    glances = Paper(own.quiz_attempt, get_language()).glances()
    context = {
        "enrolment": own.enrolment,
        "attempt": own,
        "answered": answered(glances),
        "total": len(glances),
        "nonce": nonce_of(own),
        "code": in_groups(own.quiz_attempt.receipt),
        "sight": quiz_standing(own.enrolment, own.activity.specific).sight(own),
        **place(own.enrolment, own.activity),
    }
    return render(request, "assessments/receipt.html", context)
