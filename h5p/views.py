"""What frames load: the files of libraries and content, and an author's preview. By token, never by session."""

from django.http import Http404, HttpResponse

from h5p import access
from h5p.assets import code_of, content_asset
from h5p.bundles import script_bundle, style_bundle
from h5p.core.file_types import media_type
from h5p.frames import for_frames
from h5p.player import Played, player_page
from h5p.ranges import file_or_part

ONE_YEAR = 365 * 24 * 60 * 60
# Should a file be opened by itself, it has no rights at all.
FILE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"


@for_frames("GET", "HEAD")
def library_file(request, token, version, libraries_sha256, folder, path):
    """A file of a library."""
    require_possible(folder)
    require_possible(path)
    code = code_of(access.playing_content_or_404(token), int(version), libraries_sha256)
    stored = code.file(folder, path)
    if stored is None:
        raise Http404
    return send(request, stored, path, for_ever=code.is_exact)


@for_frames("GET", "HEAD")
def code(request, token, version, libraries_sha256, kind):
    """All scripts, or all styles, that the content is played with, in one file."""
    code = code_of(access.playing_content_or_404(token), int(version), libraries_sha256)
    assets = code.scripts if kind == "js" else code.styles
    files = code.files(assets)
    if not files:
        raise Http404
    parts = ((asset, read(stored)) for asset, stored in files)
    libraries = f"../libraries/{version}-{libraries_sha256}"
    text = script_bundle(parts) if kind == "js" else style_bundle(parts, libraries)
    is_whole = len(files) == len(assets)
    response = HttpResponse(text, content_type=media_type(f"code.{kind}"))
    return kept(response, for_ever=code.is_exact and is_whole)


def read(stored):
    """The text of a file."""
    try:
        with stored.open() as file:
            return file.read().decode("utf-8-sig", "replace")
    except FileNotFoundError:
        raise Http404 from None


@for_frames("GET", "HEAD")
def content_file(request, token, version, path):
    """A file of the content."""
    require_possible(path)
    stored = content_asset(access.playing_content_or_404(token), int(version), path)
    if stored is None:
        raise Http404
    return send(request, stored, path, for_ever=True)


def require_possible(path):
    """What no database can look for is not there."""
    if "\0" in path:
        raise Http404


def send(request, stored, path, *, for_ever):
    """The bytes of a file, or the part of them that is asked for."""
    try:
        file = stored.open()
    except FileNotFoundError:
        raise Http404 from None
    response = file_or_part(request, file, stored.size, media_type(path))
    response["ETag"] = f'"{stored.sha256}"'
    return kept(response, for_ever=for_ever)


def kept(response, *, for_ever):
    """An answer for the browser to keep: whatever changes has another address. Opened by itself it has no rights."""
    response["Cache-Control"] = f"private, max-age={ONE_YEAR}, immutable" if for_ever else "no-store"
    response["Content-Security-Policy"] = FILE_POLICY
    return response


@for_frames("GET")
def preview(request, token):
    """A version as learners will see it; nothing that happens in it is kept."""
    version, author = access.previewed_version_or_404(token)
    return player_page(request, Played(version, holder=f"{access.AUTHOR}{author.pk}"))
