"""The libraries and files that parameters use, found by their shape, whatever the semantics say."""

import re
from dataclasses import dataclass

from h5p.core.names import LibraryName

# Where other systems point at files of another content or of the editor.
FOREIGN_PREFIX = re.compile(r"(?:\.\./){1,2}(?:[^?#]{0,200}content/)?(?:[0-9]{1,20}|editor)/(.+)", re.ASCII)
WEB = re.compile(r"https?://", re.IGNORECASE)


@dataclass(frozen=True)
class ContentUse:
    """What parameters use: libraries in the order in which they are met, and paths below content/."""

    libraries: tuple[LibraryName, ...]
    files: tuple[str, ...]


def uses_of(params: object) -> ContentUse:
    """Look through parameters of any type."""
    libraries: dict[LibraryName, None] = {}
    files: dict[str, None] = {}
    waiting = [params]
    while waiting:
        item = waiting.pop()
        if isinstance(item, dict):
            name = LibraryName.parse(item.get("library"))
            if name is not None and "params" in item:
                libraries.setdefault(name)
            for path in paths_of(item):
                files.setdefault(path)
            waiting.extend(reversed(item.values()))
        elif isinstance(item, list):
            waiting.extend(reversed(item))
    return ContentUse(tuple(libraries), tuple(files))


def paths_of(item: dict) -> list[str]:
    """The files that one object names itself."""
    found = [item.get("path")]
    original = item.get("originalImage")
    if isinstance(original, dict):
        found.append(original.get("path"))
    return [local for path in found if isinstance(path, str) and (local := local_path(path))]


def local_path(path: str) -> str | None:
    """The path below content/, without what other systems put around it; None for an address on the web."""
    if WEB.match(path):
        return None
    path = path.removesuffix("#tmp")
    foreign = FOREIGN_PREFIX.fullmatch(path)
    return foreign[1] if foreign else path
