"""The classroom and My learning."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from courses.models import LessonPage
from enrolments.access import get_enrolment_or_404
from learning import access, services, tutoring
from learning.agenda import agenda
from learning.classroom import course_crumbs, lesson_shown, outline_units
from learning.forms import MessageForm
from learning.interactive.shown import interactive_shown
from learning.models import TutorThread
from learning.places import places_of
from learning.progress import progress


@login_required
def my_learning(request):
    """What is due, what is under way, what is done."""
    context = {
        "agenda": agenda(request.user, get_language()),
        "places": places_of(request.user),
        "current_section": "learning",
    }
    return render(request, "learning/my_learning.html", context)


@login_required
def outline(request, edition_code):
    """The course as this learner stands in it."""
    enrolment = get_enrolment_or_404(request.user, edition_code)
    standing = progress(enrolment, get_language())
    context = {
        "enrolment": enrolment,
        "progress": standing,
        "units": outline_units(standing),
        "crumbs": course_crumbs(standing),
        "has_tutor": tutoring.has_tutor(enrolment.edition),
        "current_section": "learning",
    }
    return render(request, "learning/outline.html", context)


@login_required
def lesson(request, edition_code, lesson_id):
    """One lesson, to read and do."""
    enrolment = get_enrolment_or_404(request.user, edition_code)
    return _render_lesson(request, enrolment, lesson_id)


def _render_lesson(request, enrolment, lesson_id, form=None, status=200):
    standing = progress(enrolment, get_language())
    state = standing.lesson(lesson_id)
    if state is None:
        raise Http404
    shown = lesson_shown(standing, state, get_language())
    context = {
        "enrolment": enrolment,
        "progress": standing,
        "shown": shown,
        "units": outline_units(standing, here=lesson_id),
        "crumbs": course_crumbs(standing, (shown.page.title, "")),
        "has_tutor": tutoring.has_tutor(enrolment.edition),
        "form": form or MessageForm(),
        "asking": form is not None,
        "current_section": "learning",
    }
    return render(request, "learning/lesson.html", context, status=status)


@login_required
def complete_activity(request, edition_code, activity_id):
    """Mark an activity as done. Whoever had to sign in on the way comes back to the lesson to mark it there."""
    enrolment, activity = access.get_activity_or_404(request.user, edition_code, activity_id)
    if request.method != "POST":
        lesson_state, _state = _placed(progress(enrolment, get_language()), activity)
        return redirect("learning:lesson", edition_code, lesson_state.pk)
    try:
        services.complete_activity(enrolment, activity, language=get_language())
    except services.LearningRefused as refusal:
        messages.warning(request, str(refusal))
    standing = progress(enrolment, get_language())
    lesson_state, state = _placed(standing, activity)
    if request.htmx:
        return _render_standing(request, standing, lesson_state, state, marked=True)
    return redirect("learning:lesson", edition_code, lesson_state.pk)


@login_required
def activity_standing(request, edition_code, activity_id):
    """How the learner stands with an activity now: what its part of a lesson is replaced by after a result."""
    enrolment, activity = access.get_activity_or_404(request.user, edition_code, activity_id)
    standing = progress(enrolment, get_language())
    return _render_standing(request, standing, *_placed(standing, activity))


def _render_standing(request, standing, lesson_state, state, *, marked=False):
    shown = interactive_shown(standing.enrolment, [state], get_language()).get(state.activity.pk)
    context = {
        "enrolment": standing.enrolment,
        "progress": standing,
        "state": state,
        "interactive": shown,
        "lesson": lesson_state,
        "swapped": True,
        "marked": marked,
    }
    template = "learning/activities/_h5p_standing.html" if shown else "learning/activities/_read.html"
    return render(request, template, context)


def _placed(standing, activity):
    for lesson_state in standing.lessons:
        for state in lesson_state.activities:
            if state.activity.pk == activity.pk:
                return lesson_state, state
    raise Http404


@login_required
def ask_tutor(request, edition_code, lesson_id):
    """Send a question to the tutors from a lesson."""
    enrolment = get_enrolment_or_404(request.user, edition_code)
    if request.method != "POST":
        return redirect("learning:lesson", edition_code, lesson_id)
    form = MessageForm(request.POST)
    if not form.is_valid() or not tutoring.has_tutor(enrolment.edition):
        return _render_lesson(request, enrolment, lesson_id, form, status=422)
    page = LessonPage.objects.live().descendant_of(enrolment.edition.course).filter(pk=lesson_id).first()
    if page is None:
        raise Http404
    thread = tutoring.ask_tutor(enrolment, page, **form.cleaned_data)
    messages.success(
        request, _("Your question has been sent. You will be told by e-mail when it is answered.")
    )
    return redirect("learning:thread", edition_code, thread.pk)


@login_required
def threads(request, edition_code):
    """The learner's own questions in an edition."""
    enrolment = get_enrolment_or_404(request.user, edition_code)
    own = (
        TutorThread.objects.filter(enrolment=enrolment).select_related("lesson").prefetch_related("messages")
    )
    standing = progress(enrolment, get_language())
    context = {
        "enrolment": enrolment,
        "threads": own,
        "crumbs": course_crumbs(standing, (_("Questions to the tutor"), "")),
        "current_section": "learning",
    }
    return render(request, "learning/threads.html", context)


@login_required
def thread(request, edition_code, thread_id):
    """One question with its answers; a form to go on."""
    own = access.get_own_thread_or_404(request.user, thread_id)
    form = MessageForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        tutoring.add_message(own, author=request.user, **form.cleaned_data)
        return redirect("learning:thread", edition_code, own.pk)
    threads_url = reverse("learning:threads", args=[edition_code])
    standing = progress(own.enrolment, get_language())
    context = {
        "thread": own,
        "lesson": standing.lesson(own.lesson_id),
        "crumbs": course_crumbs(
            standing, (_("Questions to the tutor"), threads_url), (_("Your question"), "")
        ),
        "thread_messages": own.messages.select_related("author"),
        "form": form,
        "current_section": "learning",
    }
    return render(request, "learning/thread.html", context, status=422 if form.errors else 200)
