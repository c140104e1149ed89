"""What a library needs, and in which order it is loaded: what is needed comes before what needs it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from h5p.core.library import LibraryInfo
from h5p.core.names import LibraryName

KINDS = ("dynamic", "preloaded", "editor")
Find = Callable[[LibraryName], LibraryInfo | None]


@dataclass(frozen=True)
class Needed:
    """A library that something needs. `kind` is preloaded, dynamic or editor; `weight` is its place in the order."""

    name: LibraryName
    kind: str
    weight: int


class Walk:
    """One walk through dependencies. Of one machine name and kind the first version that is met wins."""

    def __init__(self, find: Find):
        self.find = find
        self.weights: dict[tuple[str, str], int] = {}
        self.names: dict[tuple[str, str], LibraryName] = {}
        self.missing: dict[LibraryName, LibraryName | None] = {}

    def visit(self, name: LibraryName, kind: str, needed_by: LibraryName | None = None) -> None:
        """Take a library in after everything that it needs. Circles end where they began."""
        key = kind, name.machine_name
        if key in self.names:
            return
        info = self.find(name)
        if info is None:
            self.missing.setdefault(name, needed_by)
            return
        self.names[key] = name
        for wanted in KINDS:
            # What the editor needs is loaded with the editor only.
            passed_on = "editor" if kind == "editor" and wanted == "preloaded" else wanted
            for dependency in info.dependencies(wanted):
                self.visit(dependency, passed_on, name)
        self.weights[key] = len(self.weights) + 1

    def needed(self) -> list[Needed]:
        """Everything that was met, in the order of loading."""
        return [
            Needed(self.names[key], key[0], weight)
            for key, weight in sorted(self.weights.items(), key=lambda pair: pair[1])
        ]


def needed_libraries(roots: Iterable[LibraryName], find: Find) -> tuple[list[Needed], dict]:
    """Everything the roots need, themselves included, in the order of loading, and what is missing (with who asks)."""
    walk = Walk(find)
    for root in roots:
        walk.visit(root, "preloaded")
    return walk.needed(), walk.missing
