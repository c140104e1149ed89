"""A version as a .h5p file that other systems accept."""

from typing import BinaryIO

from h5p.core.content_index import uses_of
from h5p.core.export import ExportedContent, ExportedFile, write_package
from h5p.core.names import LibraryName
from h5p.models import ContentVersion, LibraryFile
from h5p.playing import playable
from h5p.resolving import Resolver


def export_version(version: ContentVersion, out: BinaryIO) -> None:
    """Write the package: clean parameters, the content's files, and every library with its files."""
    ready = playable(version)
    resolver = Resolver()
    content = ExportedContent(
        title=version.title,
        language=version.language,
        main=version.main,
        params=ready.params,
        metadata=version.metadata,
        files=exported(version.files.select_related("stored")),
    )

    def library_files(name: LibraryName):
        rows = LibraryFile.objects.filter(library=resolver.library(name)).select_related("stored")
        return exported(rows)

    roots = uses_of(ready.params).libraries
    write_package(out, content, roots=roots, find=resolver.find, library_files=library_files)


def exported(rows) -> tuple[ExportedFile, ...]:
    """Rows with a path and what lies there, as files to pack."""
    return tuple(ExportedFile(row.path, row.stored.open) for row in rows)
