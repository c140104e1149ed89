"""Sending kept files to whoever may have them: always to be saved, never to be shown or run in the site's name."""

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404
from django.utils.translation import gettext as _

from assessments.file_types import FILE_TYPES
from assessments.models import KeptFile

NO_RIGHTS = "default-src 'none'; sandbox"


def send(kept: KeptFile, *, name: str = "") -> FileResponse:
    """The bytes of a kept file under its own name, or another one."""
    return sent(kept.file.name, name=name or kept.name, media_type=FILE_TYPES[kept.kind].media_type)


def sent(path: str, *, name: str, media_type: str = "application/octet-stream") -> FileResponse:
    """The bytes at a path of the storage as a download."""
    try:
        content = default_storage.open(path)
    except FileNotFoundError:
        raise Http404(_("The file is not there.")) from None
    response = FileResponse(content, as_attachment=True, filename=name, content_type=media_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = NO_RIGHTS
    response["Cache-Control"] = "private, no-store"
    return response
