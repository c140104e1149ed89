"""The blocks of a document as strips, and what each is to a screen reader."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from certificates.paper.documents.closing import Closing
from certificates.paper.documents.content import (
    Code,
    Document,
    Heading,
    KeyValues,
    Notes,
    PageBreak,
    Paragraph,
    Rule,
    SignatureBlock,
    Spacer,
    Table,
    Words,
    plain,
)
from certificates.paper.documents.setting import Look, Scribe, Setting
from certificates.paper.documents.strips import MEASURE, Ink, Place, Strip
from certificates.paper.documents.tables import HAIRLINE, PRIMARY, TableSetter
from certificates.paper.elements import COLOURS
from certificates.paper.ornament import level_rule
from certificates.paper.structure import Element

MILLIMETRE = 72 / 25.4
HEADINGS = {1: Look(13.5, PRIMARY, "semibold"), 2: Look(11.5, COLOURS["ink"], "semibold")}
LABEL, VALUE = Look(9.2, COLOURS["muted"]), Look(10.8)
SMALL = Look(8.6, COLOURS["muted"])
BODY = {"record": Look(10.8), "letter": Look(11.8)}
BETWEEN = 18.0
KEPT_WHOLE = 10  # lines of notes that are never parted


@dataclass
class Composer:
    """Makes strips of the blocks of one document, and its structure with them."""

    document: Document
    scribe: Scribe
    place: Place
    pictures: Mapping[str, bytes]
    elements: list[Element] = field(default_factory=list)

    def strips(self) -> list[Strip]:
        """All blocks, the one after the other."""
        made: dict[type, Callable[[Any], list[Strip]]] = {
            Heading: self._heading, Paragraph: self._paragraph, KeyValues: self._facts, Table: self._table,
            Notes: self._notes, Rule: self._rule, Spacer: self._spacer, PageBreak: self._page_break,
            SignatureBlock: self._signatures, Code: self._code,
        }  # fmt: skip
        strips: list[Strip] = []
        before: object = None
        for block in self.document.blocks:
            new = made[type(block)](block)
            if isinstance(block, Notes) and isinstance(before, Paragraph) and new:
                strips[-1] = replace(strips[-1], keeps_next=True)  # what leads to a list stays with it
            before = block
            if isinstance(block, SignatureBlock):
                strips = _kept(strips)
            if isinstance(block, Code) and strips:
                strips[-1] = replace(strips[-1], keeps_next=True)
            if strips and strips[-1].begins_page and strips[-1].height == 0:
                new[0] = replace(new[0], begins_page=True)
                strips.pop()
            strips += new
        return strips

    def add(self, tag: str, **said: str) -> Element:
        """A new element of the document, the next in reading order."""
        self.elements.append(Element(tag, **said))
        return self.elements[-1]

    def _heading(self, block: Heading) -> list[Strip]:
        setting = self.scribe.set(block.text, HEADINGS[block.level], MEASURE)
        ink = self.place.text(self.add(f"H{block.level + 1}"), setting, (0, MEASURE))
        before = 16 if block.level == 1 else 10
        return [Strip(setting.height + 2, (ink,), before, keeps_next=True, says=plain(block.text))]

    def _paragraph(self, block: Paragraph) -> list[Strip]:
        """A strip a line; the first two and the last two lines are never parted."""
        look = SMALL if block.small else BODY[self.document.look]
        setting = self.scribe.set(block.text, look, MEASURE)
        element, count = self.add("P"), len(setting.lines)
        strips = []
        for number in range(count):
            ink = self.place.text(element, setting, (0, MEASURE), block.align, only=number)
            keeps = number + 1 < count and (number == 0 or number == count - 2)
            strips.append(Strip(setting.leading, (ink,), keeps_next=keeps, says=plain(block.text)))
        return [replace(strips[0], before=6.5), *strips[1:]]

    def _facts(self, block: KeyValues) -> list[Strip]:
        """Labels beside their values, or above them where they stand in two columns."""
        listed = self.add("L")
        if block.columns == 2:
            return self._facts_in_columns(block, listed)
        label_width = MEASURE * 0.31
        strips = []
        for label, value in block.items:
            said = self.scribe.set(label, LABEL, label_width - 8)
            told = self.scribe.set(value, VALUE, MEASURE - label_width)
            first = max(said.first, told.first)
            item = listed.add(Element("LI"))
            inks = (
                self.place.text(
                    item.add(Element("Lbl")), said, (0, label_width - 8), drop=first - said.first
                ),
                self.place.text(
                    item.add(Element("LBody")),
                    told,
                    (label_width, MEASURE - label_width),
                    drop=first - told.first,
                ),
            )
            height = first + max(one.height - one.first for one in (said, told))
            strips.append(Strip(height, inks, 1.5, says=plain(value)))
        return [replace(strips[0], before=8), *strips[1:]] if strips else []

    def _facts_in_columns(self, block: KeyValues, listed: Element) -> list[Strip]:
        width = (MEASURE - BETWEEN) / 2
        strips = []
        for start in range(0, len(block.items), 2):
            inks: list[Ink] = []
            height = 0.0
            for column, (label, value) in enumerate(block.items[start : start + 2]):
                said, told = self.scribe.set(label, LABEL, width), self.scribe.set(value, VALUE, width)
                at, item = (column * (width + BETWEEN), width), listed.add(Element("LI"))
                inks.append(self.place.text(item.add(Element("Lbl")), said, at))
                inks.append(self.place.text(item.add(Element("LBody")), told, at, drop=said.height - 1))
                height = max(height, said.height + told.height - 1)
            strips.append(Strip(height, tuple(inks), 5, says=plain(block.items[start][1])))
        return strips

    def _table(self, block: Table) -> list[Strip]:
        return TableSetter(block, self.scribe, self.place).strips(self.add("Table"))

    def _notes(self, block: Notes) -> list[Strip]:
        """Small print; where it stands in two columns the first is read before the second."""
        listed, look = self.add("L"), SMALL if block.small else BODY[self.document.look]
        count = -(-len(block.items) // block.columns)
        width = (MEASURE - BETWEEN * (block.columns - 1)) / block.columns
        sign_width = self._signs_width([sign for sign, _words in block.items], width, look)
        set_items = [
            self._note(sign, words, listed.add(Element("LI")), sign_width, width, look)
            for sign, words in block.items
        ]
        strips = []
        for number in range(count):
            inks: list[Ink] = []
            height = 0.0
            for column in range(block.columns):
                if number + column * count < len(set_items):
                    said, told, elements = set_items[number + column * count]
                    start = column * (width + BETWEEN)
                    inks.append(self.place.text(elements[0], said, (start, sign_width)))
                    at = (start + sign_width, width - sign_width)
                    inks.append(self.place.text(elements[1], told, at))
                    height = max(height, said.height, told.height)
            keeps = number + 1 < count <= KEPT_WHOLE
            strips.append(Strip(height + 0.6, tuple(inks), keeps_next=keeps, says=block.items[number][0]))
        return [replace(strips[0], before=6), *strips[1:]] if strips else []

    def _signs_width(self, signs: list[str], width: float, look: Look) -> float:
        bold = replace(look, weight="semibold")
        settings = [self.scribe.set(sign, bold, width) for sign in signs]
        widest = max((line.width(look.size) for one in settings for line in one.lines), default=0)
        return min(width * 0.4, widest + 9)

    def _note(self, sign: str, words: Words, item: Element, sign_width: float, width: float, look: Look):
        said = self.scribe.set(sign, replace(look, weight="semibold"), sign_width - 3)
        told: Setting = self.scribe.set(words, look, width - sign_width)
        return said, told, (item.add(Element("Lbl")), item.add(Element("LBody")))

    def _rule(self, block: Rule) -> list[Strip]:
        left, right = self.place.sides(0, MEASURE)
        ink = Ink(None, lambda sheet, top: sheet.code(level_rule(left, right, top - 4, HAIRLINE, 0.6)))
        return [Strip(8, (ink,), 4)]

    def _spacer(self, block: Spacer) -> list[Strip]:
        return [Strip(0, before=block.height * MILLIMETRE)]

    def _page_break(self, block: PageBreak) -> list[Strip]:
        return [Strip(0, begins_page=True)]

    def _closing(self) -> Closing:
        return Closing(self.document, self.scribe, self.place, self.pictures, self.add)

    def _signatures(self, block: SignatureBlock) -> list[Strip]:
        return self._closing().signatures(block)

    def _code(self, block: Code) -> list[Strip]:
        return self._closing().code(block)


def _kept(strips: list[Strip]) -> list[Strip]:
    """The strips, of which the last two stay with what follows: nobody signs an empty page."""
    return [*strips[:-2], *(replace(strip, keeps_next=True) for strip in strips[-2:])]
