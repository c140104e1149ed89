"""What is different between two libraries, file by file, so that somebody can decide whether the new code may run."""

import difflib
from dataclasses import dataclass

from h5p.core.file_types import LIBRARY_TEXT, extension
from h5p.models import Library, StoredFile

SHOWN_TYPES = LIBRARY_TEXT | {"json", "txt", "md"}
MOST_BYTES = 200_000
MOST_LINES = 400
LONGEST_LINE = 400


@dataclass(frozen=True)
class Difference:
    """One file that is not the same. `kind` is added, removed or changed; `lines` are of a unified comparison."""

    path: str
    kind: str
    lines: tuple[str, ...] = ()
    # Whether there is more than is shown, or something that cannot be shown as text.
    is_cut: bool = False


def to_compare_with(library: Library) -> Library | None:
    """What runs now under its name, or the newest older one; None where it is the first of its machine name."""
    others = Library.objects.filter(machine_name=library.machine_name).exclude(pk=library.pk)
    current = others.current().named(library.name).first()
    older = others.current().filter(major__lte=library.major).order_by("-major", "-minor")
    return current or next((row for row in older if row.name.version < library.name.version), None)


def differences(library: Library, other: Library) -> list[Difference]:
    """From `other` to `library`, by path."""
    new, old = files_of(library), files_of(other)
    found = []
    for path in sorted(new.keys() | old.keys()):
        if path not in old:
            found.append(Difference(path, "added"))
        elif path not in new:
            found.append(Difference(path, "removed"))
        elif new[path].pk != old[path].pk:
            lines, is_cut = compared(path, old[path], new[path])
            found.append(Difference(path, "changed", lines, is_cut))
    return found


def files_of(library: Library) -> dict[str, StoredFile]:
    """What lies at each path."""
    return {file.path: file.stored for file in library.files.select_related("stored")}


def compared(path: str, old: StoredFile, new: StoredFile) -> tuple[tuple[str, ...], bool]:
    """The lines that differ, and whether that is not all."""
    if extension(path) not in SHOWN_TYPES or max(old.size, new.size) > MOST_BYTES:
        return (), True
    before, after = lines_of(old), lines_of(new)
    lines = [line[:LONGEST_LINE] for line in difflib.unified_diff(before, after, lineterm="", n=2)][2:]
    is_cut = len(lines) > MOST_LINES or any(len(line) > LONGEST_LINE for line in [*before, *after])
    return tuple(lines[:MOST_LINES]), is_cut


def lines_of(stored: StoredFile) -> list[str]:
    """The file as lines of text."""
    with stored.open() as stream:
        return stream.read().decode(errors="replace").splitlines()
