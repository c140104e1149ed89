"""Seals: a medallion with a scalloped rim, letters in its middle and, where given, words around them."""

from __future__ import annotations

from certificates.paper.fonts import FontLibrary
from certificates.paper.ornament import circle, lobed, rosette
from certificates.paper.sheet import Sheet, fill, stroke
from certificates.paper.text import Style, Typesetter

LETTERS = Style("medium", (), 40)
RING = Style("medium", ("smcp", "lnum"), 60)


def seal(
    sheet: Sheet,
    fonts: FontLibrary,
    at: tuple[float, float],
    radius: float,
    metal: str,
    letters: str,
    ring: str,
) -> None:
    """Draw the seal around a point; call it inside an artifact."""
    sheet.code(f"q 1 0 0 1 {at[0]:.3f} {at[1]:.3f} cm 1 j")
    field = _ringed(sheet, radius, metal) if ring else _plain(sheet, radius, metal)
    sheet.code("Q")
    if ring:
        _words_around(sheet, Typesetter(fonts), at, radius, metal, ring)
    if letters:
        block = Typesetter(fonts).fit(letters, LETTERS, radius * 0.5, field * 1.72, 3, lines=1)
        sheet.text(block.lines[0], at[0], at[1] - block.size * 0.325, block.size, metal, "centre")


def _plain(sheet: Sheet, radius: float, metal: str) -> float:
    """An engraved ring around an empty field, whose radius is returned."""
    _rim(sheet, radius, metal, 48)
    sheet.code(f"{stroke(metal, 0.35)} {circle(radius * 0.93)} S")
    rosette(sheet, f"Seal{radius:.0f}", (radius * 0.755, radius * 0.155, 12), 12, metal, 0.28)
    for share, line in ((0.585, 0.8), (0.55, 0.3)):
        sheet.code(f"{fill('#FFFFFF')} {stroke(metal, line)} {circle(radius * share)} B")
    return radius * 0.55


def _ringed(sheet: Sheet, radius: float, metal: str) -> float:
    """Rim, engraving, a ring for words, a field for letters."""
    _rim(sheet, radius, metal, 60)
    rosette(sheet, f"SealRim{radius:.0f}", (radius * 0.885, radius * 0.055, 30), 4, metal, 0.25)
    for share, line in ((0.82, 0.9), (0.795, 0.3), (0.565, 0.3), (0.54, 0.7)):
        sheet.code(f"{fill('#FFFFFF')} {stroke(metal, line)} {circle(radius * share)} B")
    rosette(sheet, f"SealField{radius:.0f}", (radius * 0.455, radius * 0.065, 18), 6, metal, 0.22)
    sheet.code(f"{fill('#FFFFFF')} {stroke(metal, 0.4)} {circle(radius * 0.385)} B")
    return radius * 0.385


def _rim(sheet: Sheet, radius: float, metal: str, lobes: int) -> None:
    sheet.code(f"{fill('#FFFFFF')} {stroke(metal, 0.7)}\n{lobed(radius * 0.978, radius * 0.022, lobes)} B")


def _words_around(sheet, setter: Typesetter, at, radius: float, metal: str, words: str) -> None:
    """The words once around the ring, as large as leaves a small gap at the foot."""
    line = setter.line(f"{words}", RING)
    middle = radius * 0.68
    size = min(radius * 0.16, 2 * 3.14159 * middle * 0.9 / line.width(1))
    sheet.text_on_circle(line, at[0], at[1], middle - size * 0.24, size, metal)
