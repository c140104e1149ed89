"""The student's one place, and the choice of electives."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from programmes import access
from programmes.models import Module
from programmes.refusals import ProgrammeRefused
from programmes.services import choose_elective, leave_elective
from programmes.studying.place import place_of


@login_required
def place(request, code):
    """Where I am, what is due, how I stand."""
    student = access.get_student_or_404(request.user, code)
    context = {
        "student": student,
        "place": place_of(student, get_language()),
        "crumbs": [
            {"title": _("My learning"), "url": reverse("learning:my_learning")},
            {"title": student.programme_edition.name, "url": ""},
        ],
        "current_section": "learning",
    }
    return render(request, "programmes/place.html", context)


@login_required
@require_POST
def choose(request, code, module_id):
    """Take an elective."""
    return _elective(request, code, module_id, choose_elective, _("“%(module)s” is one of your modules now."))


@login_required
@require_POST
def leave(request, code, module_id):
    """Give an elective back."""
    return _elective(request, code, module_id, leave_elective, _("You have left “%(module)s”."))


def _elective(request, code, module_id, do, done):
    student = access.get_student_or_404(request.user, code)
    modules = Module.objects.filter(phase__programme_edition=student.programme_edition_id)
    module = get_object_or_404(
        modules.select_related("phase__programme_edition", "edition__course"), pk=module_id
    )
    try:
        do(student, module, by=request.user)
    except ProgrammeRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, done % {"module": module})
    return redirect("programmes:place", code)
