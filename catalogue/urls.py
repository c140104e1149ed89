"""Addresses under the language prefix, before the pages of the CMS."""

from django.urls import path

from catalogue import views

app_name = "catalogue"

urlpatterns = [
    path("catalogue/", views.to_catalogue, name="catalogue"),
]
