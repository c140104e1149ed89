"""Attendance in the CMS: addresses, and where lists of activities lead."""

from django.urls import include, path, reverse
from wagtail import hooks
from wagtail.admin.admin_url_finder import register_admin_url_finder

from courses.access import can_see
from timetable.attendance.admin_views import activities, overview, settings
from timetable.models import SessionActivity

urls = [
    path("editions/<int:pk>/", overview.edition_attendance, name="edition"),
    path("editions/<int:pk>/export/", overview.export_attendance, name="export"),
    path("editions/<int:pk>/rules/", settings.attendance_rules, name="rules"),
    path("editions/<int:pk>/lessons/", settings.lesson_sessions, name="lessons"),
    path("activities/<int:pk>/", activities.edit, name="activity"),
]


@hooks.register("register_admin_urls")
def attendance_urls():
    """The overview of an edition and what belongs to it."""
    return [path("attendance/", include((urls, "staff_attendance")))]


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
