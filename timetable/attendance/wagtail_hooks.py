"""Attendance in the CMS: addresses."""

from django.urls import include, path
from wagtail import hooks

from timetable.attendance.admin_views import overview, settings

urls = [
    path("editions/<int:pk>/", overview.edition_attendance, name="edition"),
    path("editions/<int:pk>/export/", overview.export_attendance, name="export"),
    path("editions/<int:pk>/rules/", settings.attendance_rules, name="rules"),
    path("editions/<int:pk>/lessons/", settings.lesson_sessions, name="lessons"),
]


@hooks.register("register_admin_urls")
def attendance_urls():
    """The overview of an edition and what belongs to it."""
    return [path("attendance/", include((urls, "staff_attendance")))]
