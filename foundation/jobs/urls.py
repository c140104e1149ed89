"""Addresses inside the Wagtail admin."""

from django.urls import path

from foundation.jobs import views

app_name = "jobs"

urlpatterns = [
    path("", views.background_work, name="background_work"),
    path("<uuid:result_id>/retry/", views.retry, name="retry"),
]
