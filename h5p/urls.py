"""Addresses under h5p/. They carry tokens and no language."""

from django.urls import path, re_path

from h5p import views

app_name = "h5p"

ASSETS = r"^assets/(?P<token>[^/]+)"
# No more digits than any database counts with.
VERSION = r"(?P<version>[0-9]{1,18})"
LIBRARIES = rf"{VERSION}-(?P<libraries_sha256>[0-9a-f]{{64}})"

urlpatterns = [
    re_path(rf"{ASSETS}/code/{LIBRARIES}\.(?P<kind>js|css)\Z", views.code, name="code"),
    re_path(
        rf"{ASSETS}/libraries/{LIBRARIES}/(?P<folder>[^/]+)/(?P<path>.+)\Z",
        views.library_file,
        name="library_file",
    ),
    re_path(rf"{ASSETS}/content/{VERSION}/(?P<path>.+)\Z", views.content_file, name="content_file"),
    path("preview/<str:token>/", views.preview, name="preview"),
]
