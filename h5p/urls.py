"""Addresses under h5p/. They carry tokens and no language."""

from django.urls import path, re_path

from h5p import views

app_name = "h5p"

urlpatterns = [
    re_path(
        r"^assets/(?P<token>[^/]+)/code/(?P<libraries_sha256>[0-9a-f]{64})\.(?P<kind>js|css)$",
        views.code,
        name="code",
    ),
    path(
        "assets/<str:token>/libraries/<str:libraries_sha256>/<str:folder>/<path:path>",
        views.library_file,
        name="library_file",
    ),
    path("assets/<str:token>/content/<int:version>/<path:path>", views.content_file, name="content_file"),
    path("preview/<str:token>/", views.preview, name="preview"),
]
