"""Addresses of a student, under programmes/."""

from django.urls import path

from programmes.studying import views

urlpatterns = [
    path("<slug:code>/", views.place, name="place"),
    path("<slug:code>/modules/<int:module_id>/choose/", views.choose, name="choose_elective"),
    path("<slug:code>/modules/<int:module_id>/leave/", views.leave, name="leave_elective"),
]
