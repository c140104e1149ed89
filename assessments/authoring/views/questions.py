"""The form of a question: a new one, or one of the quiz."""

from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.auth import require_admin_access

from assessments import drafts
from assessments.authoring import access
from assessments.authoring.questions import fill_question, forms_of
from assessments.authoring.views.screens import screen
from assessments.models import QuestionKind
from courses.access import can_author


@require_admin_access
def add(request, quiz_id):
    """A new question at the end of the quiz."""
    quiz = access.get_quiz_or_404(request.user, quiz_id, can_author)
    kind = request.GET.get("kind", "")
    question = drafts.new_question(quiz.course, kind if kind in QuestionKind.values else QuestionKind.SINGLE)
    return write(request, quiz, question, points=1, title=_("New question"))


@require_admin_access
def edit(request, quiz_id, question_id):
    """A question of the quiz as last saved."""
    quiz = access.get_quiz_or_404(request.user, quiz_id, can_author)
    item = access.get_item_or_404(quiz.get_latest_revision_as_object(), question_id)
    question = item.question.get_latest_revision_as_object()
    return write(request, quiz, question, points=f"{item.points.normalize():f}", title=_("Question"))


def write(request, quiz, question, *, points, title):
    """Show the form; save what was typed as a draft."""
    form, formset = forms_of(question, quiz.course, quiz.source_language, points, request.POST or None)
    valid = request.method == "POST" and all([form.is_valid(), formset is None or formset.is_valid()])
    if valid:
        try:
            save(quiz, question, form, formset, request.user)
        except drafts.DraftRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            return after_saving(request, quiz, question)
    refusal = drafts.question_refusal(question) if question.pk else drafts.draft_refusal(quiz)
    context = {
        "form": form,
        "formset": formset,
        "question": question,
        "refusal": refusal,
        "problems": question.problems(quiz.source_language) if question.pk else [],
        "media": form.media + formset.media if formset else form.media,
    }
    status = 422 if request.method == "POST" else 200
    return render(
        request, "assessments/authoring/question.html", screen(title, quiz=quiz, **context), status=status
    )


def save(quiz, question, form, formset, user):
    """Write what was typed into the question and save it in its quiz."""
    fill_question(question, quiz.source_language, form, formset)
    points = form.cleaned_data["points"]
    if question.pk is None:
        drafts.add_question(quiz, question, points=points, user=user)
    else:
        drafts.save_question(question, user=user)
        drafts.set_points(quiz, question, points, user=user)


def after_saving(request, quiz, question):
    """Say what is still missing; go back to the quiz, or on to another question."""
    problems = question.problems(quiz.source_language)
    if problems:
        messages.warning(request, " ".join([_("Saved as a draft. Still missing:"), *problems]))
    else:
        messages.success(request, _("Saved as a draft. Learners see it once the course is published."))
    if "another" in request.POST:
        url = redirect("quizzes:add_question", quiz.pk)
        url["Location"] += f"?kind={question.kind}"
        return url
    return redirect("quizzes:edit", quiz.pk)
