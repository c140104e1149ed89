"""Which types of file may be handed in, and whether a file is what its name says: its content decides.

Refuses to know who hands in what. Nothing here opens a file with another program or unpacks it to disk.
"""

import re
import unicodedata
import zipfile
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import PurePath

import puremagic
from django.core.files.uploadedfile import UploadedFile
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from PIL import Image

HEAD = 4096
LONGEST_NAME = 120
MOST_PARTS = 5000
MOST_UNPACKED = 300 * 1024 * 1024
# Office documents shrink to about a tenth; a bomb to a thousandth.
MOST_RATIO = 200
RATIO_COUNTS_FROM = 10 * 1024 * 1024
MACROS = re.compile(r"(^|/)(vbaProject\.bin|Scripts/|Basic/)", re.IGNORECASE)
BROKEN_PACKAGE = (zipfile.BadZipFile, ValueError, EOFError, NotImplementedError, OSError, KeyError)
BROKEN_IMAGE = (OSError, SyntaxError, ValueError, Image.DecompressionBombError)


class UploadRefused(Exception):
    """The file is not taken; `str()` says why and what to do instead."""


@dataclass(frozen=True)
class FileType:
    """One type of file: what it is called, the endings of its name, and how its content is known."""

    key: str
    label: str
    media_type: str
    is_content_of: Callable
    other_endings: tuple[str, ...] = ()

    @property
    def endings(self) -> tuple[str, ...]:
        """The endings a name may have, each with its dot."""
        return tuple(f".{ending}" for ending in (self.key, *self.other_endings))


@dataclass(frozen=True)
class CheckedFile:
    """A file that may be kept: a name without tricks, its type and its size in bytes."""

    name: str
    type: FileType
    size: int


