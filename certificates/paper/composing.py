"""Sets the texts of a design: merges their fields, chooses their sizes, stacks their languages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from certificates.paper.bidi import first_strong_direction
from certificates.paper.data import CertificateData, Wording
from certificates.paper.elements import Element
from certificates.paper.fonts import FontLibrary
from certificates.paper.merging import is_neutral, merge
from certificates.paper.roles import ROLES
from certificates.paper.text import Block, Typesetter, clean

BETWEEN_LANGUAGES, BETWEEN_COLUMNS = 2.6, 22.0  # points
# Arabic letters look smaller at the same type size.
ARABIC_GROWTH = 1.08
SCALES = (1.0, 0.94, 0.88, 0.82, 0.76, 0.7)


@dataclass(frozen=True)
class Said:
    """A text in one language, before it is set."""

    text: str
    wording: Wording
    setter: Typesetter
    is_main: bool
    is_neutral: bool


@dataclass(frozen=True)
class Part:
    """A text set, and where it stands: its top below the top of the whole, its sides on the page."""

    block: Block
    setter: Typesetter
    colour: str
    language: str
    drop: float
    left: float
    right: float

    @property
    def reach(self) -> tuple[float, float]:
        """Room above and below a baseline in type sizes; Arabic letters reach higher and deeper."""
        return (1.02, 0.5) if self.setter.direction == "rtl" else (0.88, 0.25)

    @property
    def height(self) -> float:
        """The room its lines take."""
        return len(self.block.lines) * self.block.size * sum(self.reach)

    def baselines(self, top: float) -> Iterator[float]:
        """Where its lines stand when the whole begins at this height."""
        above, below = self.reach
        for number in range(len(self.block.lines)):
            yield top - self.drop - self.block.size * (above + number * (above + below))


@dataclass(frozen=True)
class Composed:
    """An element's texts in all its languages."""

    parts: tuple[Part, ...]
    height: float


@dataclass(frozen=True)
class Composer:
    """Sets the texts of one paper."""

    data: CertificateData
    fonts: FontLibrary

    def compose(self, element: Element, left: float, right: float, scale: float) -> Composed | None:
        """The element's texts between these sides, or None when it says nothing. Raises PaperError."""
        said = list(self.said(element))
        if not said:
            return None
        if element["languages"] == "beside" and len(said) > 1:
            return self._beside(element, said, left, right, scale)
        parts, drop = [], 0.0
        for one in said:
            part = self._part(element, one, len(said) > 1, (left, right), scale, drop)
            parts.append(part)
            drop += part.height + BETWEEN_LANGUAGES
        return Composed(tuple(parts), drop - BETWEEN_LANGUAGES)

    def said(self, element: Element) -> Iterator[Said]:
        """What the element says in each of its languages; the same words are never said twice."""
        main, seen = self.data.wordings[0], set()
        for wording in self._wordings(element):
            template = element["texts"].get(wording.language) or element["text"]
            text = clean(merge(template, self.data.fields(wording)))
            if not text or text in seen:
                continue
            seen.add(text)
            neutral = is_neutral(template)
            direction = first_strong_direction(text) if neutral else wording.direction
            setter = Typesetter(self.fonts, wording.language, direction)
            yield Said(text, wording, setter, wording is main, neutral)

    def _wordings(self, element: Element) -> tuple[Wording, ...]:
        wordings = self.data.wordings
        if element["languages"] == "main":
            return wordings[:1]
        return wordings[1:] if element["languages"] == "second" else wordings

    def _part(self, element, one: Said, in_company: bool, sides, scale: float, drop: float) -> Part:
        as_second = not one.is_main and element["languages"] == "below"
        prefix = "second_" if as_second else ""
        size = element[f"{prefix}size"]
        if not as_second:
            size = self._size(element, one, in_company)
        smallest = element["smallest"] if element["smallest"] and not as_second else size * 0.6
        block = one.setter.fit(
            one.text, ROLES[element[f"{prefix}role"]], size * scale, sides[1] - sides[0],
            min(smallest, size * scale), element["lines"],
        )  # fmt: skip
        language = "" if one.is_main or one.is_neutral else one.wording.language
        return Part(block, one.setter, element[f"{prefix}colour"], language, drop, *sides)

    def _size(self, element: Element, one: Said, in_company: bool) -> float:
        alone = len(self.data.wordings) == 1
        if alone and element["size_alone"]:
            return element["size_alone"]
        grows = one.wording.direction == "rtl" and not one.is_neutral
        return element["size"] * (ARABIC_GROWTH if grows and (in_company or not alone) else 1)

    def _beside(self, element, said, left: float, right: float, scale: float) -> Composed:
        """The main language at the start side, the other at the end side."""
        half = (right - left - BETWEEN_COLUMNS) / 2
        sides = [(left, left + half), (right - half, right)]
        if self.data.wordings[0].direction == "rtl":
            sides.reverse()
        parts = [
            self._part(element, one, True, place, scale, 0) for one, place in zip(said, sides, strict=True)
        ]
        return Composed(tuple(parts), max(part.height for part in parts))
