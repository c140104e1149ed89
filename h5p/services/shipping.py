"""Installing the content types that come with the site, without undoing what the H5P library manager decided."""

import io
from dataclasses import dataclass, field

from accounts.models import User
from h5p.core.names import LibraryName
from h5p.models import Library, Status
from h5p.services.importing import import_package
from h5p.shipped import ShippedLibrary, shipped_libraries, write_all

ORIGIN = "shipped with the site"
PACKAGE = "content-types.h5p"


@dataclass
class Installed:
    """What became of the types that are not here yet."""

    # Approved, and running unless a higher patch does.
    approved: list[LibraryName] = field(default_factory=list)
    # In quarantine: something of the same name, from elsewhere, runs here and stays.
    offered: list[LibraryName] = field(default_factory=list)


def install_content_types(*, by: User | None = None) -> Installed:
    """Bring in the shipped libraries whose files are not here, package by package. Safe to repeat and to interrupt."""
    installed = Installed()
    for name, shipped in shipped_libraries().items():
        rows = list(Library.objects.named(name).defer("semantics"))
        if is_decided(shipped, rows):
            continue
        (installed.approved if may_run(shipped, rows) else installed.offered).append(name)
    if installed.offered:
        bring_in(installed.offered, by, approve=False)
    if installed.approved:
        bring_in(installed.approved, by, approve=True)
    return installed


def is_decided(shipped: ShippedLibrary, rows: list[Library]) -> bool:
    """Whether these very files have been decided on, or the type was retired or overtaken."""
    current = running(rows)
    if current and (current.status == Status.RETIRED or current.patch > shipped.info.patch):
        return True
    same = [row for row in rows if row.patch == shipped.info.patch and row.sha256 == shipped.sha256]
    if same and same[0].status == Status.QUARANTINE:
        return not may_run(shipped, rows)
    return bool(same)


def may_run(shipped: ShippedLibrary, rows: list[Library]) -> bool:
    """Whether it may replace what runs: only files that were shipped, too."""
    current = running(rows)
    return current is None or current.origin == ORIGIN


def running(rows: list[Library]) -> Library | None:
    """The one that runs under a name."""
    return next((row for row in rows if row.current_since), None)


def bring_in(names: list[LibraryName], by: User | None, *, approve: bool) -> None:
    """Import these, as a package would be."""
    package = io.BytesIO()
    write_all(names, package)
    import_package(package, PACKAGE, by=by, approve=approve, needs_content=False, origin=ORIGIN)
