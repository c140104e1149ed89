"""Quizzes in the CMS: the menu, the addresses, and where a quiz is edited."""

from django.shortcuts import redirect
from django.urls import include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.admin_url_finder import register_admin_url_finder
from wagtail.admin.menu import MenuItem

from assessments.after import wagtail_hooks as after_hooks  # noqa: F401
from assessments.assignments import wagtail_hooks as of_assignments  # noqa: F401
from assessments.authoring import access
from assessments.models import Answer, Question, Quiz
from assessments.services.banks import deletion_refusal
from courses.access import authored_courses, can_see
from learning.last_seen import TRACES, Trace


@hooks.register("register_admin_urls")
def quiz_urls():
    """Our screens, under the CMS."""
    return [
        path("quizzes/", include("assessments.authoring.urls")),
        path("question-banks/", include("assessments.authoring.bank_urls")),
        path("question-banks/", include("assessments.authoring.exchange_urls")),
    ]


class QuizzesMenuItem(MenuItem):
    """Shown to whoever works on a course that has a quiz, or may write one."""

    def is_shown(self, request):
        """Whether the list would hold anything for this person."""
        return authored_courses(request.user).exists() or access.visible_quizzes(request.user).exists()


@hooks.register("register_admin_menu_item")
def quizzes_menu_item():
    """The way to the quizzes."""
    return QuizzesMenuItem(_("Quizzes"), reverse("quizzes:index"), name="quizzes", icon_name="help", order=95)


class BanksMenuItem(MenuItem):
    """Shown to whoever may read a bank."""

    def is_shown(self, request):
        """Whether there is a bank for this person, or may be one."""
        return access.can_open_bank(request.user) or access.visible_banks(request.user).exists()


@hooks.register("register_admin_menu_item")
def banks_menu_item():
    """The way to the question banks."""
    return BanksMenuItem(
        _("Question banks"),
        reverse("question_bank:index"),
        name="question-banks",
        icon_name="folder-open-inverse",
        order=96,
    )


class QuizURLFinder:
    """Where Wagtail's own lists, and problems of a course, lead when they name a quiz."""

    def __init__(self, user=None):
        self.user = user

    def get_edit_url(self, quiz):
        """The screen of the quiz; it says itself what this person may change."""
        if self.user is not None and not can_see(self.user, quiz.course):
            return None
        return reverse("quizzes:edit", args=[quiz.pk])


register_admin_url_finder(Quiz, QuizURLFinder)


class QuestionURLFinder:
    """Where Wagtail's own lists lead when they name a question."""

    def __init__(self, user=None):
        self.user = user

    def get_edit_url(self, question):
        """The page of the question."""
        if self.user is not None and not access.can_see_bank(self.user, question.bank):
            return None
        return reverse("question_bank:question", args=[question.pk])


register_admin_url_finder(Question, QuestionURLFinder)


@hooks.register("before_bulk_action")
def refuse_in_bulk(request, action_type, objects, action):
    """Wagtail's own bulk actions cannot delete what is in use either."""
    return refuse_deletion(request, objects, action.next_url) if action_type == "delete" else None


@hooks.register("before_delete_snippet")
def refuse_snippet_deletion(request, instances):
    """Nor can its views of one or several."""
    return refuse_deletion(request, instances, reverse("question_bank:index"))


def refuse_deletion(request, objects, back):
    """Say why the first question among these that is in use stays."""
    for question in objects:
        if isinstance(question, Question) and (refusal := deletion_refusal(question)):
            messages.error(request, refusal)
            return redirect(back)
    return None


@hooks.register(TRACES)
def answers_show_work():
    """Whoever saves an answer is at work."""
    return Trace(Answer.objects.all(), "saved_at", "quiz_attempt__attempt__enrolment")
