"""Outlines of shaped text for the screen: the very letters that the paper will carry, as one vector path."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from fontTools.pens.svgPathPen import SVGPathPen
from fontTools.pens.transformPen import TransformPen

from certificates.paper.bidi import first_strong_direction
from certificates.paper.fonts import DEFAULT_DIRECTORIES, load_fonts
from certificates.paper.roles import COLUMN, NAME_SIZE, NAME_SMALLEST, ROLES
from certificates.paper.text import Block, Typesetter, clean

ABOVE, BELOW = 1.15, 0.55  # room over and under a baseline, in type sizes


@dataclass(frozen=True)
class Picture:
    """A path and the box it stands in, in points; the box is as wide as the paper's column."""

    path: str
    width: float
    height: float


def name_outline(name: str, directories: Iterable[Path | str] = DEFAULT_DIRECTORIES) -> Picture:
    """A name as it stands on a certificate. Raises PaperError when it cannot be printed."""
    setter = Typesetter(load_fonts(directories), direction=first_strong_direction(clean(name)))
    block = setter.fit(name, ROLES["medium"], NAME_SIZE, COLUMN, NAME_SMALLEST)
    height = len(block.lines) * block.size * (ABOVE + BELOW)
    return Picture(_path(block), COLUMN, round(height, 1))


def _path(block: Block) -> str:
    pen = SVGPathPen(None, ntos=lambda number: f"{number:.1f}".rstrip("0").rstrip("."))
    for number, line in enumerate(block.lines):
        left = (COLUMN - line.width(block.size)) / 2
        baseline = block.size * (ABOVE + number * (ABOVE + BELOW))
        for stretch in line.stretches:
            x = left + stretch.start * block.size / 1000
            for glyph in stretch.glyphs:
                _draw(glyph, pen, x, baseline, block.size)
                x += glyph.advance * block.size / 1000
    return pen.getCommands()


def _draw(glyph, pen, x: float, baseline: float, size: float) -> None:
    scale = glyph.face.scale * size / 1000
    place = (scale, 0, 0, -scale, x + glyph.x * size / 1000, baseline - glyph.y * size / 1000)
    glyph.face.hb_font.draw_glyph_with_pen(glyph.index, TransformPen(pen, place))
