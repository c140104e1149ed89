"""The result of an attempt, as far as it may be seen."""

from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils.translation import get_language

from assessments import access
from assessments.paper import nonce_of
from assessments.results import result_of
from assessments.standing import lessons_to_review, quiz_standing
from assessments.views.place import place


@login_required
def result(request, edition_code, attempt_id):
    """Score, answers and feedback, each only once it may be seen; before that the receipt."""
    own = access.get_quiz_attempt_or_404(request.user, edition_code, attempt_id)
    if own.finished_at is None:
        return redirect("assessments:attempt", edition_code, attempt_id)
    standing = quiz_standing(own.enrolment, own.activity.specific)
    if not standing.sight(own).anything:
        return redirect("assessments:receipt", edition_code, attempt_id)
    around = place(own.enrolment, standing.quiz)
    shown = result_of(own, standing, get_language(), around["wording"])
    context = {
        "enrolment": own.enrolment,
        "attempt": own,
        "standing": standing,
        "result": shown,
        "nonce": nonce_of(own),
        "reviews": lessons_to_review(shown.questions, around["progress"]),
        **around,
    }
    return render(request, "assessments/result.html", context)
