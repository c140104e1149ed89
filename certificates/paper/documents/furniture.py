"""What stands around the text of a document: letterhead, title, heads and feet of its pages, ornament."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from certificates.paper import images, ornament
from certificates.paper.documents.blocks import Composer
from certificates.paper.documents.content import Document, Institution
from certificates.paper.documents.setting import Look, Scribe
from certificates.paper.documents.strips import HEIGHT, MEASURE, SIDE, WIDTH, Ink, Place, Strip
from certificates.paper.documents.tables import HAIRLINE, PRIMARY
from certificates.paper.elements import COLOURS
from certificates.paper.fonts import FontLibrary
from certificates.paper.frames import chain
from certificates.paper.ornament import level_rule
from certificates.paper.seals import seal
from certificates.paper.sheet import Sheet
from certificates.paper.text import left_to_right

TOP, TOP_AGAIN, BOTTOM = 54.0, 84.0, 76.0
SEAL, MARK = 29.0, 34.0
NAME = Look(13, PRIMARY, "medium", ("smcp", "lnum"), 45)
NEXT_NAME = Look(11, PRIMARY, "medium", ("smcp", "lnum"), 40)
PART = Look(9.2, COLOURS["muted"], "italic")
TITLE, SUBTITLE = Look(29, COLOURS["ink"], "medium"), Look(13.5, PRIMARY, "italic")
ADDRESS = Look(11.8)
SUBJECT = Look(15, COLOURS["ink"], "semibold")
SMALL = Look(8, COLOURS["muted"])
PALE = "#F1F5F8"


def room(page: int) -> tuple[float, float]:
    """Where the text of a page begins and ends."""
    return HEIGHT - (TOP_AGAIN if page else TOP), BOTTOM


@dataclass(frozen=True)
class Furniture:
    """Draws what stands around the text of one document."""

    document: Document
    fonts: FontLibrary
    scribe: Scribe
    place: Place
    pictures: Mapping[str, bytes]

    # The beginning of the first page

    def beginning(self, composer: Composer) -> list[Strip]:
        """Letterhead and title, as strips above all blocks."""
        return [self._letterhead(composer), *self._address(composer), *self._title(composer)]

    def _letterhead(self, composer: Composer) -> Strip:
        """The seal, the institutions beside it, their marks at the end side."""
        start = 2 * SEAL + 14 if self.document.monogram else 0.0
        marks = [one for one in self.document.institutions if one.mark]
        shapes = [images.proportions(self.pictures[one.mark]) * MARK + 10 for one in marks]
        width = MEASURE - start - sum(shapes)
        inks: list[Ink] = []
        drop = 4.0
        for number, institution in enumerate(self.document.institutions):
            for words, look in (
                (institution.name, NEXT_NAME if number else NAME),
                (institution.part, PART),
            ):
                if words:
                    setting = self.scribe.set_evenly(words, look, width)
                    inks.append(self.place.text(composer.add("P"), setting, (start, width), drop=drop))
                    drop += setting.height
            drop += 3
        inks += self._marks(composer, marks, shapes)
        height = max(2 * SEAL + 4, drop) if self.document.monogram else max(drop, MARK)
        if self.document.monogram:
            inks.insert(0, Ink(None, self._seal))
        inks.append(Ink(None, self._head_rule(height + 7)))
        return Strip(height + 10, tuple(inks), says=self.document.institutions[0].name)

    def _seal(self, sheet: Sheet, top: float) -> None:
        left, right = self.place.sides(0, 2 * SEAL)
        at = ((left + right) / 2, top - SEAL - 2)
        seal(sheet, self.fonts, at, SEAL, COLOURS["accent"], self.document.monogram, "")

    def _marks(self, composer: Composer, marks: list[Institution], shapes: list[float]) -> list[Ink]:
        inks, start = [], MEASURE - sum(shapes)
        for institution, width in zip(marks, shapes, strict=True):
            left, right = self.place.sides(start + 10, width - 10)
            element = composer.add("Figure", alternative=institution.name)

            def draw(sheet: Sheet, top: float, institution=institution, sides=(left, right), element=element):
                element.box = (sides[0], top - 6 - MARK, sides[1], top - 6)
                images.place(sheet, self.pictures[institution.mark], element.box)

            inks.append(Ink(element, draw))
            start += width
        return inks

    def _head_rule(self, drop: float):
        left, right = self.place.sides(0, MEASURE)

        def draw(sheet: Sheet, top: float) -> None:
            sheet.code(level_rule(left, right, top - drop, PRIMARY, 0.9))
            sheet.code(level_rule(left, right, top - drop - 2.4, COLOURS["accent"], 0.4))

        return draw

    def _address(self, composer: Composer) -> list[Strip]:
        """To whom a letter goes, at the start side; place and day at the end side."""
        inks, height, half = [], 0.0, MEASURE * 0.5
        for words, start, align in (
            (self.document.dated, half, "end"),
            (self.document.addressee, 0.0, "start"),
        ):
            if words:
                setting = self.scribe.set(words, ADDRESS, half)
                inks.append(self.place.text(composer.add("P"), setting, (start, half), align))
                height = max(height, setting.height)
        return [Strip(height, tuple(inks), 22, says=self.document.addressee)] if inks else []

    def _title(self, composer: Composer) -> list[Strip]:
        """The title; that of a record is centred above a flourish."""
        document, is_record = self.document, self.document.look == "record"
        align = "centre" if is_record else "start"
        setting = self.scribe.set_evenly(document.title, TITLE if is_record else SUBJECT, MEASURE)
        ink = self.place.text(composer.add("H1"), setting, (0, MEASURE), align)
        strips = [Strip(setting.height, (ink,), 20, keeps_next=True, says=document.title)]
        if document.subtitle:
            said = self.scribe.set_evenly(document.subtitle, SUBTITLE, MEASURE)
            ink = self.place.text(composer.add("P"), said, (0, MEASURE), align)
            strips.append(Strip(said.height, (ink,), 1, keeps_next=True, says=document.subtitle))
        if is_record:
            draw = Ink(
                None,
                lambda sheet, top: sheet.code(ornament.flourish(WIDTH / 2, top - 7, 190, COLOURS["accent"])),
            )
            strips.append(Strip(14, (draw,), 2, keeps_next=True))
        else:
            strips[-1] = replace(strips[-1], height=strips[-1].height + 5)
        return [replace(strips[0], before=20), *strips[1:]]

    # Every page

    def behind(self, sheet: Sheet, page: int) -> None:
        """Ornament that the text stands on."""
        with sheet.artifact():
            sheet.code("q 1 j 1 J")
            ornament.watermark(sheet, WIDTH / 2, HEIGHT / 2 - 20, 165, PALE)
            if page == 0:
                chain(sheet, (SIDE, HEIGHT - 34), MEASURE, "1 0 0 1", 9, (PRIMARY, COLOURS["light"]))
            sheet.code("Q")

    def head(self, sheet: Sheet, page: int) -> None:
        """On further pages: what this is and whom it is about, and by whom."""
        if page == 0:
            return
        about = " · ".join(words for words in (self.document.title, self.document.holder) if words)
        y = HEIGHT - 44
        with sheet.artifact("Header"):
            for words, start, width, align in (
                (about, 0.0, MEASURE * 0.56, "start"),
                (self.document.institutions[0].name, MEASURE * 0.58, MEASURE * 0.42, "end"),
            ):
                setting = self.scribe.on_one_line(words, SMALL, width, 3)
                self.place.text(None, setting, (start, width), align).draw(sheet, y)
            left, right = self.place.sides(0, MEASURE)
            sheet.code(level_rule(left, right, y - 15, COLOURS["light"], 0.5))

    def foot(self, sheet: Sheet, page: int, pages: int) -> None:
        """Where it is verified, its numbers, and which page this is."""
        known = self.document.verification
        label = self.document.page_label.format(page=page + 1, pages=pages)
        left, right = self.place.sides(0, MEASURE)
        lines = [("", "")]
        if known:
            lines = [
                (known.verify_label, known.address),
                (known.number_label, known.number),
                (known.code_label, known.code),
            ]
        said = "  ·  ".join(f"{name} {left_to_right(value)}" for name, value in lines if name)
        with sheet.artifact("Footer"):
            sheet.code(level_rule(left, right, 56, HAIRLINE, 0.5))
            numbered = self.scribe.on_one_line(label, SMALL, MEASURE * 0.16, 4)
            self.place.text(None, numbered, (MEASURE * 0.84, MEASURE * 0.16), "end").draw(sheet, 51)
            if said:
                setting = self.scribe.on_one_line(said, SMALL, MEASURE * 0.83, 4)
                self.place.text(None, setting, (0, MEASURE * 0.83)).draw(sheet, 51)
