"""Addresses under courses/."""

from django.urls import path

from enrolments import views

app_name = "enrolments"

urlpatterns = [
    path("<slug:edition_code>/enrol/", views.enrol, name="enrol"),
    path("<slug:edition_code>/begin-anew/", views.begin_anew, name="begin_anew"),
    path("<slug:edition_code>/withdraw/", views.withdraw, name="withdraw"),
]
