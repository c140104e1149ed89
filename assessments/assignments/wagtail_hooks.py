"""Assignments, rubrics and marking in the CMS: addresses, menus, what is called how in the audit log."""

from django.urls import include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.admin_url_finder import register_admin_url_finder
from wagtail.admin.menu import MenuItem

from assessments.assignments import access
from assessments.assignments.admin_views import authoring, marking, papers, releasing, rubrics
from assessments.models import Assignment, Submission
from courses.access import can_see
from foundation.audit.actions import register_action
from learning.last_seen import TRACES, Trace

register_action("assessments.reopen_submission", _("Submission opened again"))
register_action("assessments.release_mark", _("Mark released"))
register_action("assessments.change_mark", _("Mark changed"))
register_action("assessments.export_marks", _("Marks exported"))
register_action("assessments.add_rubric", _("Rubric added"))
register_action("assessments.change_rubric", _("Rubric changed"))
register_action("assessments.retire_rubric", _("Rubric no longer offered"))
register_action("assessments.offer_rubric", _("Rubric offered again"))

authoring_urls = [
    path("", authoring.AssignmentIndexView.as_view(), name="index"),
    path("results/", authoring.AssignmentIndexView.as_view(results_only=True), name="index_results"),
    path("new/", authoring.begin, name="begin"),
    path("<int:assignment_id>/", authoring.edit, name="edit"),
    path("<int:assignment_id>/preview/", authoring.preview, name="preview"),
    path("<int:assignment_id>/rubric/", authoring.use_newest_rubric, name="use_newest_rubric"),
    path("<int:assignment_id>/words/<slug:language>/", authoring.words, name="words"),
]
rubric_urls = [
    path("", rubrics.RubricIndexView.as_view(), name="index"),
    path("results/", rubrics.RubricIndexView.as_view(results_only=True), name="index_results"),
    path("new/", rubrics.begin, name="begin"),
    path("<int:rubric_id>/", rubrics.edit, name="edit"),
    path("<int:rubric_id>/retire/", rubrics.retire, name="retire"),
    path("<int:rubric_id>/words/<slug:language>/", rubrics.words, name="words"),
]
LIST = "<int:assignment_id>/<int:edition_id>/"
PAPER = "submissions/<int:submission_id>/"
marking_urls = [
    path("", marking.index, name="index"),
    path(LIST, marking.marking_queue, name="queue"),
    path(f"{LIST}release/", releasing.release_all, name="release_all"),
    path(f"{LIST}export/", releasing.export, name="export"),
    path(PAPER, marking.mark, name="mark"),
    path(f"{PAPER}autosave/", marking.autosave, name="autosave"),
    path(f"{PAPER}put-back/", marking.put_back, name="put_back"),
    path(f"{PAPER}confirm/", marking.confirm, name="confirm"),
    path(f"{PAPER}release/", releasing.release, name="release"),
    path(f"{PAPER}reopen/", releasing.reopen, name="reopen"),
    path(f"{PAPER}files/<int:file_id>/", papers.file, name="file"),
    path(f"{PAPER}files/<int:file_id>/view/", papers.view_file, name="view_file"),
    path(f"{PAPER}returned/<int:file_id>/", papers.returned_file, name="returned_file"),
    path(f"{PAPER}returned/<int:file_id>/remove/", marking.remove_file, name="remove_file"),
    path(f"{PAPER}similar/<int:other_id>/", papers.similar, name="similar"),
    path("marks/<int:marking_id>/change/", marking.change, name="change"),
]


@hooks.register("register_admin_urls")
def assignment_urls():
    """Our screens, under the CMS."""
    return [
        path("assignments/", include((authoring_urls, "authored_assignments"))),
        path("rubrics/", include((rubric_urls, "rubrics"))),
        path("assignment-marking/", include((marking_urls, "assignment_marking"))),
    ]


class AuthorsMenuItem(MenuItem):
    """Shown to whoever works on a course."""

    def is_shown(self, request):
        """Whether this person works on any course."""
        return access.works_on_courses(request.user)


class MarkersMenuItem(MenuItem):
    """Shown to whoever marks in an edition."""

    def is_shown(self, request):
        """Whether this person marks anywhere."""
        return access.marks_anywhere(request.user)


@hooks.register("register_admin_menu_item")
def assignments_menu_item():
    """The way to the assignments."""
    url = reverse("authored_assignments:index")
    return AuthorsMenuItem(_("Assignments"), url, name="assignments", icon_name="doc-full", order=96)


@hooks.register("register_admin_menu_item")
def rubrics_menu_item():
    """The way to the rubrics."""
    return AuthorsMenuItem(
        _("Rubrics"), reverse("rubrics:index"), name="rubrics", icon_name="table", order=97
    )


@hooks.register("register_admin_menu_item")
def marking_menu_item():
    """The way to what waits to be marked."""
    url = reverse("assignment_marking:index")
    return MarkersMenuItem(
        _("Assignments to mark"), url, name="assignment-marking", icon_name="edit", order=131
    )


class AssignmentURLFinder:
    """Where Wagtail's own lists, and problems of a course, lead when they name an assignment."""

    def __init__(self, user=None):
        self.user = user

    def get_edit_url(self, assignment):
        """The screen of the assignment; it says itself what this person may change."""
        if self.user is not None and not can_see(self.user, assignment.course):
            return None
        return reverse("authored_assignments:edit", args=[assignment.pk])


register_admin_url_finder(Assignment, AssignmentURLFinder)


@hooks.register(TRACES)
def drafts_show_work():
    """Whoever saves a draft is at work."""
    return Trace(Submission.objects.exclude(saved_at=None), "saved_at", "members__attempt__enrolment")
