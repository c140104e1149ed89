"""The content types that come with the site: read from h5p/content_types, packed with an example each."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import BinaryIO

from h5p.core.content_index import uses_of
from h5p.core.export import ExportedContent, ExportedFile, write_library_package, write_package
from h5p.core.library import LibraryInfo, read_library
from h5p.core.names import LibraryName
from h5p.core.package import digest_of
from h5p.core.semantics import LibraryField, all_fields, parse_semantics

FOLDER = Path(__file__).parent / "content_types"
EXAMPLES = FOLDER / "examples"


@dataclass(frozen=True)
class ShippedLibrary:
    """A library in its folder."""

    info: LibraryInfo
    folder: Path

    @property
    def files(self) -> list[Path]:
        """Everything in the folder, without what begins with a dot."""
        return sorted(path for path in self.folder.rglob("*") if path.is_file() and path.name[0] != ".")

    @property
    def sha256(self) -> str:
        """The hash that the import of these files would give."""
        return digest_of(
            (path.relative_to(self.folder).as_posix(), hashlib.sha256(path.read_bytes()).hexdigest())
            for path in self.files
        )

    @property
    def semantics(self) -> list:
        """Its form as semantics.json has it; a library without one has no fields."""
        path = self.folder / "semantics.json"
        return json.loads(path.read_text()) if path.exists() else []

    @property
    def inside(self) -> list[LibraryName]:
        """The content types that its form offers for parts of it, as far as they are shipped."""
        fields = all_fields(parse_semantics(self.semantics))
        options = [name for one in fields if isinstance(one, LibraryField) for name in one.options]
        return [name for name in dict.fromkeys(options) if name in shipped_libraries()]


@cache
def shipped_libraries() -> dict[LibraryName, ShippedLibrary]:
    """All of them, by name."""
    found = {}
    for path in sorted(FOLDER.glob("*/library.json")):
        info, problems = read_library(json.loads(path.read_text()), str(path))
        if info is None:
            raise ValueError("; ".join(map(str, problems)))
        found[info.name] = ShippedLibrary(info, path.parent)
    return found


def find(name: LibraryName) -> LibraryInfo | None:
    """The library.json of one, or None."""
    library = shipped_libraries().get(name)
    return library.info if library else None


def library_files(name: LibraryName) -> Iterator[ExportedFile]:
    """The files of one, to pack."""
    library = shipped_libraries()[name]
    for path in library.files:
        yield ExportedFile(path.relative_to(library.folder).as_posix(), lambda path=path: path.open("rb"))


def example(name: LibraryName) -> ExportedContent:
    """A short content that shows what the type can do."""
    told = json.loads((EXAMPLES / f"{name.machine_name}.json").read_text())
    pictures = EXAMPLES / "files"
    return ExportedContent(
        title=told["title"],
        language=told["language"],
        main=name,
        params=told["params"],
        metadata={},
        files=tuple(
            ExportedFile(path, lambda path=path: (pictures / path).open("rb"))
            for path in uses_of(told["params"]).files
        ),
    )


def write_type(name: LibraryName, out: BinaryIO) -> None:
    """Write a package of one type: its example, everything it needs, and the types that may stand in it."""
    content = example(name)
    roots = [*uses_of(content.params).libraries, *with_inside(name)]
    write_package(out, content, roots=roots, find=find, library_files=library_files)


def with_inside(name: LibraryName) -> list[LibraryName]:
    """A type and those that may stand in it, in them and so on."""
    met: dict[LibraryName, None] = {}
    waiting = [name]
    while waiting:
        if (one := waiting.pop()) not in met:
            met[one] = None
            waiting += shipped_libraries()[one].inside
    return list(met)


def write_all(names: list[LibraryName], out: BinaryIO) -> None:
    """Write a package of these libraries alone: without content, and without what they need."""
    write_library_package(out, names, library_files)
