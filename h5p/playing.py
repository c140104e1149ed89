"""What a player needs of one version: clean parameters, code in its order, files. Knows no learner and no request."""

import hashlib
from dataclasses import dataclass
from functools import cached_property

from django.core.cache import cache

from h5p.core.names import LibraryName
from h5p.core.sanitize import Sanitizer
from h5p.models import ContentVersion, DependencyKind, Library, LibraryFile, StoredFile

# Part of the key of what is cached: raise it when sanitizing changes.
SANITIZER = 1
ONE_WEEK = 7 * 24 * 60 * 60


@dataclass(frozen=True)
class Asset:
    """A script or style: the library's folder and the path in it."""

    folder: str
    path: str

    def __str__(self):
        return f"{self.folder}/{self.path}"


@dataclass(frozen=True)
class Playable:
    """A version with the libraries that it is played with, in the order of loading. Two queries, whatever it holds."""

    version: ContentVersion
    libraries: tuple[Library, ...]
    waits_for: tuple[Library, ...]

    @cached_property
    def libraries_sha256(self) -> str:
        """Changes whenever any code does: part of the address of assets, so that they can be cached for ever."""
        digest = hashlib.sha256()
        for library in self.libraries:
            digest.update(f"{library.name.folder} {library.sha256}\n".encode())
        return digest.hexdigest()

    @property
    def main(self) -> Library | None:
        """The row of the main library."""
        return next((library for library in self.libraries if library.name == self.version.main), None)

    @property
    def scripts(self) -> tuple[Asset, ...]:
        """Every script, in the order of loading."""
        return tuple(
            Asset(library.name.folder, path)
            for library in self.libraries
            for path in library.described.scripts
        )

    @property
    def styles(self) -> tuple[Asset, ...]:
        """Every style, in the order of loading."""
        return tuple(
            Asset(library.name.folder, path)
            for library in self.libraries
            for path in library.described.styles
        )

    @cached_property
    def params(self) -> dict:
        """The parameters, sanitized by the semantics of exactly these libraries."""
        key = f"h5p-params:{SANITIZER}:{self.version.pk}:{self.libraries_sha256}"
        return cache.get_or_set(key, lambda: sanitized_params(self.version, self.libraries), ONE_WEEK)


def playable(version: ContentVersion) -> Playable:
    """Look up what a version is played with. While `waits_for` is not empty it must not be played."""
    rows = [
        row
        for row in version.libraries.played().select_related("library").defer("library__semantics")
        if row.kind == DependencyKind.PRELOADED or not row.library.may_run
    ]
    waits_for = tuple(row.library for row in rows if not row.library.may_run)
    libraries = tuple(row.library for row in rows if row.kind == DependencyKind.PRELOADED)
    return Playable(version, libraries, waits_for)


def sanitized_params(version: ContentVersion, libraries: tuple[Library, ...]) -> dict:
    """Clean parameters by the semantics of these libraries; what they do not describe is left out."""
    rows = Library.objects.filter(pk__in=[library.pk for library in libraries])
    fields = {library.name: library.fields for library in rows}
    return Sanitizer(fields.get).content(version.main, version.params).params


def library_file(playable: Playable, folder: str, path: str) -> StoredFile | None:
    """A file of one of the libraries that the version is played with."""
    library = library_of(playable.version, folder)
    return file_at(library, path) if library else None


def library_of(version: ContentVersion, folder: str) -> Library | None:
    """The library in a folder of this name, where the version is played with it and it may run."""
    name = LibraryName.from_folder(folder)
    if name is None:
        return None
    named = Library.objects.current().named(name)
    return named.filter(used_by__version=version).defer("semantics", "info").first()


def file_at(library: Library, path: str) -> StoredFile | None:
    """A file of a library."""
    found = LibraryFile.objects.filter(library=library, path=path).select_related("stored").first()
    return found.stored if found else None


def content_file(version: ContentVersion, path: str) -> StoredFile | None:
    """A file of the content."""
    found = version.files.filter(path=path).select_related("stored").first()
    return found.stored if found else None
