"""Sending memorials: to their team as handed in, to others without names in file or name."""

from django.http import FileResponse

from assessments.assignments.sending import send, sent
from assessments.file_types import FILE_TYPES
from moots.models import Memorial
from moots.naming import download_name


def send_own(memorial: Memorial) -> FileResponse:
    """The bytes as they were handed in: their SHA-256 is that of the receipt."""
    return send(memorial)


def send_to_others(memorial: Memorial, *, hidden: bool) -> FileResponse:
    """The same pages without names where these are hidden, else as handed in; named by team and side."""
    path = memorial.clean_file.name if hidden else memorial.file.name
    name = download_name(memorial.appearance, hidden=hidden)
    return sent(path, name=name, media_type=FILE_TYPES["pdf"].media_type)
