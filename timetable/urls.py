"""Addresses under timetable/. That of the feed carries no language and stands in lms/urls.py."""

from django.urls import path

from timetable import views

app_name = "timetable"

urlpatterns = [
    path("", views.timetable, name="timetable"),
    path("sessions/<uuid:key>.ics", views.session_file, name="session_file"),
    path("calendar/", views.make_feed, name="make_feed"),
    path("calendar/renew/", views.renew_feed, name="renew_feed"),
    path("calendar/end/", views.end_feed, name="end_feed"),
]
