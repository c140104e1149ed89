"""What ends a document: who signs it, and how it is verified."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from certificates.paper import images
from certificates.paper.documents.content import Code, Document, Signatory, SignatureBlock, Verification
from certificates.paper.documents.setting import Look, Scribe
from certificates.paper.documents.strips import MEASURE, Ink, Place, Strip
from certificates.paper.documents.tables import PRIMARY
from certificates.paper.elements import COLOURS
from certificates.paper.ornament import level_rule
from certificates.paper.qr import qr_code
from certificates.paper.sheet import Sheet
from certificates.paper.structure import Element
from certificates.paper.text import left_to_right

NAME, OFFICE = Look(11, weight="semibold"), Look(9.4, COLOURS["muted"], "italic")
PLACE, LABEL = Look(10.8), Look(7.6, COLOURS["muted"])
SERIAL = Look(9.2, features=("lnum", "tnum"), tracking=25)
SENTENCE = Look(8.6, COLOURS["muted"], "italic")
PICTURE, GAP, WIDEST, QR = 44.0, 22.0, 190.0, 66.0


@dataclass(frozen=True)
class Closing:
    """Makes the strips of signatures and of the code."""

    document: Document
    scribe: Scribe
    place: Place
    pictures: Mapping[str, bytes]
    add: Callable[..., Element]

    def signatures(self, block: SignatureBlock) -> list[Strip]:
        """Everybody who signs, side by side in one strip, below place and date."""
        inks: list[Ink] = []
        top = 0.0
        if block.place_and_date:
            setting = self.scribe.set(block.place_and_date, PLACE, MEASURE)
            inks.append(self.place.text(self.add("P"), setting, (0, MEASURE)))
            top = setting.height + 4
        count = len(block.signatories)
        width = min(WIDEST, (MEASURE - GAP * (count - 1)) / count)
        gap = (MEASURE - width * count) / max(1, count - 1)
        height = 0.0
        for number, signatory in enumerate(block.signatories):
            at = (number * (width + gap), width)
            height = max(height, self._signatory(signatory, at, top, inks))
        return [Strip(height, tuple(inks), 18, says=block.signatories[0].name)]

    def _signatory(self, signatory: Signatory, at, top: float, inks: list[Ink]) -> float:
        """Picture, line, name and office; how deep they reach."""
        left, right = self.place.sides(*at)
        line = top + PICTURE + 2
        if signatory.signature:
            picture = self.pictures[signatory.signature]
            element = self.add("Figure", alternative=signatory.signature_alternative)
            inks.append(_picture(element, picture, (left, right), top, PICTURE, self.place.side("start")))
        rule = Ink(
            None, lambda sheet, y: sheet.code(level_rule(left, right, y - line, COLOURS["accent"], 0.6))
        )
        inks.append(rule)
        name = self.scribe.set(signatory.name, NAME, at[1])
        office = self.scribe.set(signatory.office, OFFICE, at[1])
        inks.append(self.place.text(self.add("P"), name, at, drop=line + 3))
        inks.append(self.place.text(self.add("P"), office, at, drop=line + 3 + name.height))
        return line + 3 + name.height + office.height

    def code(self, block: Code) -> list[Strip]:
        """The QR code with the number, the code and the address beside it."""
        known = self.document.verification
        if known is None:
            return []
        inset = QR * 0.07  # the quiet zone is part of the code: its dark modules stand at the edge
        left, right = self.place.sides(-inset, QR)
        figure = self.add("Figure", alternative=known.qr_alternative)

        def draw(sheet: Sheet, top: float) -> None:
            figure.box = (left, top - QR, right, top)
            sheet.code(qr_code(known.url, left, top - QR, QR, PRIMARY))

        inks = [Ink(figure, draw)]
        start = QR - inset + 8
        drop = 4.0
        if block.sentence:
            setting = self.scribe.set(block.sentence, SENTENCE, MEASURE - start)
            inks.append(self.place.text(self.add("P"), setting, (start, MEASURE - start), drop=drop))
            drop += setting.height + 4
        drop = self._numbers(known, start, drop, inks)
        return [Strip(max(QR, drop), tuple(inks), 14, says=known.number)]

    def _numbers(self, known: Verification, start: float, drop: float, inks: list[Ink]) -> float:
        """Number, code and address, each below what it is, side by side."""
        depth, room = drop, MEASURE - start
        for label, value, share in (
            (known.number_label, known.number, 0.25),
            (known.code_label, known.code, 0.29),
            (known.verify_label, known.address, 0.46),
        ):
            at = (start, room * share - 8)
            start += room * share
            said = self.scribe.set(label, LABEL, at[1])
            told = self.scribe.on_one_line(left_to_right(value), SERIAL, at[1], 4.5)
            inks.append(self.place.text(self.add("P"), said, at, drop=drop))
            inks.append(self.place.text(self.add("P"), told, at, drop=drop + said.height))
            depth = max(depth, drop + said.height + told.height)
        return depth


def _picture(element: Element, picture: bytes, sides, drop: float, height: float, side: str) -> Ink:
    left, right = sides

    def draw(sheet: Sheet, top: float) -> None:
        box = (left, top - drop - height, right, top - drop)
        element.box = box
        images.place(sheet, picture, box, side)

    return Ink(element, draw)
