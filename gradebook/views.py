"""A learner's own results."""

from django.contrib.auth.decorators import login_required
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gradebook import access
from gradebook.results import results_of
from learning.classroom import course_crumbs
from learning.progress import progress


@login_required
def my_results(request, edition_code):
    """What was released to the learner, with the way to the total."""
    enrolment = access.get_own_enrolment_or_404(request.user, edition_code)
    standing = progress(enrolment, get_language())
    context = {
        "enrolment": enrolment,
        "results": results_of(enrolment, standing),
        "crumbs": course_crumbs(standing, (_("My results"), "")),
        "current_section": "learning",
    }
    return render(request, "gradebook/my_results.html", context)
