"""Which row is meant by the name of a library: the current one, or the candidate in quarantine that would become it."""

from functools import cached_property

from h5p.core.dependencies import Needed, needed_libraries
from h5p.core.library import LibraryInfo
from h5p.core.names import LibraryName
from h5p.models import Library, Status


class Resolver:
    """Answers for the whole site with one query. Lives as long as one piece of work."""

    def __init__(self, *, with_quarantine: bool = True):
        self.with_quarantine = with_quarantine

    @cached_property
    def libraries(self) -> dict[LibraryName, Library]:
        """The row that each name means."""
        rows = Library.objects.current().defer("semantics")
        found = {library.name: library for library in rows}
        if self.with_quarantine:
            candidates = Library.objects.waiting().defer("semantics").order_by("patch", "pk")
            waiting = {library.name: library for library in candidates}
            found = waiting | found
        return found

    def library(self, name: LibraryName) -> Library | None:
        """The row, or None."""
        return self.libraries.get(name)

    def find(self, name: LibraryName) -> LibraryInfo | None:
        """Its library.json, or None."""
        library = self.library(name)
        return library.described if library else None

    def needed(self, roots: list[LibraryName]) -> list[tuple[Library, Needed]]:
        """Everything that the roots need, in the order of loading; what is nowhere is left out."""
        needed, _missing = needed_libraries(roots, self.find)
        return [(self.libraries[item.name], item) for item in needed]


def installed(*, runnable_only: bool = False) -> list[Library]:
    """The libraries that new content may be made with, by title; of one machine name the newest version."""
    rows = Library.objects.current().filter(status=Status.APPROVED).newest_first()
    newest: dict[str, Library] = {}
    for library in rows:
        newest.setdefault(library.machine_name, library)
    return sorted(
        (library for library in newest.values() if library.runnable or not runnable_only),
        key=lambda library: library.local_title.casefold(),
    )
