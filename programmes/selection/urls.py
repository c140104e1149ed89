"""Addresses of applicants: the decision, and the answer to it."""

from django.urls import path

from programmes.selection import views

app_name = "selection"

urlpatterns = [
    path("apply/<slug:code>/decision/", views.decision, name="decision"),
    path("apply/<slug:code>/decision/accept/", views.accept, name="accept"),
    path("apply/<slug:code>/decision/decline/", views.decline, name="decline"),
]
