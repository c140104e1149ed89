"""What frames load: the files of libraries and content, and an author's preview. By token, never by session."""

from django.http import Http404

from h5p import access
from h5p.assets import content_asset, library_asset
from h5p.core.file_types import media_type
from h5p.frames import for_frames
from h5p.player import Played, player_page
from h5p.ranges import file_or_part

ONE_YEAR = 365 * 24 * 60 * 60
# Should a file be opened by itself, it has no rights at all.
FILE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"


@for_frames("GET", "HEAD")
def library_file(request, token, libraries_sha256, folder, path):
    """A file of a library."""
    content = access.playing_content_or_404(token)
    found = library_asset(content, libraries_sha256, folder, path)
    if found is None:
        raise Http404
    stored, is_exact = found
    return send(request, stored, path, for_ever=is_exact)


@for_frames("GET", "HEAD")
def content_file(request, token, version, path):
    """A file of the content."""
    stored = content_asset(access.playing_content_or_404(token), version, path)
    if stored is None:
        raise Http404
    return send(request, stored, path, for_ever=True)


def send(request, stored, path, *, for_ever):
    """The bytes, for the browser to keep: whatever changes has another address."""
    try:
        file = stored.open()
    except FileNotFoundError:
        raise Http404 from None
    response = file_or_part(request, file, stored.size, media_type(path))
    response["ETag"] = f'"{stored.sha256}"'
    response["Cache-Control"] = f"private, max-age={ONE_YEAR}, immutable" if for_ever else "no-store"
    response["Content-Security-Policy"] = FILE_POLICY
    return response


@for_frames("GET")
def preview(request, token):
    """A version as learners will see it; nothing that happens in it is kept."""
    version, author = access.previewed_version_or_404(token)
    return player_page(request, Played(version, holder=f"{access.AUTHOR}{author.pk}"))
