"""A QR code drawn as vectors."""

from __future__ import annotations

import segno

from certificates.paper.sheet import fill

QUIET_ZONE = 4


def qr_code(content: str, x: float, y: float, size: float, colour: str) -> str:
    """Page operators for a QR code whose square, quiet zone included, has its lower left corner at x, y."""
    rows = [list(row) for row in segno.make(content, error="m", micro=False).matrix]
    module = size / (len(rows) + 2 * QUIET_ZONE)
    left, top = x + QUIET_ZONE * module, y + size - QUIET_ZONE * module
    parts = [fill(colour)]
    for number, row in enumerate(rows):
        for start, length in _stretches(row):
            bottom = top - (number + 1) * module
            parts.append(f"{left + start * module:.3f} {bottom:.3f} {length * module:.3f} {module:.3f} re")
    return "\n".join([*parts, "f"])


def _stretches(row: list[int]) -> list[tuple[int, int]]:
    """Start and length of each stretch of dark modules."""
    stretches, start = [], None
    for index, dark in enumerate([*row, 0]):
        if dark and start is None:
            start = index
        elif not dark and start is not None:
            stretches.append((start, index - start))
            start = None
    return stretches
