"""Addresses inside the Wagtail admin."""

from django.urls import path

from foundation.audit import views

app_name = "audit"

urlpatterns = [
    path("", views.EntryReportView.as_view(), name="entries"),
    path("results/", views.EntryReportView.as_view(results_only=True), name="entries_results"),
    path("<int:number>/", views.entry, name="entry"),
]
