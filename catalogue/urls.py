"""Addresses under the language prefix, before the pages of the CMS."""

from django.urls import path

from catalogue import views

app_name = "catalogue"

urlpatterns = [
    path("courses/", views.catalogue_at_once, name="catalogue"),
]
