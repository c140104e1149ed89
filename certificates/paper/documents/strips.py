"""Strips: the pieces of a document that are never cut, and how they are dealt out to pages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from certificates.paper.documents.setting import Setting
from certificates.paper.errors import DoesNotFit
from certificates.paper.sheet import Sheet
from certificates.paper.structure import Element

WIDTH, HEIGHT = 595.28, 841.89
SIDE = 62.0
MEASURE = WIDTH - 2 * SIDE
Drawer = Callable[[Sheet, float], None]  # given the height at which the strip begins


@dataclass(frozen=True)
class Ink:
    """Something drawn in a strip; what belongs to no element is ornament."""

    element: Element | None
    draw: Drawer


@dataclass(frozen=True)
class Strip:
    """A piece as wide as the page that is never cut."""

    height: float
    inks: tuple[Ink, ...] = ()
    before: float = 0  # room above it, left out at the top of a page
    keeps_next: bool = False
    above: tuple[Strip, ...] = ()  # drawn once more where this strip begins a page
    begins_page: bool = False
    says: str = ""


@dataclass(frozen=True)
class Place:
    """Where things stand between the sides of the page, measured from the start side."""

    mirrored: bool

    def sides(self, start: float, width: float) -> tuple[float, float]:
        """Left and right of what begins at this distance from the start side."""
        if self.mirrored:
            right = WIDTH - SIDE - start
            return right - width, right
        return SIDE + start, SIDE + start + width

    def side(self, align: str) -> str:
        """Left or right for start or end."""
        if align in ("centre", "figures"):
            return {"centre": "centre", "figures": "right"}[align]
        return "right" if (align == "end") is not self.mirrored else "left"

    def text(
        self, element: Element | None, setting: Setting, at: tuple[float, float], align="start", drop=0.0,
        only: int | None = None,
    ) -> Ink:  # fmt: skip
        """A text between sides, its top below that of the strip; of one line, or of all."""
        left, right = self.sides(*at)
        side = self.side(align)
        x = {"left": left, "centre": (left + right) / 2, "right": right}[side]
        lines = setting.lines if only is None else setting.lines[only : only + 1]

        def draw(sheet: Sheet, top: float) -> None:
            for number, line in enumerate(lines):
                baseline = top - drop - setting.first - number * setting.leading
                sheet.text(line, x, baseline, setting.look.size, setting.look.colour, side)

        if element is not None and setting.actual:
            element.actual = setting.actual
        return Ink(element, draw)


Room = Callable[[int], tuple[float, float]]
Page = list[tuple[Strip, float]]


class Dealer:
    """Deals strips out to pages; `room` says for a page's number where it begins and ends."""

    def __init__(self, room: Room):
        self.room = room
        self.pages: list[Page] = []
        self._turn()

    def deal(self, strips: list[Strip]) -> list[Page]:
        """The strips, each with the height at which it begins. Raises DoesNotFit."""
        for together in _kept_together(strips):
            height = sum(strip.before + strip.height for strip in together)
            if self._used and (together[0].begins_page or self._y - height < self._bottom):
                self._turn(together[0].above)
            for strip in together:
                self._put(strip)
        return self.pages

    def _turn(self, above: tuple[Strip, ...] = ()) -> None:
        """Begin a page, with what is drawn once more at its top."""
        self._y, self._bottom = self.room(len(self.pages))
        self._used = False
        self.pages.append([])
        for strip in above:
            self._put(strip)
        self._used = False

    def _put(self, strip: Strip) -> None:
        """Put a strip down; those kept together that are taller than a page go on the next one."""
        if self._used and self._y - strip.before - strip.height < self._bottom:
            self._turn(strip.above)
        self._y -= strip.before if self._used else 0
        if self._y - strip.height < self._bottom:
            raise DoesNotFit(strip.says)
        self.pages[-1].append((strip, self._y))
        self._y -= strip.height
        self._used = True


def _kept_together(strips: list[Strip]) -> list[list[Strip]]:
    """Strips in groups: one that keeps the next with it begins or goes on with a group."""
    found: list[list[Strip]] = []
    goes_on = False
    for strip in strips:
        if goes_on:
            found[-1].append(strip)
        else:
            found.append([strip])
        goes_on = strip.keeps_next
    return found
