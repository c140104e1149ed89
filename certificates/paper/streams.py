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
    """Compressed data that does not end like a line: some validators would take its last byte for the line end."""
    for level in (6, 7, 8, 9, 5, 4):
        packed = zlib.compress(data, level)
        if packed[-1:] not in b"\r\n":
            return packed
    # The check sum decides the last byte whatever the level; a harmless byte after it is ignored by every reader.
    return packed + b"\0"
