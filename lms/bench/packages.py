"""A large package of interactive content, to measure how much memory bringing it in takes."""

import os
import zipfile
from pathlib import Path

from h5p.core.names import LibraryName
from h5p.shipped import write_type

LARGE = LibraryName("JusticeKit.Text", 1, 0)
# As pictures come: packed already, and none like another.
PICTURE = b"\x89PNG\r\n\x1a\n"
PICTURE_BYTES = 5 * 1024 * 1024


def write_large_package(path: Path, megabytes: int) -> None:
    """A package of that size: a text with pictures that nothing can pack any smaller."""
    with path.open("w+b") as file:
        write_type(LARGE, file)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_STORED) as package:
        for number in range(megabytes * 1024 * 1024 // PICTURE_BYTES):
            name = f"content/images/exhibit-{number}.png"
            package.writestr(name, PICTURE + os.urandom(PICTURE_BYTES - len(PICTURE)))
