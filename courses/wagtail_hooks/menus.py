"""Menu entries, addresses and finders of the CMS."""

from django.urls import include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.admin_url_finder import register_admin_url_finder
from wagtail.admin.menu import MenuItem

from courses import access
from courses.choosers import activity_chooser_viewset
from courses.models import ChangeSet


@hooks.register("register_admin_urls")
def course_urls():
    """Our screens, under the CMS."""
    return [path("courses/", include("courses.urls"))]


class CoursesMenuItem(MenuItem):
    """Shown to whoever works on a course or may begin one."""

    def is_shown(self, request):
        """Whether the list would hold anything for this person."""
        user = request.user
        return access.can_create_course(user) or access.courses_for(user).exists()


@hooks.register("register_admin_menu_item")
def courses_menu_item():
    """The way to my courses."""
    return CoursesMenuItem(
        _("Courses"), reverse("courses:index"), name="courses", icon_name="doc-full", order=90
    )


@hooks.register("register_admin_viewset")
def activity_chooser():
    """The window that chooses activities."""
    return activity_chooser_viewset


class ChangeSetURLFinder:
    """Where Wagtail's own lists lead when they name a change set."""

    def __init__(self, user):
        self.user = user

    def get_edit_url(self, change_set):
        """The review screen."""
        return reverse("courses:change_set", args=[change_set.pk])


register_admin_url_finder(ChangeSet, ChangeSetURLFinder)
