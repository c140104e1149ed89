"""Places marks that a font has but does not attach to its letters, such as the accent of Ẹ̀ in EB Garamond.

The font's own placing is never touched: only a mark that was left where it fell is centred over or under its letter.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

import uharfbuzz

ABOVE, BELOW = 230, 220  # Unicode's combining classes
GAP = 0.06  # of the type size
PLACED_SCRIPTS = {"Latn", "Cyrl", "Grek"}


@dataclass
class Ink:
    """Where the ink of a letter and the marks placed on it so far reaches, in font units."""

    middle: float
    top: float
    bottom: float
    advance: float


def placed(
    text: str, buffer: uharfbuzz.Buffer, offset: int, font: uharfbuzz.Font
) -> dict[int, tuple[float, float]]:
    """New places for the glyphs that need one, by index, in font units; `offset` leads from clusters to the text."""
    found: dict[int, tuple[float, float]] = {}
    letter: Ink | None = None
    for index, (info, place) in enumerate(zip(buffer.glyph_infos, buffer.glyph_positions, strict=True)):
        character = text[info.cluster + offset]
        side = unicodedata.combining(character)
        extents = font.get_glyph_extents(info.codepoint)
        if extents is None or not side:
            letter = _ink(extents, place) if extents else None
        elif letter and side in (ABOVE, BELOW) and not place.x_advance:
            if (place.x_offset, place.y_offset) == (0, 0):
                found[index] = _place(letter, extents, side, font)
            _grow(letter, extents, found.get(index, (place.x_offset, place.y_offset))[1], side)
    return found


def _ink(extents, place) -> Ink:
    left = place.x_offset + extents.x_bearing
    top = place.y_offset + extents.y_bearing
    return Ink(left + extents.width / 2, top, top + extents.height, place.x_advance)


def _place(letter: Ink, extents, side: int, font: uharfbuzz.Font) -> tuple[float, float]:
    """From the end of the letter to where the mark is centred, as far from it as the font leaves or a little more."""
    x = letter.middle - letter.advance - (extents.x_bearing + extents.width / 2)
    gap = GAP * font.face.upem
    if side == ABOVE:
        return x, max(0, letter.top + gap - (extents.y_bearing + extents.height))
    return x, min(0, letter.bottom - gap - extents.y_bearing)


def _grow(letter: Ink, extents, raised: float, side: int) -> None:
    if side == ABOVE:
        letter.top = max(letter.top, raised + extents.y_bearing)
    else:
        letter.bottom = min(letter.bottom, raised + extents.y_bearing + extents.height)
