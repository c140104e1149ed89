"""Addresses of a student, under programmes/."""

from django.urls import path

from programmes.studying import views

urlpatterns = [path("<slug:code>/", views.place, name="place")]
