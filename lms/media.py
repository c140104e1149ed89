"""Serves uploaded pictures. Nothing else in the media folder has an address: documents go through Wagtail's checked view."""

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404


def serve(request, path):
    """Send one rendition."""
    if not path.startswith("images/") or not default_storage.exists(path):
        raise Http404
    return FileResponse(default_storage.open(path))
