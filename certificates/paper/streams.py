"""Streams as an archive wants them: compressed with Flate alone, lengths and line ends exact."""

from __future__ import annotations

import zlib

from reportlab.pdfbase import pdfdoc


class Stream(pdfdoc.PDFObject):
    """A stream object. ReportLab's own leaves out the line end before `endstream`, which PDF/A asks for."""

    __RefOnly__ = 1

    def __init__(self, data: bytes, entries: dict | None = None, compressed: bool = True):
        self.data = data
        self.entries = entries or {}
        self.compressed = compressed

    def format(self, document: pdfdoc.PDFDocument) -> bytes:
        """The object as it stands in the file."""
        data, entries = self.data, dict(self.entries)
        if self.compressed:
            data = deflate(data)
            entries["Filter"] = pdfdoc.PDFName("FlateDecode")
        entries["Length"] = len(data)
        head = pdfdoc.format(pdfdoc.PDFDictionary(entries), document)
        return head + b"\nstream\n" + data + b"\nendstream\n"


def deflate(data: bytes) -> bytes:
    """Compressed data that never ends like a line: validators would take its last byte for the line end.

    The check sum alone decides the last byte. A zero after it lies outside the compressed stream; readers ignore it.
    """
    packed = zlib.compress(data, 6)
    return packed + b"\0" if packed.endswith((b"\r", b"\n")) else packed
