"""Puts the part of a font that one document uses into that document.

Every pair of glyph and meaning gets its own character code (CID), so one glyph may stand for different characters and
several characters for one glyph, and the ToUnicode map is exact.
"""

from __future__ import annotations

import zlib

import uharfbuzz
from reportlab.pdfbase import pdfdoc

from certificates.paper.fonts import Face
from certificates.paper.streams import Stream
from certificates.paper.text import Glyph

NEEDED_TABLES = {"cvt ", "fpgm", "glyf", "head", "hhea", "hmtx", "loca", "maxp", "prep"}
SYMBOLIC = 4
ITALIC = 64


class EmbeddedFont:
    """A font as one document uses it; ReportLab calls `addObjects` when it writes the document."""

    def __init__(self, face: Face, document: pdfdoc.PDFDocument):
        self.face = face
        self.internal_name = f"F{len(document.fontMapping) + 1}"
        self._codes: dict[tuple[int, str], int] = {}
        document.fontMapping[face.key] = f"/{self.internal_name}"
        document.delayedFonts.append(self)

    def code(self, glyph: Glyph) -> int:
        """The code that prints this glyph and means its text."""
        return self._codes.setdefault((glyph.index, glyph.text), len(self._codes) + 1)

    def addObjects(self, document: pdfdoc.PDFDocument) -> None:  # noqa: N802 (ReportLab's name)
        """Write the font, cut down to what was used, into the document."""
        subset = self._subset()
        name = pdfdoc.PDFName(f"{self._tag()}+{self.face.key}")
        descriptor = self._descriptor(document, name, subset.data)
        descendant = {
            "Type": pdfdoc.PDFName("Font"),
            "Subtype": pdfdoc.PDFName("CIDFontType2"),
            "BaseFont": name,
            "CIDSystemInfo": pdfdoc.PDFDictionary(
                {
                    "Registry": pdfdoc.PDFString("Adobe"),
                    "Ordering": pdfdoc.PDFString("Identity"),
                    "Supplement": 0,
                }
            ),
            "FontDescriptor": document.Reference(pdfdoc.PDFDictionary(descriptor)),
            "DW": 0,
            "W": pdfdoc.PDFArray(
                [1, pdfdoc.PDFArray([round(self.face.width(index), 3) for index, _text in self._codes])]
            ),
            "CIDToGIDMap": document.Reference(Stream(subset.glyph_map)),
        }
        font = {
            "Type": pdfdoc.PDFName("Font"),
            "Subtype": pdfdoc.PDFName("Type0"),
            "BaseFont": name,
            "Encoding": pdfdoc.PDFName("Identity-H"),
            "DescendantFonts": pdfdoc.PDFArray([document.Reference(pdfdoc.PDFDictionary(descendant))]),
            "ToUnicode": document.Reference(Stream(self._to_unicode())),
        }
        document.idToObject[pdfdoc.BasicFonts].dict[self.internal_name] = document.Reference(
            pdfdoc.PDFDictionary(font)
        )

    def _tag(self) -> str:
        """Six letters that tell this subset from others, the same for the same glyphs."""
        number = zlib.crc32(repr(list(self._codes)).encode()) % 26**6
        return "".join(chr(65 + number // 26**place % 26) for place in range(6))

    def _subset(self) -> Subset:
        wanted = uharfbuzz.SubsetInput()
        wanted.glyph_set.update({0, *(index for index, _text in self._codes)})
        unneeded = set(self.face.hb_face.table_tags) - NEEDED_TABLES
        wanted.drop_table_tag_set.update({int.from_bytes(tag.encode(), "big") for tag in unneeded})
        wanted.flags = uharfbuzz.SubsetFlags.NO_HINTING | uharfbuzz.SubsetFlags.NOTDEF_OUTLINE
        plan = uharfbuzz.SubsetPlan(self.face.hb_face, wanted)
        places = plan.old_to_new_glyph_mapping
        glyph_map = bytes(2) + b"".join(places[index].to_bytes(2, "big") for index, _text in self._codes)
        return Subset(plan.execute().blob.data, glyph_map)

    def _descriptor(self, document: pdfdoc.PDFDocument, name: pdfdoc.PDFName, data: bytes) -> dict:
        ascent, descent = self.face.extents
        return {
            "Type": pdfdoc.PDFName("FontDescriptor"),
            "FontName": name,
            "Flags": SYMBOLIC | (ITALIC if self.face.italic_angle else 0),
            "FontBBox": pdfdoc.PDFArray(self.face.bounding_box),
            "ItalicAngle": round(self.face.italic_angle, 2),
            "Ascent": ascent,
            "Descent": descent,
            "CapHeight": ascent,
            "StemV": 80,
            "FontFile2": document.Reference(Stream(data, {"Length1": len(data)})),
        }

    def _to_unicode(self) -> bytes:
        pairs = [f"<{code:04X}> <{_utf16(text)}>" for (_index, text), code in self._codes.items()]
        blocks = [pairs[start : start + 100] for start in range(0, len(pairs), 100)]
        mapping = "\n".join(
            f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks
        )
        return (
            "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
            "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
            "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
            "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n"
            f"{mapping}\nendcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
        ).encode("ascii")


class Subset:
    """A font cut down to some glyphs, and the map from codes to those glyphs."""

    def __init__(self, data: bytes, glyph_map: bytes):
        self.data = data
        self.glyph_map = glyph_map


def _utf16(text: str) -> str:
    return text.encode("utf-16-be").hex().upper()
