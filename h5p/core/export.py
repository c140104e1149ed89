"""Packing content with its libraries into a .h5p file that other systems accept."""

import json
import shutil
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import BinaryIO

from h5p.core.dependencies import needed_libraries
from h5p.core.library import LibraryInfo
from h5p.core.manifest import METADATA_KEYS
from h5p.core.names import LibraryName

# One moment for all: the same content gives the same bytes.
PACKED_AT = (2020, 1, 1, 0, 0, 0)
ORDINARY_FILE = 0o100644 << 16
STORED = frozenset("png jpg jpeg gif webp mp4 webm mp3 m4a ogg woff woff2".split())


@dataclass(frozen=True)
class ExportedFile:
    """A file to pack: its path in the package and how to open it."""

    path: str
    open: Callable[[], BinaryIO]


@dataclass(frozen=True)
class ExportedContent:
    """What is packed besides libraries."""

    title: str
    language: str
    main: LibraryName
    params: dict
    metadata: dict
    files: tuple[ExportedFile, ...] = ()


def write_package(
    out: BinaryIO,
    content: ExportedContent,
    *,
    roots: Iterable[LibraryName],
    find: Callable[[LibraryName], LibraryInfo | None],
    library_files: Callable[[LibraryName], Iterable[ExportedFile]],
) -> None:
    """Write the package. `roots` are all libraries that the content uses, `library_files` has paths in the folder."""
    needed, _missing = needed_libraries([content.main, *roots], find)
    with zipfile.ZipFile(out, "w") as archive:
        write_text(archive, "h5p.json", manifest_of(content, needed))
        write_text(archive, "content/content.json", content.params)
        for file in sorted(content.files, key=lambda file: file.path):
            write_file(archive, f"content/{file.path}", file)
        write_libraries(archive, {item.name for item in needed}, library_files)


def write_library_package(
    out: BinaryIO,
    names: Iterable[LibraryName],
    library_files: Callable[[LibraryName], Iterable[ExportedFile]],
) -> None:
    """Write a package that holds these libraries and no content."""
    with zipfile.ZipFile(out, "w") as archive:
        write_libraries(archive, names, library_files)


def write_libraries(archive: zipfile.ZipFile, names: Iterable[LibraryName], library_files) -> None:
    """The folders of libraries, always in one order."""
    for name in sorted(names):
        for file in sorted(library_files(name), key=lambda file: file.path):
            write_file(archive, f"{name.folder}/{file.path}", file)


def manifest_of(content: ExportedContent, needed) -> dict:
    """h5p.json. What only editors need is packed and not listed."""
    listed = {
        kind: [item.name.as_json() for item in needed if item.kind == kind]
        for kind in ("preloaded", "dynamic")
    }
    values = {
        "title": content.title,
        "language": content.language or "und",
        "mainLibrary": content.main.machine_name,
        "embedTypes": ["iframe"],
        "license": "U",
        **{key: content.metadata[key] for key in METADATA_KEYS if key in content.metadata and key != "title"},
        "preloadedDependencies": listed["preloaded"],
    }
    return {**values, "dynamicDependencies": listed["dynamic"]} if listed["dynamic"] else values


def write_text(archive: zipfile.ZipFile, path: str, value: object) -> None:
    """A JSON file."""
    archive.writestr(entry(path), json.dumps(value, ensure_ascii=False, separators=(",", ":")))


def write_file(archive: zipfile.ZipFile, path: str, file: ExportedFile) -> None:
    """A file, a piece at a time."""
    with file.open() as source, archive.open(entry(path), "w") as target:
        shutil.copyfileobj(source, target, 64 * 1024)


def entry(path: str) -> zipfile.ZipInfo:
    """The record of an ordinary file."""
    info = zipfile.ZipInfo(path, PACKED_AT)
    info.external_attr = ORDINARY_FILE
    packed_already = path.rpartition(".")[2].lower() in STORED
    info.compress_type = zipfile.ZIP_STORED if packed_already else zipfile.ZIP_DEFLATED
    return info
