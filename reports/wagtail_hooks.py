"""The staff home and the reports in the CMS."""

from django.urls import path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component

from courses.access import courses_for
from reports import views
from reports.access import can_read_reports
from reports.todo import to_do

# Wagtail's own panels that say what ours says better, or that advertise.
NOISE = {
    "whats_new_in_wagtail_version",
    "user_objects_in_workflow_moderation",
    "workflow_objects_to_moderate",
    "site_summary",
}


OURS = {"audit-log", "learners-reached"}


class ToDoPanel(Component):
    """What needs doing for this person."""

    name = "to_do"
    order = 10
    template_name = "reports/_to_do.html"

    class Media:
        css = {"all": ["reports/home.css"]}

    def get_context_data(self, parent_context):
        """Numbers with their denominators."""
        found = to_do(parent_context["request"].user)
        return {
            "waiting": [item for item in found if item.is_waiting],
            "quiet": [item for item in found if not item.is_waiting],
        }


@hooks.register("construct_homepage_panels", order=1000)
def staff_home(request, panels):
    """Put what needs doing first, and leave out the noise."""
    panels[:] = [ToDoPanel(), *(panel for panel in panels if getattr(panel, "name", "") not in NOISE)]


@hooks.register("construct_homepage_summary_items", order=1000)
def no_summary(request, items):
    """How many pages there are tells nobody what to do."""
    items.clear()


@hooks.register("construct_help_menu")
def no_news(request, menu_items):
    """Leave out what advertises or leads to other sites; shortcuts of the keyboard stay."""
    menu_items[:] = [item for item in menu_items if not item.name.startswith(("whats-new", "editor-guide"))]


@hooks.register("construct_reports_menu")
def only_own_reports(request, menu_items):
    """Tutors and others without pages or reports of theirs see no empty lists."""
    if not (can_read_reports(request.user) or courses_for(request.user).exists()):
        menu_items[:] = [item for item in menu_items if item.name in OURS]


@hooks.register("register_admin_urls")
def report_urls():
    """Serve the reports."""
    return [path("reports/learners-reached/", views.learners_reached, name="learners_reached")]


class ReportMenuItem(MenuItem):
    """Shown to those who read reports."""

    def is_shown(self, request):
        """Ask for the role."""
        return can_read_reports(request.user)


@hooks.register("register_reports_menu_item")
def learners_reached_menu_item():
    """Put it first among the reports."""
    return ReportMenuItem(
        views.TITLE, reverse("learners_reached"), name="learners-reached", icon_name="form", order=10
    )
