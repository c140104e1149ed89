"""Addresses of applicants' interviews."""

from django.urls import path

from programmes.interviews import views

app_name = "interviews"

urlpatterns = [
    path("apply/<slug:code>/interview/", views.interview, name="interview"),
    path("apply/<slug:code>/interview/<int:pk>/book/", views.book, name="book"),
    path("apply/<slug:code>/interview/cancel/", views.cancel, name="cancel"),
]
