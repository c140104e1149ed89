"""The list of quizzes, a new one, and the screen of one: its rules, its questions, what it lacks."""

from django.db.models import Count
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.auth import require_admin_access
from wagtail.admin.ui.tables import Column, StatusTagColumn, TitleColumn
from wagtail.admin.views.generic import IndexView
from wagtail.models import Locale

from assessments import drafts
from assessments.authoring import access, forms
from assessments.authoring.views.screens import screen
from assessments.models import QuestionKind, Quiz
from courses.access import authored_courses, can_author, can_translate
from courses.services import create_activity


class QuizIndexView(IndexView):
    """The quizzes of the courses a person works on."""

    model = Quiz
    page_title = gettext_lazy("Quizzes")
    header_icon = "help"
    index_url_name = "quizzes:index"
    index_results_url_name = "quizzes:index_results"
    add_url_name = "quizzes:begin"
    edit_url_name = "quizzes:edit"
    add_item_label = gettext_lazy("New quiz")
    search_fields = ["title", "course__title"]
    search_backend_name = None
    default_ordering = "title"
    paginate_by = 30
    is_searchable = True

    def get_base_queryset(self):
        """Those of the person's courses."""
        quizzes = access.visible_quizzes(self.request.user).select_related("course")
        return quizzes.annotate(attempts_taken=Count("attempts"))

    @property
    def add_url(self):
        """For whoever writes a course."""
        return self.get_add_url() if authored_courses(self.request.user).exists() else None

    def get_edit_url(self, instance):
        """The screen of the quiz; it says itself what this person may change."""
        return reverse("quizzes:edit", args=[instance.pk])

    @property
    def columns(self):
        """Title, course, attempts and state."""
        return [
            TitleColumn("title", label=_("Title"), sort_key="title", get_url=self.get_edit_url),
            Column("course", label=_("Course"), sort_key="course__title"),
            Column("attempts_taken", label=_("Attempts taken")),
            StatusTagColumn("status_string", label=_("Status"), primary=lambda quiz: quiz.live),
        ]


@require_admin_access
def begin(request):
    """A new quiz as a draft; its screen fills it."""
    form = forms.BeginQuizForm(
        request.POST or None, user=request.user, initial={"course": request.GET.get("course")}
    )
    if request.method == "POST" and form.is_valid():
        quiz = create_activity(
            "quiz", form.cleaned_data["course"], form.cleaned_data["title"], user=request.user
        )
        messages.success(request, _("The quiz has been begun as a draft. Now add its questions."))
        return redirect("quizzes:edit", quiz.pk)
    return render(request, "assessments/authoring/begin.html", screen(_("New quiz"), form=form))


@require_admin_access
def edit(request, quiz_id):
    """One quiz as last saved."""
    quiz = access.get_quiz_or_404(request.user, quiz_id)
    may_write = can_author(request.user, quiz.course)
    draft = quiz.get_latest_revision_as_object()
    form = forms.QuizForm(request.POST or None, initial=initial_of(draft)) if may_write else None
    if request.method == "POST" and form and form.is_valid():
        try:
            save(quiz, form.cleaned_data, request.user)
        except drafts.DraftRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved as a draft. Learners see it once the course is published."))
            return redirect("quizzes:edit", quiz.pk)
    context = {
        "form": form,
        "draft": draft,
        "items": draft.items_to_read(),
        "problems": draft.publish_problems(),
        "refusal": drafts.draft_refusal(quiz),
        "may_write": may_write,
        "may_translate": can_translate(request.user, quiz.course),
        "languages": other_languages(draft),
        "kinds": QuestionKind.choices,
        "placements": quiz.placements.placed().select_related("lesson"),
    }
    status = 422 if form and form.errors else 200
    return render(
        request, "assessments/authoring/quiz.html", screen(draft.title, quiz=quiz, **context), status=status
    )


def initial_of(draft):
    """What the form of the settings shows."""
    text = next((text for text in draft.texts.all() if text.language == draft.source_language), None)
    return {
        "title": draft.title,
        "completion_rule": draft.completion_rule,
        "pass_mark": round(draft.pass_mark * 100),
        "attempts_allowed": draft.attempts_allowed,
        "grading_method": draft.grading_method,
        "shuffle_options": draft.shuffle_options,
        "learner_title": text.title if text else "",
        "instructions": text.instructions if text else "",
    }


def save(quiz, data, user):
    """Save the settings and the words in the language of the course."""
    wording = {
        "language": quiz.source_language,
        "title": data["learner_title"],
        "instructions": data["instructions"],
    }
    values = {name: data[name] for name in data if name not in ("learner_title", "instructions")}
    drafts.save_quiz(quiz, user=user, wording=wording, **values)


def other_languages(draft):
    """The languages of content beside the one the quiz is written in, and how far each has come."""
    items = draft.items_to_read()
    found = []
    for locale in Locale.objects.exclude(language_code=draft.source_language):
        done = sum(not item.shown.problems(locale.language_code) for item in items)
        found.append({"code": locale.language_code, "name": locale.get_display_name(), "done": done})
    return found


@require_admin_access
@require_POST
def move(request, quiz_id, question_id):
    """Move a question one place."""
    return change(
        request, quiz_id, question_id, drafts.move_question, up=request.POST.get("direction") == "up"
    )


@require_admin_access
@require_POST
def remove(request, quiz_id, question_id):
    """Take a question out of the quiz."""
    return change(
        request, quiz_id, question_id, drafts.remove_question, said=_("The question has been taken out.")
    )


def change(request, quiz_id, question_id, service, *, said="", **options):
    """Call a service on a question of a quiz the person writes, and come back to the list."""
    quiz = access.get_quiz_or_404(request.user, quiz_id, can_author)
    item = access.get_item_or_404(quiz.get_latest_revision_as_object(), question_id)
    try:
        service(quiz, item.question, user=request.user, **options)
    except drafts.DraftRefused as refusal:
        messages.error(request, str(refusal))
    else:
        if said:
            messages.success(request, said)
    return redirect("quizzes:edit", quiz.pk)
