"""Which types of file content and libraries may hold, and whether a file's first bytes are what its name says."""

from pathlib import PurePosixPath

import puremagic

from h5p.core.problems import Problem, Rule

HEAD = 4096
TEXT = frozenset("json txt csv diff patch textile md vtt webvtt gltf rtf".split())
PICTURES = frozenset("png jpg jpeg gif bmp tif tiff webp".split())
FONTS = frozenset("eot ttf woff woff2 otf".split())
MEDIA = frozenset("webm mp4 ogg mp3 m4a wav".split())
# Neither Flash nor office documents, which H5P also names: nothing plays the one, and the others may hold macros.
CONTENT_EXTENSIONS = TEXT | PICTURES | FONTS | MEDIA | {"pdf", "glb"}
LIBRARY_TEXT = frozenset({"js", "css", "svg", "xml"})
LIBRARY_EXTENSIONS = CONTENT_EXTENSIONS | LIBRARY_TEXT

TRUETYPE = (b"\x00\x01\x00\x00", b"OTTO", b"true", b"ttcf")
ISO_MEDIA = ("ftyp", "moov", "mdat", "free", "wide", "skip")
BEGINNINGS = {
    "png": (b"\x89PNG\r\n\x1a\n",),
    "jpg": (b"\xff\xd8\xff",),
    "jpeg": (b"\xff\xd8\xff",),
    "gif": (b"GIF87a", b"GIF89a"),
    "bmp": (b"BM",),
    "tif": (b"II*\0", b"MM\0*"),
    "tiff": (b"II*\0", b"MM\0*"),
    "ttf": TRUETYPE,
    "otf": TRUETYPE,
    "woff": (b"wOFF",),
    "woff2": (b"wOF2",),
    "webm": (b"\x1aE\xdf\xa3",),
    "ogg": (b"OggS",),
    "pdf": (b"%PDF-",),
    "glb": (b"glTF",),
    "rtf": (b"{\\rtf",),
    "webvtt": (b"WEBVTT", b"\xef\xbb\xbfWEBVTT"),
    "vtt": (b"WEBVTT", b"\xef\xbb\xbfWEBVTT"),
}
MEDIA_TYPES = {
    "json": "application/json",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "gif": "image/gif",
    "bmp": "image/bmp",
    "tif": "image/tiff",
    "tiff": "image/tiff",
    "webp": "image/webp",
    "svg": "image/svg+xml",
    "eot": "application/vnd.ms-fontobject",
    "ttf": "font/ttf",
    "otf": "font/otf",
    "woff": "font/woff",
    "woff2": "font/woff2",
    "webm": "video/webm",
    "mp4": "video/mp4",
    "ogg": "audio/ogg",
    "mp3": "audio/mpeg",
    "m4a": "audio/mp4",
    "wav": "audio/wav",
    "pdf": "application/pdf",
    "rtf": "application/rtf",
    "csv": "text/csv",
    "vtt": "text/vtt",
    "webvtt": "text/vtt",
    "gltf": "model/gltf+json",
    "glb": "model/gltf-binary",
    "js": "text/javascript",
    "css": "text/css",
    "xml": "application/xml",
}


def extension(name: str) -> str:
    """The ending of a name, lower case, without its dot."""
    return PurePosixPath(name).suffix.lower().removeprefix(".")


def media_type(name: str) -> str:
    """What to call a file of this name when it is served."""
    return MEDIA_TYPES.get(extension(name), "text/plain")


def type_problem(name: str, *, in_content: bool) -> Problem | None:
    """Whether a file of this name may be there."""
    ending = extension(name)
    if in_content and ending == "svg":
        return Problem(Rule.SVG_IN_CONTENT, name)
    if ending not in (CONTENT_EXTENSIONS if in_content else LIBRARY_EXTENSIONS):
        return Problem(Rule.EXTENSION, name)
    return None


def magic_problem(name: str, head: bytes) -> Problem | None:
    """Whether the first bytes are what the name says. An empty file is nothing and harms nobody."""
    if not head or is_what_it_says(extension(name), head):
        return None
    return Problem(Rule.MAGIC, name, {"found": what_it_looks_like(head)})


def is_what_it_says(ending: str, head: bytes) -> bool:
    """Compare an ending with the first bytes."""
    if ending in BEGINNINGS:
        return head.startswith(BEGINNINGS[ending])
    if ending in OTHER_SIGNS:
        return OTHER_SIGNS[ending](head)
    return is_text(head)


def is_mp3(head: bytes) -> bool:
    """A tag, or the first frame."""
    return head.startswith(b"ID3") or (len(head) > 1 and head[0] == 0xFF and head[1] & 0xE0 == 0xE0)


def is_iso_media(head: bytes) -> bool:
    """The boxes of MP4."""
    return head[4:8].decode("latin-1") in ISO_MEDIA


def is_riff(kind: bytes):
    """A container of one kind."""
    return lambda head: head.startswith(b"RIFF") and head[8:12] == kind


OTHER_SIGNS = {
    "mp3": is_mp3,
    "mp4": is_iso_media,
    "m4a": is_iso_media,
    "wav": is_riff(b"WAVE"),
    "webp": is_riff(b"WEBP"),
    "eot": lambda head: head[34:36] == b"LP",
}
BINARY = (
    b"PK\x03\x04",
    b"\x7fELF",
    b"MZ",
    b"%PDF-",
    b"\x89PNG",
    b"GIF8",
    b"\xff\xd8\xff",
    b"Rar!",
    b"\x1f\x8b",
)


def is_text(head: bytes) -> bool:
    """Neither NUL bytes nor the signature of something else."""
    return b"\0" not in head and not head.startswith(BINARY)


def what_it_looks_like(head: bytes) -> str:
    """The name of what the bytes are, for the sentence; a guess."""
    try:
        guesses = puremagic.magic_string(head)
    except (puremagic.PureError, ValueError):
        return "?"
    return guesses[0].name or guesses[0].extension.removeprefix(".") or "?"
