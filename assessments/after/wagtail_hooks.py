"""Marking, regrades and the analysis of questions in the CMS: addresses, menus, names for the audit log."""

from django.urls import include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from assessments import access
from assessments.after.admin_views import analysis, marking, regrading
from foundation.audit.actions import register_action

register_action("assessments.mark", _("Mark changed"))
register_action("assessments.regrade", _("Questions regraded"))
register_action("assessments.regrade_attempt", _("Attempt regraded"))
register_action("assessments.export_responses", _("Answers exported"))
register_action("learning.rescore_attempt", _("Score changed"))

marking_urls = [
    path("", marking.index, name="index"),
    path("<int:edition_id>/<int:quiz_id>/", marking.pile, name="pile"),
    path("answers/<int:item_id>/", marking.mark, name="mark"),
    path("attempts/<int:attempt_id>/", marking.attempt, name="attempt"),
    path("files/<uuid:key>/", marking.answer_file, name="file"),
]
regrade_urls = [
    path("quizzes/<int:quiz_id>/", regrading.begin, name="begin"),
    path("<int:regrade_id>/", regrading.regrade, name="regrade"),
    path("<int:regrade_id>/go-on/", regrading.go_on, name="go_on"),
]
analysis_urls = [
    path("<int:quiz_id>/", analysis.quiz, name="quiz"),
    path("<int:quiz_id>/questions/<int:version_id>/", analysis.question, name="question"),
    path("<int:quiz_id>/answers/", analysis.responses, name="responses"),
]


@hooks.register("register_admin_urls")
def after_urls():
    """Our screens, under the CMS."""
    return [
        path("marking/", include((marking_urls, "marking"))),
        path("regrades/", include((regrade_urls, "regrades"))),
        path("question-analysis/", include((analysis_urls, "item_analysis"))),
    ]


class MarkingMenuItem(MenuItem):
    """Shown to whoever teaches or manages an edition."""

    def is_shown(self, request):
        """Whether the person marks anywhere."""
        return access.marks_somewhere(request.user)


@hooks.register("register_admin_menu_item")
def marking_menu_item():
    """The way to what waits to be marked."""
    return MarkingMenuItem(
        _("Quizzes to mark"), reverse("marking:index"), name="marking", icon_name="edit", order=132
    )
