"""Addresses of applicants and referees."""

from django.urls import path

from programmes.applications.views import applicant

app_name = "applications"

urlpatterns = [
    path("apply/<slug:code>/", applicant.start, name="start"),
    path("apply/<slug:code>/documents/", applicant.start, name="documents"),
    path("apply/<slug:code>/referees/", applicant.start, name="referees"),
    path("apply/<slug:code>/messages/", applicant.start, name="messages"),
    path("apply/<slug:code>/receipt/", applicant.start, name="receipt"),
    path("referee/<str:token>/", applicant.start, name="referee"),
]
