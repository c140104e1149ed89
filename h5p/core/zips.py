"""Opening a zip that a stranger made: its directory is weighed before it is read, its files are read in pieces."""

import hashlib
import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import BinaryIO

from h5p.core import entries
from h5p.core.file_types import HEAD
from h5p.core.limits import MB, Limits
from h5p.core.problems import PackageRefused, Problem, Rule

CHUNK = 64 * 1024
END = b"PK\x05\x06"
END_FORMAT = struct.Struct("<4s4H2LH")
ZIP64_LOCATOR = b"PK\x06\x07"
LONGEST_COMMENT = 65535
BROKEN = (
    *(zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, RuntimeError, struct.error),
    *(ValueError, KeyError),
)
# More than anybody wants to read.
MOST_PROBLEMS = 50


@dataclass(frozen=True)
class Measured:
    """What reading an entry to its end told: its size, hash and first bytes."""

    size: int
    sha256: str
    head: bytes


@contextmanager
def open_zip(file: BinaryIO, name: str, limits: Limits) -> Iterator[zipfile.ZipFile]:
    """The zip, once its directory is known to be of a bearable size."""
    check_directory(file, name, limits)
    try:
        archive = zipfile.ZipFile(file)
    except BROKEN as error:
        raise PackageRefused(Problem(Rule.BROKEN_ZIP, name)) from error
    with archive:
        yield archive


def check_directory(file: BinaryIO, name: str, limits: Limits) -> None:
    """Refuse what has no directory, or one that would fill the memory when it is read."""
    size = file.seek(0, io.SEEK_END)
    if size > limits.package_bytes:
        raise PackageRefused(Problem(Rule.FILE_TOO_LARGE, name, {"limit": limits.package_bytes // MB}))
    file.seek(max(0, size - LONGEST_COMMENT - END_FORMAT.size - 20))
    tail = file.read()
    at = tail.rfind(END)
    if at < 0 or len(tail) - at < END_FORMAT.size:
        raise PackageRefused(Problem(Rule.BROKEN_ZIP, name))
    record = END_FORMAT.unpack_from(tail, at)
    count, directory_bytes = record[4], record[5]
    # A package of this size never needs the longer records of zip64, which could say something else.
    if tail[max(0, at - 20) : at].startswith(ZIP64_LOCATOR):
        raise PackageRefused(Problem(Rule.BROKEN_ZIP, name))
    if count > limits.files or directory_bytes > limits.directory_bytes:
        raise PackageRefused(Problem(Rule.TOO_MANY_FILES, name, {"limit": limits.files}))


def checked_entries(archive: zipfile.ZipFile, name: str, limits: Limits) -> list[zipfile.ZipInfo]:
    """The files in the zip, or PackageRefused with everything that their records show to be wrong."""
    infos = archive.infolist()
    if len(infos) > limits.files:
        raise PackageRefused(Problem(Rule.TOO_MANY_FILES, name, {"limit": limits.files}))
    problems = [problem for info in infos if (problem := entries.entry_problem(info, limits))]
    files = [info for info in infos if not info.is_dir()]
    problems += entries.collisions([info.filename for info in files])
    problems += [problem for info in files if (problem := entries.size_problem(info, limits))]
    if sum(info.file_size for info in files) > limits.total_bytes:
        problems.append(Problem(Rule.TOO_LARGE, name, {"limit": limits.total_bytes // MB}))
    refuse_if_any(problems)
    return files


def measure(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Measured:
    """Read an entry to its end, a piece at a time: this also proves its checksum."""
    digest, size, head = hashlib.sha256(), 0, b""
    try:
        with archive.open(info) as stream:
            while chunk := stream.read(CHUNK):
                head = head or chunk[:HEAD]
                size += len(chunk)
                digest.update(chunk)
    except BROKEN as error:
        raise PackageRefused(Problem(Rule.BROKEN_ZIP, info.filename)) from error
    if size != info.file_size:
        raise PackageRefused(Problem(Rule.BROKEN_ZIP, info.filename))
    return Measured(size, digest.hexdigest(), head)


def read(archive: zipfile.ZipFile, info: zipfile.ZipInfo, limits: Limits) -> bytes:
    """The bytes of a small entry."""
    if info.file_size > limits.json_bytes:
        raise PackageRefused(Problem(Rule.FILE_TOO_LARGE, info.filename, {"limit": limits.json_bytes // MB}))
    try:
        return archive.read(info)
    except BROKEN as error:
        raise PackageRefused(Problem(Rule.BROKEN_ZIP, info.filename)) from error


def refuse_if_any(problems: list[Problem]) -> None:
    """Raise PackageRefused with the problems, if there are any."""
    if problems:
        raise PackageRefused(*problems[:MOST_PROBLEMS])
