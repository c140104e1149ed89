"""Addresses of the style guide."""

from django.urls import path

from lms.styleguide import views

urlpatterns = [
    path("", views.styleguide, name="styleguide"),
    path("<slug:name>/", views.styleguide_page, name="styleguide_page"),
]
