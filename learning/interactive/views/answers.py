"""What a learner answered in interactive content, to look at again."""

from django.contrib.auth.decorators import login_required
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from learning.classroom import course_crumbs
from learning.interactive import access
from learning.interactive.reports import report_of_attempt, results_at
from learning.progress import progress


@login_required
def my_answers(request, edition_code, attempt_id):
    """One attempt of the learner's own with its answers, and the way to the others."""
    h5p_attempt = access.own_report_or_404(request.user, edition_code, attempt_id)
    attempt = h5p_attempt.attempt
    standing = progress(attempt.enrolment, get_language())
    context = {
        "enrolment": attempt.enrolment,
        "report": report_of_attempt(h5p_attempt),
        "results": results_at(attempt.enrolment, attempt.activity),
        "lesson": lesson_with(standing, attempt.activity_id),
        "crumbs": course_crumbs(standing, (_("Your answers"), "")),
        "current_section": "learning",
    }
    return render(request, "learning/interactive/answers.html", context)


def lesson_with(standing, activity_id):
    """The lesson in which the activity stands, if it still does."""
    placed = (
        lesson
        for lesson in standing.lessons
        for state in lesson.activities
        if state.activity.pk == activity_id
    )
    return next(placed, None)