def check_upload(upload: UploadedFile, *, allowed: Collection[str], max_bytes: int) -> CheckedFile:
    """Look the file over before it is kept, or raise UploadRefused."""
    name = clean_name(upload.name or "")
    if not upload.size:
        raise UploadRefused(_("“%(name)s” is empty. Choose the file again.") % {"name": name})
    if upload.size > max_bytes:
        words = {"name": name, "limit": max_bytes // (1024 * 1024)}
        raise UploadRefused(
            _("“%(name)s” is larger than %(limit)s MB. Choose a smaller one, or split it.") % words
        )
    found = type_of_name(name)
    if found is None or found.key not in allowed:
        words = {"name": name, "types": types_in_words(allowed)}
        raise UploadRefused(_("“%(name)s” is of a type that is not taken here. Choose: %(types)s.") % words)
    upload.seek(0)
    if not found.is_content_of(upload):
        words = {"name": name, "type": found.label}
        raise UploadRefused(
            _(
                "“%(name)s” does not hold what its name says (%(type)s). Save it again in that format with the "
                "program you wrote it with, or choose the right file."
            )
            % words
        )
    upload.seek(0)
    return CheckedFile(name, found, upload.size)


def clean_name(name: str) -> str:
    """The name without folders, control characters and marks that turn its direction; never empty."""
    name = "".join(letter for letter in name if not unicodedata.category(letter).startswith("C"))
    name = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    path = PurePath(re.sub(r"\s+", " ", name).strip(" .") or "file")
    ending = path.suffix[:12].rstrip(" .")
    return path.stem[: LONGEST_NAME - len(ending)].rstrip(" .") + ending


def type_of_name(name: str) -> FileType | None:
    """The type that a name claims by its ending."""
    ending = PurePath(name).suffix.lower()
    return next((known for known in FILE_TYPES.values() if ending in known.endings), None)


def types_in_words(keys: Collection[str]) -> str:
    """The types as people read them: PDF (.pdf), Word (.docx)."""
    return ", ".join(
        f"{known.label} ({', '.join(known.endings)})" for key, known in FILE_TYPES.items() if key in keys
    )


def endings_of(keys: Collection[str]) -> str:
    """What a file field accepts, so that the browser offers nothing else."""
    return ",".join(ending for key, known in FILE_TYPES.items() if key in keys for ending in known.endings)


def _starts_like(*extensions):
    """A check by the first bytes, as the signatures of puremagic know them."""

    def check(upload):
        try:
            found = puremagic.magic_string(upload.read(HEAD))
        except (puremagic.PureError, ValueError):
            return False
        return not {match.extension for match in found}.isdisjoint(extensions)

    return check


def _is_pdf(upload):
    return b"%PDF-" in upload.read(1024)


def _is_text(upload):
    """Whether it can be read as Unicode text, without the control characters of programs."""
    content = upload.read()
    encoding = "utf-16" if content.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        return False
    return not any(ord(letter) < 32 and letter not in "\t\n\r\f" for letter in text)


def _is_image(format_name):
    def check(upload):
        try:
            with Image.open(upload, formats=[format_name]) as image:
                image.verify()
        except BROKEN_IMAGE:
            return False
        return True

    return check


def _is_package(holds):
    """A check of office documents, which are ZIP packages; `holds(package)` knows the type by its parts."""

    def check(upload):
        try:
            with zipfile.ZipFile(upload) as package:
                _refuse_tricks(package, clean_name(upload.name or ""))
                return holds(package)
        except BROKEN_PACKAGE:
            return False

    return check


def _refuse_tricks(package, name):
    """Raise UploadRefused for what unpacks to far too much, is locked, or carries programs."""
    parts = package.infolist()
    unpacked, packed = sum(part.file_size for part in parts), sum(part.compress_size for part in parts)
    swells = unpacked > RATIO_COUNTS_FROM and unpacked > MOST_RATIO * max(packed, 1)
    if len(parts) > MOST_PARTS or unpacked > MOST_UNPACKED or swells:
        raise UploadRefused(
            _("“%(name)s” unpacks to far more than a document holds, and is not taken.") % {"name": name}
        )
    if any(part.flag_bits & 1 for part in parts):
        raise UploadRefused(_("“%(name)s” is locked with a password. Save it without one.") % {"name": name})
    if any(MACROS.search(part.filename) for part in parts):
        raise UploadRefused(
            _("“%(name)s” carries macros, which are programs. Save it without them.") % {"name": name}
        )


def _office(main_part):
    return _is_package(lambda package: {"[Content_Types].xml", main_part} <= set(package.namelist()))


def _open_document(kind):
    expected = f"application/vnd.oasis.opendocument.{kind}".encode()

    def holds(package):
        with package.open("mimetype") as part:
            return part.read(len(expected) + 2).strip() == expected and "content.xml" in package.namelist()

    return _is_package(holds)


_OFFICE = "application/vnd.openxmlformats-officedocument"
_OPEN = "application/vnd.oasis.opendocument"

FILE_TYPES: dict[str, FileType] = {
    known.key: known
    for known in (
        FileType("pdf", "PDF", "application/pdf", _is_pdf),
        FileType("docx", "Word", f"{_OFFICE}.wordprocessingml.document", _office("word/document.xml")),
        FileType("odt", gettext_lazy("OpenDocument text"), f"{_OPEN}.text", _open_document("text")),
        FileType("rtf", gettext_lazy("rich text"), "application/rtf", _starts_like(".rtf")),
        FileType("txt", gettext_lazy("plain text"), "text/plain; charset=utf-8", _is_text, ("md",)),
        FileType("xlsx", "Excel", f"{_OFFICE}.spreadsheetml.sheet", _office("xl/workbook.xml")),
        FileType(
            "ods", gettext_lazy("OpenDocument table"), f"{_OPEN}.spreadsheet", _open_document("spreadsheet")
        ),
        FileType(
            "pptx", "PowerPoint", f"{_OFFICE}.presentationml.presentation", _office("ppt/presentation.xml")
        ),
        FileType(
            "odp",
            gettext_lazy("OpenDocument slides"),
            f"{_OPEN}.presentation",
            _open_document("presentation"),
        ),
        FileType("jpg", gettext_lazy("JPEG picture"), "image/jpeg", _is_image("JPEG"), ("jpeg",)),
        FileType("png", gettext_lazy("PNG picture"), "image/png", _is_image("PNG")),
        FileType("mp3", gettext_lazy("MP3 sound"), "audio/mpeg", _starts_like(".mp3")),
        FileType("mp4", gettext_lazy("MP4 video"), "video/mp4", _starts_like(".mp4", ".m4v")),
    )
}
FILE_TYPE_CHOICES = [
    (key, format_lazy("{} ({})", known.label, ", ".join(known.endings))) for key, known in FILE_TYPES.items()
]
