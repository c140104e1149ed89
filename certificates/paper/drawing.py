"""Draws a design: each element in its turn, which is the order in which the paper is read aloud."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC
from functools import cached_property

from certificates.paper import frames, images, ornament
from certificates.paper.archive import Metadata
from certificates.paper.bidi import first_strong_direction
from certificates.paper.composing import SCALES, Composed, Composer
from certificates.paper.data import CertificateData, Signatory, Wording
from certificates.paper.design import MILLIMETRE, Design
from certificates.paper.elements import Element
from certificates.paper.enclosures import NOTHING, Enclosures
from certificates.paper.errors import DoesNotFit
from certificates.paper.fonts import FontLibrary
from certificates.paper.merging import merge
from certificates.paper.ornament import Box
from certificates.paper.qr import qr_code
from certificates.paper.roles import ROLES
from certificates.paper.seals import seal
from certificates.paper.sheet import Sheet
from certificates.paper.text import Typesetter, clean, left_to_right

SHOWN: dict[str, Callable[[CertificateData], bool]] = {
    "always": lambda data: True,
    "one_signatory": lambda data: len(data.signatories) == 1,
    "several_signatories": lambda data: len(data.signatories) > 1,
    "one_language": lambda data: len(data.wordings) == 1,
    "two_languages": lambda data: len(data.wordings) > 1,
    "with_marks": lambda data: bool(data.marks),
    "without_marks": lambda data: not data.marks,
}
FRAMES = {
    "guilloche_frame": ornament.guilloche_frame,
    "fine_frame": frames.fine_frame,
    "rule_frame": frames.rule_frame,
    "side_band": frames.side_band,
}


@dataclass
class Drawing:
    """One paper under construction."""

    data: CertificateData
    design: Design
    fonts: FontLibrary
    enclosures: Enclosures = NOTHING
    sheet: Sheet = field(init=False)

    def __post_init__(self):
        self.sheet = Sheet(self.design.size)
        self.composer = Composer(self.data, self.fonts)

    @property
    def main(self) -> Wording:
        """The wording in the language of the paper."""
        return self.data.wordings[0]

    @property
    def mirrored(self) -> bool:
        """Whether the start side is the right one."""
        return self.main.direction == "rtl"

    def draw(self) -> bytes:
        """The bytes of the PDF."""
        drawers = {
            "text": self._text, "signatures": self._signatures, "qr": self._qr, "numbers": self._numbers,
            "marks": self._marks, "image": self._image, "ornament": self._ornament,
        }  # fmt: skip
        for element in self.shown:
            drawers[element.kind](element)
        name = clean(self.data.name)
        return self.sheet.finish(
            Metadata(
                title=f"{self.main.title} – {name}",
                author=self.main.institution,
                subject=self.main.course,
                language=self.main.language,
                moment=self.data.issued_at.astimezone(UTC),
                creator=self.data.creator,
                identifier=self.data.verify_url,
            ),
            self.enclosures,
        )

    @cached_property
    def shown(self) -> list[Element]:
        """The elements that this paper has."""
        return [element for element in self.design.elements if SHOWN[element["shown"]](self.data)]

    def _box(self, x: float, y: float, width: float, height: float) -> Box:
        """A place given in millimetres from start and top, in points."""
        left = self.sheet.width - (x + width) * MILLIMETRE if self.mirrored else x * MILLIMETRE
        top = self.sheet.height - y * MILLIMETRE
        return left, top - height * MILLIMETRE, left + width * MILLIMETRE, top

    def _box_of(self, element: Element) -> Box:
        return self._box(*(element[name] for name in ("x", "y", "width", "height")))

    def _side(self, align: str) -> str:
        """Left or right for start or end."""
        if align == "centre":
            return align
        return "right" if (align == "end") is not self.mirrored else "left"

    @property
    def _latin(self) -> Wording:
        """The last wording that is read from left to right: English, where there is a second language."""
        found = [wording for wording in self.data.wordings if wording.direction != "rtl"]
        return found[-1] if found else self.main

    # Texts

    @cached_property
    def _column(self) -> dict[int, tuple[Composed, float]]:
        """The texts of the column by their index, with the height each begins at.

        They are set as large as all of them fit the height; the gaps are stretched or tightened to fill it.
        """
        column = self.design.column
        left, bottom, right, top = self._box(column.x, column.y, column.width, column.height)
        elements = [one for one in self.shown if one.kind == "text" and one["place"] == "column"]
        for scale in SCALES:
            said = [(one, self.composer.compose(one, left, right, scale)) for one in elements]
            pieces = [(one, composed) for one, composed in said if composed]
            gaps = [one["before"] * MILLIMETRE for one, _composed in pieces]
            height = sum(composed.height for _one, composed in pieces)
            stretch = (top - bottom - height) / (sum(gaps) or 1)
            if stretch >= 0.6:
                break
        else:
            raise DoesNotFit(self.main.course)
        stretch = min(1.7, stretch)
        y = top - (top - bottom - height - stretch * sum(gaps)) / 2
        places = {}
        for (one, composed), gap in zip(pieces, gaps, strict=True):
            y -= gap * stretch
            places[id(one)] = (composed, y)
            y -= composed.height
        return places

    def _text(self, element: Element) -> None:
        if element["place"] == "column":
            composed, top = self._column.get(id(element), (None, 0))
        else:
            composed, top = self._fixed(element)
        if composed is None:
            return
        align = self._side(element["align"])
        for number, part in enumerate(composed.parts):
            tag = "P" if number else element["tag"]
            x = {"left": part.left, "centre": (part.left + part.right) / 2, "right": part.right}[align]
            with self.sheet.tagged(tag, part.language, actual=part.block.actual_text):
                for line, baseline in zip(part.block.lines, part.baselines(top), strict=True):
                    colour = self.design.colours[part.colour]
                    self.sheet.text(line, x, baseline, part.block.size, colour, align)
        if element["underline"] == "flourish":
            self._flourish_below(composed, top, align)

    def _flourish_below(self, composed: Composed, top: float, align: str) -> None:
        width, part = 250, composed.parts[-1]
        x = {
            "left": part.left + width / 2,
            "centre": (part.left + part.right) / 2,
            "right": part.right - width / 2,
        }
        y = top - composed.height - (3 if part.setter.direction == "rtl" else 7)
        with self.sheet.artifact():
            self.sheet.code(ornament.flourish(x[align], y, width, self.design.colours["accent"]))

    def _fixed(self, element: Element) -> tuple[Composed | None, float]:
        """The texts in their own box, smaller where they would not fit its height."""
        left, bottom, right, top = self._box_of(element)
        for scale in SCALES:
            composed = self.composer.compose(element, left, right, scale)
            room = top - bottom - (composed.height if composed else 0)
            if composed is None or room >= 0:
                return composed, top - room * {"top": 0, "middle": 0.5, "bottom": 1}[element["vertical"]]
        raise DoesNotFit(next(self.composer.said(element)).text)

    # Signatures

    def _signatures(self, element: Element) -> None:
        """Everybody who signs, side by side in the box; the line stands at its foot, the name below it."""
        left, bottom, right, top = self._box_of(element)
        count = len(self.data.signatories)
        width = min(element["each"] * MILLIMETRE, (right - left) / count)
        offices = [self._offices(one, width, element["size"] * 0.826) for one in self.data.signatories]
        most = max(sum(len(block.lines) for _language, block in held) for held in offices)
        line = bottom + element["size"] * 0.96 * max(0, most - 2)
        for number, x in enumerate(self._slots(element, left, right, width, count)):
            box = (x - width / 2, line + 1, x + width / 2, top + line - bottom)
            self._signatory(element, self.data.signatories[number], offices[number], box)

    def _slots(self, element: Element, left: float, right: float, width: float, count: int) -> list[float]:
        """The middles of the places, in reading order."""
        free = right - left - width * count
        if element["align"] == "spread" and count > 1:
            first, gap = left, free / (count - 1)
        else:
            gap = min(18.0, free / max(1, count))
            used = width * count + gap * (count - 1)
            side = "centre" if element["align"] == "spread" else self._side(element["align"])
            first = left + (right - left - used) * {"left": 0, "centre": 0.5, "right": 1}[side]
        slots = [first + width / 2 + number * (width + gap) for number in range(count)]
        return slots[::-1] if self.mirrored else slots

    def _offices(self, signatory: Signatory, width: float, size: float):
        """The office in each language, said once where it is the same."""
        seen, found = set(), []
        for wording, office in zip(self.data.wordings, signatory.offices, strict=True):
            if office not in seen:
                seen.add(office)
                setter = Typesetter(self.fonts, wording.language, wording.direction)
                language = "" if wording is self.main else wording.language
                found.append((language, setter.fit(office, ROLES["italic"], size, width, 6.5)))
        return found

    def _signatory(self, element: Element, signatory: Signatory, offices, box: Box) -> None:
        left, line, right, _top = box
        x, pitch = (left + right) / 2, element["size"] * 1.13
        setter = Typesetter(self.fonts, self.main.language, first_strong_direction(clean(signatory.name)))
        name = setter.fit(signatory.name, ROLES["semibold"], element["size"], right - left, 7, lines=1)
        if signatory.signature:
            with self.sheet.tagged("Figure", alternative=signatory.signature_alternative, box=box):
                images.place(self.sheet, signatory.signature, box)
        with self.sheet.artifact():
            self.sheet.code(
                ornament.level_rule(left, right, line - 1, self.design.colours[element["line"]], 0.6)
            )
        y = line - 1 - pitch
        with self.sheet.tagged("P", actual=name.actual_text):
            self.sheet.text(name.lines[0], x, y, name.size, self.design.colours[element["colour"]], "centre")
        y -= pitch
        for language, block in offices:
            with self.sheet.tagged("P", language, actual=block.actual_text):
                for one in block.lines:
                    self.sheet.text(one, x, y, block.size, self.design.colours["muted"], "centre")
                    y -= element["size"] * 0.96

    # Verification

    def _qr(self, element: Element) -> None:
        left, bottom, right, top = self._box(element["x"], element["y"], element["width"], element["width"])
        with self.sheet.tagged(
            "Figure", alternative=self.data.qr_alternative, box=(left, bottom, right, top)
        ):
            colour = self.design.colours[element["colour"]]
            self.sheet.code(qr_code(self.data.verify_url, left, bottom, right - left, colour))

    def _numbers(self, element: Element) -> None:
        """Registry number, code and address, each below what it is."""
        left, _bottom, right, top = self._box(element["x"], element["y"], element["width"], 0)
        size, align = element["size"], self._side(element["align"])
        x = {"left": left, "centre": (left + right) / 2, "right": right}[align]
        baseline, unit = top - size * 1.25, size / 8.8
        for read, value in (
            (lambda words: words.number_label, self.data.number),
            (lambda words: words.code_label, self.data.code),
            (lambda words: words.verify_label, self.data.address),
        ):
            label = " · ".join(dict.fromkeys(read(words) for words in self.data.wordings))
            self._small(
                label, x, baseline, (7.2 * unit, self.design.colours["muted"], "regular"), align, right - left
            )
            style = (size, self.design.colours[element["colour"]], "serial")
            self._small(left_to_right(value), x, baseline - 9.6 * unit, style, align, right - left)
            baseline -= 20.6 * unit

    def _small(
        self, text: str, x: float, y: float, style: tuple[float, str, str], align: str, width: float
    ) -> None:
        size, colour, role = style
        setter = Typesetter(self.fonts, self.main.language, self.main.direction)
        block = setter.fit(text, ROLES[role], size, width, 4, lines=1)
        with self.sheet.tagged("P", actual=block.actual_text):
            self.sheet.text(block.lines[0], x, y, block.size, colour, align)

    # Pictures and ornament

    def _marks(self, element: Element) -> None:
        """Marks of partners and donors in a row, of one height unless they are too wide together."""
        if not self.data.marks:
            return
        left, bottom, right, top = self._box_of(element)
        gap = element["gap"] * MILLIMETRE
        shapes = [images.proportions(mark.picture) for mark in self.data.marks]
        height = min(top - bottom, (right - left - gap * (len(shapes) - 1)) / sum(shapes))
        free = right - left - height * sum(shapes) - gap * (len(shapes) - 1)
        if element["align"] == "spread":
            gap, x = gap + free / max(1, len(shapes) - 1), left
        else:
            x = left + free * {"left": 0, "centre": 0.5, "right": 1}[self._side(element["align"])]
        middle = (top + bottom) / 2
        pairs = list(zip(self.data.marks, shapes, strict=True))
        for mark, shape in reversed(pairs) if self.mirrored else pairs:
            box = (x, middle - height / 2, x + height * shape, middle + height / 2)
            with self.sheet.tagged("Figure", alternative=mark.alternative, box=box):
                images.place(self.sheet, mark.picture, box)
            x += height * shape + gap

    def _image(self, element: Element) -> None:
        picture = self.data.pictures.get(element["asset"])
        if picture is None:
            return
        box = self._box_of(element)
        words = element["alternative"]
        with self.sheet.tagged("Figure", alternative=words, box=box) if words else self.sheet.artifact():
            images.place(self.sheet, picture, box)

    def _ornament(self, element: Element) -> None:
        box, name = self._box_of(element), element["ornament"]
        first, second = self.design.colours[element["first"]], self.design.colours[element["second"]]
        x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        radius = min(box[2] - box[0], box[3] - box[1]) / 2
        with self.sheet.artifact():
            self.sheet.code("q 1 j 1 J")
            if name in FRAMES:
                FRAMES[name](self.sheet, box, first, second)
            elif name == "watermark":
                ornament.watermark(self.sheet, x, y, radius, first)
            elif name == "seal":
                letters = element["text"] or self.data.monogram
                ring = merge(element["ring"], self.data.fields(self._latin))
                seal(self.sheet, self.fonts, (x, y), radius, first, letters, ring)
            elif name == "flourish":
                self.sheet.code(ornament.flourish(x, y, box[2] - box[0], first))
            else:
                self.sheet.code(ornament.level_rule(box[0], box[2], y, first, 0.6))
            self.sheet.code("Q")
