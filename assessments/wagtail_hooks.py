"""Quizzes in the CMS: the menu, the addresses, and where a quiz is edited."""

from django.urls import include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.admin_url_finder import register_admin_url_finder
from wagtail.admin.menu import MenuItem

from assessments.after import wagtail_hooks as after_hooks  # noqa: F401
from assessments.authoring import access
from assessments.models import Answer, Quiz
from courses.access import authored_courses, can_see
from learning.last_seen import TRACES, Trace


@hooks.register("register_admin_urls")
def quiz_urls():
    """Our screens, under the CMS."""
    return [path("quizzes/", include("assessments.authoring.urls"))]


class QuizzesMenuItem(MenuItem):
    """Shown to whoever works on a course that has a quiz, or may write one."""

    def is_shown(self, request):
        """Whether the list would hold anything for this person."""
        return authored_courses(request.user).exists() or access.visible_quizzes(request.user).exists()


@hooks.register("register_admin_menu_item")
def quizzes_menu_item():
    """The way to the quizzes."""
    return QuizzesMenuItem(_("Quizzes"), reverse("quizzes:index"), name="quizzes", icon_name="help", order=95)


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


@hooks.register(TRACES)
def answers_show_work():
    """Whoever saves an answer is at work."""
    return Trace(Answer.objects.all(), "saved_at", "quiz_attempt__attempt__enrolment")
