"""Pages to draw on, one after the other. Nothing can be drawn on them untagged by mistake."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from math import cos, pi, sin

from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas

from certificates.paper.archive import Metadata, archive
from certificates.paper.embedding import EmbeddedFont
from certificates.paper.enclosures import NOTHING, Enclosures
from certificates.paper.fonts import Face
from certificates.paper.streams import Stream
from certificates.paper.structure import Element
from certificates.paper.text import Glyph, Line

A4_LANDSCAPE = (841.89, 595.28)
PDF_VERSION = (1, 7)


class _Canvas(Canvas):
    """ReportLab's canvas without its habit of naming Helvetica, which is never embedded."""

    def _make_preamble(self) -> None:
        self._preamble = "1 0 0 1 0 0 cm"


class Sheet:
    """A document under construction. `code` takes raw operators of its page, inside `artifact` or `tagged`."""

    def __init__(self, size: tuple[float, float] = A4_LANDSCAPE):
        self.width, self.height = size
        self._buffer = BytesIO()
        self._canvas = _Canvas(
            self._buffer, pagesize=size, invariant=1, pageCompression=1, pdfVersion=PDF_VERSION
        )
        self._fonts: dict[str, EmbeddedFont] = {}
        self._elements: list[Element] = []
        self._forms: dict[str, pdfdoc.PDFObjectReference] = {}
        self._page = self._marks = 0

    def code(self, operators: str) -> None:
        """Add raw page operators; call it inside `artifact` or `tagged`."""
        self._canvas._code.append(operators)

    def form(self, name: str, operators: str, box: tuple[float, float, float, float]) -> str:
        """Store a drawing once in the file; returns the operator that stamps it."""
        if name not in self._forms:
            entries = {
                "Type": pdfdoc.PDFName("XObject"),
                "Subtype": pdfdoc.PDFName("Form"),
                "BBox": pdfdoc.PDFArray(list(box)),
                "Resources": pdfdoc.PDFDictionary({}),
            }
            self._forms[name] = self._canvas._doc.Reference(Stream(operators.encode("ascii"), entries))
        return f"/{name} Do"

    def picture(self, data: bytes, make: Callable[[pdfdoc.PDFDocument], Stream]) -> str:
        """Store a picture once in the file; returns the operator that draws it in the unit square."""
        name = f"Picture{hashlib.sha256(data).hexdigest()[:16]}"
        if name not in self._forms:
            self._forms[name] = self._canvas._doc.Reference(make(self._canvas._doc))
        return f"/{name} Do"

    def next_page(self) -> None:
        """Go on with an empty page."""
        self._canvas.showPage()
        self._page, self._marks = self._page + 1, 0

    @contextmanager
    def artifact(self, kind: str = "") -> Iterator[None]:
        """What is drawn inside is ornament or, as `kind` says, Header or Footer: screen readers pass over it."""
        repeated = f"/Artifact <</Type /Pagination /Subtype /{kind}>> BDC"
        self.code(repeated if kind else "/Artifact BMC")
        yield
        self.code("EMC")

    @contextmanager
    def tagged(
        self, tag: str, language: str = "", alternative: str = "", actual: str = "", box=None
    ) -> Iterator[None]:
        """What is drawn inside is one element of the structure tree, in reading order."""
        with self.marked(self.add(Element(tag, language, alternative, actual, box))):
            yield

    def add(self, element: Element) -> Element:
        """The element, as the next of the document."""
        self._elements.append(element)
        return element

    @contextmanager
    def marked(self, element: Element) -> Iterator[None]:
        """What is drawn inside belongs to the element, which may have begun before and on another page."""
        element.marks.append((self._page, self._marks))
        self.code(f"/{element.tag} <</MCID {self._marks}>> BDC")
        self._marks += 1
        yield
        self.code("EMC")

    def text(self, line: Line, x: float, y: float, size: float, colour: str, align: str = "left") -> None:
        """One line with its baseline at y; x is its left end, middle or right end."""
        x -= {"left": 0, "centre": 0.5, "right": 1}[align] * line.width(size)
        self.code(f"BT {fill(colour)}")
        for stretch in line.stretches:
            self.code(f"1 0 0 1 {x + stretch.start * size / 1000:.3f} {y:.3f} Tm")
            self.code(_show(stretch.glyphs, size, self._embedded))
        self.code("ET")

    def text_on_circle(self, line: Line, x: float, y: float, radius: float, size: float, colour: str) -> None:
        """One line of left-to-right text along a circle around x, y, centred at its top."""
        glyphs = [glyph for stretch in line.stretches for glyph in stretch.glyphs]
        angle = line.width(size) / radius / 2 + pi / 2
        self.code(f"BT {fill(colour)}")
        for glyph in glyphs:
            half = glyph.advance * size / 2000 / radius
            angle -= half
            cosine, sine = cos(angle - pi / 2), sin(angle - pi / 2)
            left = glyph.advance * size / 2000
            at = (x + radius * cos(angle) - left * cosine, y + radius * sin(angle) - left * sine)
            self.code(f"{cosine:.5f} {sine:.5f} {-sine:.5f} {cosine:.5f} {at[0]:.3f} {at[1]:.3f} Tm")
            self.code(_show((glyph,), size, self._embedded))
            angle -= half
        self.code("ET")

    def finish(self, metadata: Metadata, enclosures: Enclosures = NOTHING) -> bytes:
        """The document's bytes: the same for the same drawing, metadata and enclosures."""
        self._canvas.showPage()
        archive(self._canvas._doc, metadata, self._elements, self._forms, enclosures)
        self._canvas.save()
        return self._buffer.getvalue()

    def _embedded(self, face) -> EmbeddedFont:
        if face.key not in self._fonts:
            self._fonts[face.key] = EmbeddedFont(face, self._canvas._doc)
        return self._fonts[face.key]


def fill(colour: str) -> str:
    """The operator that sets the fill colour given as #RRGGBB."""
    return f"{_components(colour)} rg"


def stroke(colour: str, width: float) -> str:
    """The operators that set line colour and width."""
    return f"{_components(colour)} RG {width:g} w"


def _components(colour: str) -> str:
    return " ".join(f"{int(colour[start : start + 2], 16) / 255:.4g}" for start in (1, 3, 5))


def _show(glyphs: tuple[Glyph, ...], size: float, embedded: Callable[[Face], EmbeddedFont]) -> str:
    """Text operators for glyphs from left to right, each at HarfBuzz's place."""
    parts: list[str] = []
    items: list[str] = []
    current, rise, pen, drawn = None, 0.0, 0.0, 0.0

    def flush() -> None:
        if items:
            parts.append(f"[{''.join(items)}] TJ")
            items.clear()

    for glyph in glyphs:
        if glyph.face is not current:
            flush()
            current, font = glyph.face, embedded(glyph.face)
            parts.append(f"/{font.internal_name} {size:g} Tf")
        if glyph.y != rise:
            flush()
            rise = glyph.y
            parts.append(f"{rise * size / 1000:.3f} Ts")
        gap = drawn - (pen + glyph.x)
        if abs(gap) >= 0.01:
            items.append(f"{gap:.2f}".rstrip("0").rstrip("."))
            drawn -= float(f"{gap:.2f}")
        items.append(f"<{font.code(glyph):04X}>")
        drawn += glyph.face.width(glyph.index)
        pen += glyph.advance
    flush()
    if rise:
        parts.append("0 Ts")
    return "\n".join(parts)
