"""Finding the file that a frame asks for, in few queries: a play asks for dozens."""

from django.core.cache import cache

from h5p.models import ContentFile, ContentVersion, LibraryFile, StoredFile
from h5p.playing import ONE_WEEK, playable

# How many versions back a page that is still open may be.
VERSIONS = 5


def library_asset(
    content: int, libraries_sha256: str, folder: str, path: str
) -> tuple[StoredFile, bool] | None:
    """A file of a library that the content is played with, and whether it is exactly what the address names.

    It is not while a page is open that was made before other code was approved: then it gets the code that runs now.
    """
    key = f"h5p-code:{content}:{libraries_sha256}"
    found = cache.get(key)
    if found is None:
        found = code_of(content, libraries_sha256)
        cache.set(key, found, ONE_WEEK if found["exact"] else 60)
    library = found["libraries"].get(folder)
    files = LibraryFile.objects.filter(library=library, path=path, library__current_since__isnull=False)
    file = files.select_related("stored").first() if library else None
    return (file.stored, found["exact"]) if file else None


def code_of(content: int, libraries_sha256: str) -> dict:
    """The libraries, by folder, of the version that has exactly this code, else of the latest."""
    versions = ContentVersion.objects.filter(content=content).defer("params").order_by("-number")[:VERSIONS]
    candidates = [playable(version) for version in versions]
    exact = [one for one in candidates if one.libraries_sha256 == libraries_sha256]
    libraries = {}
    for one in exact[:1] or reversed(candidates):
        libraries |= folders_of(one.version)
    return {"exact": bool(exact), "libraries": libraries}


def folders_of(version: ContentVersion) -> dict[str, int]:
    """The libraries that it may load from, also on demand, by folder."""
    rows = version.libraries.played().select_related("library").defer("library__semantics", "library__info")
    return {row.library.name.folder: row.library_id for row in rows if row.library.may_run}


def content_asset(content: int, version: int, path: str) -> StoredFile | None:
    """A file of one version of the content."""
    files = ContentFile.objects.filter(version=version, version__content=content, path=path)
    found = files.select_related("stored").first()
    return found.stored if found else None
