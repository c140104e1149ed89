"""Frames and bands around and beside the text: rules, ribbons and fans, drawn as vectors."""

from __future__ import annotations

from math import pi, sin

from certificates.paper.ornament import TURN, Box, Point, bezier, circle, rosette
from certificates.paper.sheet import Sheet, fill, stroke


def rule_frame(sheet: Sheet, box: Box, first: str, second: str) -> None:
    """Two rules, the inner one stepping back at the corners, where a small diamond stands."""
    left, bottom, right, top = box
    sheet.code(f"{stroke(first, 1.3)} {left:.2f} {bottom:.2f} {right - left:.2f} {top - bottom:.2f} re S")
    sheet.code(f"{stroke(second, 0.5)} {_stepped(box, 5, 16)} S")
    for x in (left + 11.5, right - 11.5):
        for y in (bottom + 11.5, top - 11.5):
            diamond = [(x - 3, y), (x, y + 3), (x + 3, y), (x, y - 3)]
            sheet.code(f"{fill(second)} {_path(diamond)} h f")


def fine_frame(sheet: Sheet, box: Box, first: str, second: str) -> None:
    """A narrow engraved band between rules whose corners are cut out in quarter circles around rosettes."""
    left, bottom, right, top = box
    notch, width = 30.0, 9.0
    for inset, colour, line in (
        (0, first, 1.6),
        (2.6, second, 0.4),
        (2.6 + width, second, 0.4),
        (5.2 + width, first, 0.7),
    ):
        inner = (left + inset, bottom + inset, right - inset, top - inset)
        sheet.code(f"{stroke(colour, line)} {_notched(inner, notch)} S")
    middle = 2.6 + width / 2
    reach = notch + 2.6 + width + 2
    for start, length, turn in (
        ((left + reach, bottom + middle), right - left - 2 * reach, "1 0 0 1"),
        ((left + reach, top - middle), right - left - 2 * reach, "1 0 0 1"),
        ((left + middle, bottom + reach), top - bottom - 2 * reach, "0 1 -1 0"),
        ((right - middle, bottom + reach), top - bottom - 2 * reach, "0 1 -1 0"),
    ):
        chain(sheet, start, length, turn, width, (first, second))
    for x in (left + 7, right - 7):
        for y in (bottom + 7, top - 7):
            sheet.code(f"q 1 0 0 1 {x:.2f} {y:.2f} cm")
            rosette(sheet, "FineOuter", (11.5, 5.2, 8), 9, second, 0.3)
            rosette(sheet, "FineInner", (6.4, 3.6, 6), 8, first, 0.3)
            sheet.code(f"{fill(second)} {circle(1.4)} f Q")


def side_band(sheet: Sheet, box: Box, first: str, second: str) -> None:
    """A solid band with a woven ribbon of fine lines along it, and rules at its inner side."""
    left, bottom, right, top = box
    width, height = right - left, top - bottom
    sheet.code(f"q {left:.2f} {bottom:.2f} {width:.2f} {height:.2f} re W n")
    sheet.code(f"{fill(first)} {left:.2f} {bottom:.2f} {width:.2f} {height:.2f} re f")
    sheet.code(f"1 0 0 1 {left + width / 2:.2f} {bottom:.2f} cm")
    for number in range(26):
        lag = number * 0.105
        swing = width * (0.16 + 0.20 * sin(number * pi / 25))
        line = bezier(lambda at, lag=lag, swing=swing: (swing * sin(TURN * 2.5 * at + lag), height * at), 40)
        mirrored = bezier(
            lambda at, lag=lag, swing=swing: (-swing * sin(TURN * 2.5 * at + lag), height * at), 40
        )
        sheet.code(f"{stroke(second, 0.28)} {line} S {mirrored} S")
    sheet.code("Q")
    for offset, line in ((3.2, 1.1), (6.0, 0.4)):
        edge = right + offset if left <= sheet.width / 2 else left - offset
        sheet.code(f"{stroke(second, line)} {edge:.2f} {bottom:.2f} m {edge:.2f} {top:.2f} l S")


def chain(sheet: Sheet, start, length: float, turn: str, width: float, colours: tuple[str, str]) -> None:
    """Whole links of interlaced curves, stretched a little so that they end where they should."""
    period = 13.5
    tiles = max(1, round(length / period))
    strands = []
    for colour, swing, lags in (
        (colours[1], width * 0.4, (-0.34, -0.17, 0, 0.17, 0.34)),
        (colours[0], width * 0.2, (-0.25, 0, 0.25)),
    ):
        strands.append(stroke(colour, 0.22))
        for lag in lags:
            for side in (swing, -swing):
                curve = bezier(lambda at, side=side, lag=lag: (period * at, side * sin(TURN * at + lag)), 4)
                strands.append(f"{curve} S")
    tile = sheet.form("Chain", "\n".join(strands), (-1, -width, period + 1, width))
    stretch = length / (tiles * period)
    sheet.code(f"q {turn} {start[0]:.3f} {start[1]:.3f} cm {stretch:.5f} 0 0 1 0 0 cm")
    sheet.code("\n".join([f"{tile} 1 0 0 1 {period:g} 0 cm"] * tiles))
    sheet.code("Q")


def _stepped(box: Box, inset: float, step: float) -> str:
    left, bottom, right, top = box[0] + inset, box[1] + inset, box[2] - inset, box[3] - inset
    points = [
        (left + step, bottom), (right - step, bottom), (right - step, bottom + step), (right, bottom + step),
        (right, top - step), (right - step, top - step), (right - step, top), (left + step, top),
        (left + step, top - step), (left, top - step), (left, bottom + step), (left + step, bottom + step),
    ]  # fmt: skip
    return _path(points) + " h"


def _notched(box: Box, radius: float) -> str:
    """A rectangle whose corners are quarter circles curving inwards."""
    left, bottom, right, top = box
    path = [f"{left + radius:.2f} {bottom:.2f} m {right - radius:.2f} {bottom:.2f} l"]
    path.append(_quarter((right, bottom), (-1, 0), (0, 1), radius))
    path.append(f"{right:.2f} {top - radius:.2f} l")
    path.append(_quarter((right, top), (0, -1), (-1, 0), radius))
    path.append(f"{left + radius:.2f} {top:.2f} l")
    path.append(_quarter((left, top), (1, 0), (0, -1), radius))
    path.append(f"{left:.2f} {bottom + radius:.2f} l")
    path.append(_quarter((left, bottom), (0, 1), (1, 0), radius))
    return " ".join([*path, "h"])


def _quarter(corner: Point, start: Point, end: Point, radius: float) -> str:
    """A quarter circle around a corner, from one direction to the other."""
    bend = radius * 0.5523
    (x, y), (x0, y0), (x1, y1) = corner, start, end
    points = (
        (x + x0 * radius + x1 * bend, y + y0 * radius + y1 * bend),
        (x + x1 * radius + x0 * bend, y + y1 * radius + y0 * bend),
        (x + x1 * radius, y + y1 * radius),
    )
    return " ".join(f"{across:.2f} {up:.2f}" for across, up in points) + " c"


def _path(points) -> str:
    (x, y), *rest = points
    return f"{x:.2f} {y:.2f} m " + " ".join(f"{x:.2f} {y:.2f} l" for x, y in rest)
