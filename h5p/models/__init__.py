"""Libraries with their files, and content with its versions. Nothing stored here is ever altered; rows are added."""

from h5p.models.contents import Content, ContentFile, ContentLibrary, ContentVersion, Source, State
from h5p.models.files import StoredFile
from h5p.models.libraries import MAY_RUN, DependencyKind, Library, LibraryDependency, LibraryFile, Status

__all__ = [
    "MAY_RUN",
    "Content",
    "ContentFile",
    "ContentLibrary",
    "ContentVersion",
    "DependencyKind",
    "Library",
    "LibraryDependency",
    "LibraryFile",
    "Source",
    "State",
    "Status",
    "StoredFile",
]
