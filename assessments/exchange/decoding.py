"""From bytes to letters: which encoding, how much, and on which line it breaks."""

import codecs
import re
from collections.abc import Iterator
from typing import Protocol

from django.utils.translation import gettext as _

from assessments.exchange.limits import CHUNK, MAX_BYTES
from assessments.exchange.values import Unreadable


class Source(Protocol):
    """Whatever bytes can be read from, a piece at a time."""

    def read(self, size: int = ..., /) -> bytes:
        """At most so many bytes; none at the end."""


class Seekable(Source, Protocol):
    """Bytes that can be read again, where it says so."""

    def seekable(self) -> bool:
        """Whether it can."""

    def seek(self, offset: int, whence: int = ..., /) -> int:
        """Go to a place; which it is."""


MARKS = [
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
]
DECLARED = re.compile(rb"""^\s*<\?xml[^>]*\sencoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")
# Encodings that texts are written in; Python knows others that are no such thing.
KNOWN = re.compile(
    r"utf-8|ascii|iso8859-\d+|cp125\d|koi8-[ru]|mac-roman|gb18030|gb2312|gbk|big5|shift_jis|euc_jp"
)


def letters(file: Source, *, declares: bool) -> Iterator[str]:
    """The text of a file in pieces; `declares`: the file may say in its first line how it is written (XML does).

    Raises Unreadable with the line at which it is too long, broken or holds what no text holds.
    """
    encoding, skip = None, 0
    line, seen, decoder = 1, 0, None
    while chunk := file.read(CHUNK):
        seen += len(chunk)
        if seen > MAX_BYTES:
            raise Unreadable(line, too_large())
        if decoder is None:
            encoding, skip = encoding_of(chunk, declares=declares)
            decoder = codecs.getincrementaldecoder(encoding)()
            chunk = chunk[skip:]
        text = decoded(decoder, chunk, line, encoding, final=False)
        line += text.count("\n")
        yield text
    if decoder is not None:
        yield decoded(decoder, b"", line, encoding, final=True)


def encoding_of(head: bytes, *, declares: bool) -> tuple[str, int]:
    """The encoding by the first bytes, and how many of them are its mark."""
    for mark, name in MARKS:
        if head.startswith(mark):
            return name, len(mark)
    if declares and head[:4] in (b"<\0?\0", b"<\0q\0"):
        return "utf-16-le", 0
    if declares and head[:4] in (b"\0<\0?", b"\0<\0q"):
        return "utf-16-be", 0
    if declares and (found := DECLARED.match(head)):
        return known_encoding(found.group(1).decode("ascii")), 0
    return "utf-8", 0


def known_encoding(name: str) -> str:
    """Python's name of a declared encoding. Raises Unreadable where it is none we read."""
    try:
        known = codecs.lookup(name).name
    except LookupError:
        known = ""
    if not KNOWN.fullmatch(known):
        raise Unreadable(
            1,
            _(
                "The file says it is written in “%(encoding)s”, which is not understood here. Save it as UTF-8."
            )
            % {"encoding": name},
        )
    return known


def decoded(decoder, chunk: bytes, line: int, encoding: str, *, final: bool) -> str:
    """One piece as letters. Raises Unreadable with the line of the first byte that is none."""
    try:
        text = decoder.decode(chunk, final)
    except UnicodeDecodeError as error:
        before = error.object[: error.start].decode(encoding, "replace")
        reason = _(
            "A letter on this line is not written in %(encoding)s. Save the file as UTF-8 and try again."
        )
        raise Unreadable(line + before.count("\n"), reason % {"encoding": encoding.upper()}) from error
    if "\0" in text:
        before = text[: text.index("\0")]
        raise Unreadable(
            line + before.count("\n"),
            _("This line holds a NUL character: the file is damaged or is not a text file."),
        )
    return text


def too_large() -> str:
    """What is said of a file that is too large."""
    return _("The file is larger than %(size)s MB. Split it and bring it in in parts.") % {
        "size": MAX_BYTES // 1024 // 1024
    }
