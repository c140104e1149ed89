"""Addresses under h5p/. They carry tokens and no language."""

from django.urls import path

from h5p import views

app_name = "h5p"

urlpatterns = [
    path(
        "assets/<str:token>/libraries/<str:libraries_sha256>/<str:folder>/<path:path>",
        views.library_file,
        name="library_file",
    ),
    path("assets/<str:token>/content/<int:version>/<path:path>", views.content_file, name="content_file"),
    path("preview/<str:token>/", views.preview, name="preview"),
]
