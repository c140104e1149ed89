"""Addresses of a student's own record."""

from django.urls import path

from programmes.records import views

app_name = "records"

urlpatterns = [
    path("<slug:code>/record/", views.record, name="record"),
    path("<slug:code>/record/requests/", views.open_case, name="open_case"),
    path("<slug:code>/record/requests/<int:pk>/take-back/", views.take_back, name="take_back"),
]
