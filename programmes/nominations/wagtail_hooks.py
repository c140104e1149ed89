"""Nominations in the CMS: addresses."""

from django.urls import include, path
from wagtail import hooks

from programmes.nominations import admin_views

urls = [
    path("", admin_views.index, name="index"),
    path("example.xlsx", admin_views.example, name="example"),
    path("<int:pk>/", admin_views.preview, name="preview"),
    path("<int:pk>/discard/", admin_views.discard, name="discard"),
]


@hooks.register("register_admin_urls")
def nomination_urls():
    """The screens."""
    return [path("nominations/<int:call_id>/", include((urls, "nominations")))]
