"""Attendance in the CMS: addresses, and where lists of activities lead."""

from django.urls import include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.admin_url_finder import register_admin_url_finder
from wagtail.admin.menu import MenuItem

from courses.access import can_see
from timetable.attendance import access
from timetable.attendance.admin_views import activities, overview, settings
from timetable.models import SessionActivity

urls = [
    path("editions/<int:pk>/", overview.edition_attendance, name="edition"),
    path("editions/<int:pk>/export/", overview.export_attendance, name="export"),
    path("editions/<int:pk>/rules/", settings.attendance_rules, name="rules"),
    path("editions/<int:pk>/lessons/", settings.lesson_sessions, name="lessons"),
    path("rules/", settings.site_rules, name="site_rules"),
    path("activities/<int:pk>/", activities.edit, name="activity"),
]


@hooks.register("register_admin_urls")
def attendance_urls():
    """The overview of an edition and what belongs to it."""
    return [path("attendance/", include((urls, "staff_attendance")))]


class SiteRulesMenuItem(MenuItem):
    """Seen by administrators."""

    def is_shown(self, request):
        """Asked once per request."""
        return access.can_set_site_rules(request.user)


@hooks.register("register_timetable_menu_item")
def site_rules_menu_item():
    """The way to the rules of the whole site."""
    return SiteRulesMenuItem(
        _("Rules of attendance"),
        reverse("staff_attendance:site_rules"),
        name="attendance-rules",
        icon_name="cog",
        order=900,
    )


class SessionActivityURLFinder:
    """Where Wagtail's own lists, and problems of a course, lead when they name a session of a lesson."""

    def __init__(self, user=None):
        self.user = user

    def get_edit_url(self, activity):
        """The screen of the activity."""
        if self.user is not None and not can_see(self.user, activity.course):
            return None
        return reverse("staff_attendance:activity", args=[activity.pk])


register_admin_url_finder(SessionActivity, SessionActivityURLFinder)
