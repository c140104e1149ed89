"""Guilloche: fine interlaced curves, worked out here and drawn as vectors.

A curve is a function from 0..1 to a point, drawn as Bézier arcs through its points with its own tangents: smooth at any
magnification. What repeats (a stretch of border, a petal) is stored once in the file and stamped many times.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from itertools import pairwise
from math import cos, pi, sin

from certificates.paper.sheet import Sheet, fill, stroke

Point = tuple[float, float]
Curve = Callable[[float], Point]
Box = tuple[float, float, float, float]  # left, bottom, right, top
Shape = tuple[float, float, int]  # middle radius, swing about it, lobes
TURN = 2 * pi


def bezier(curve: Curve, arcs: int) -> str:
    """A curve as path operators, to a hundredth of a point."""
    step, nudge = 1 / arcs, 1e-5
    knots = []
    for index in range(arcs + 1):
        at = index * step
        (x, y), (x0, y0), (x1, y1) = curve(at), curve(at - nudge), curve(at + nudge)
        reach = step / (6 * nudge)
        knots.append((x, y, (x1 - x0) * reach, (y1 - y0) * reach))
    path = [f"{_numbers(*knots[0][:2])} m"]
    for (x0, y0, dx0, dy0), (x1, y1, dx1, dy1) in pairwise(knots):
        path.append(f"{_numbers(x0 + dx0, y0 + dy0, x1 - dx1, y1 - dy1, x1, y1)} c")
    return "\n".join(path)


@cache
def lobed(middle: float, swing: float, lobes: int) -> str:
    """A closed line around the origin with so many round lobes."""

    def curve(at: float) -> Point:
        radius = middle + swing * cos(TURN * lobes * at)
        return radius * cos(TURN * at), radius * sin(TURN * at)

    return f"{bezier(curve, lobes * 6)} h"


@cache
def circle(radius: float) -> str:
    """A circle around the origin."""
    return f"{bezier(lambda at: (radius * cos(TURN * at), radius * sin(TURN * at)), 8)} h"


def guilloche_frame(sheet: Sheet, box: Box, blue: str, metal: str) -> None:
    """A band along the box: interlaced ribbons between rules, a rosette on each corner."""
    left, bottom, right, top = box
    half = 9.8
    for offset, colour, line in (
        (half + 2.6, metal, 0.5),
        (half, blue, 1.4),
        (-half, blue, 0.7),
        (-half - 2.4, metal, 0.5),
    ):
        edges = (left - offset, bottom - offset, right - left + 2 * offset, top - bottom + 2 * offset)
        sheet.code(f"{stroke(colour, line)} {_numbers(*edges)} re S")
    corner = 20.0
    for start, length, turn in (
        ((left + corner, bottom), right - left - 2 * corner, "1 0 0 1"),
        ((left + corner, top), right - left - 2 * corner, "1 0 0 1"),
        ((left, bottom + corner), top - bottom - 2 * corner, "0 1 -1 0"),
        ((right, bottom + corner), top - bottom - 2 * corner, "0 1 -1 0"),
    ):
        _band(sheet, start, length, turn, blue, metal)
    for x in (left, right):
        for y in (bottom, top):
            _corner(sheet, x, y, blue, metal)


def _band(sheet: Sheet, start: Point, length: float, turn: str, blue: str, metal: str) -> None:
    """Whole waves of ribbon along one side, stretched a little so that they end at the corners."""
    period = 27.0
    tiles = round(length / period)
    tile = sheet.form("Band", _ribbons(period, 7.0, blue, metal), (-2, -12, period + 2, 12))
    stretch = length / (tiles * period)
    sheet.code(f"q {turn} {start[0]:.3f} {start[1]:.3f} cm {stretch:.5f} 0 0 1 0 0 cm")
    sheet.code("\n".join([f"{tile} 1 0 0 1 {period:g} 0 cm"] * tiles))
    sheet.code("Q")


@cache
def _ribbons(period: float, height: float, blue: str, metal: str) -> str:
    """One wave of four ribbons, each of strands that lag a little behind one another."""
    parts = []
    for colour, swing, start, strands in ((metal, height, 0.0, 6), (blue, height * 0.8, pi / 2, 5)):
        parts.append(stroke(colour, 0.24))
        for strand in range(strands):
            lag = start + (strand - (strands - 1) / 2) * 0.2
            parts += [f"{bezier(_wave(period, side, lag), 4)} S" for side in (swing, -swing)]
    return "\n".join(parts)


def _wave(period: float, swing: float, lag: float) -> Curve:
    return lambda at: (period * at, swing * sin(TURN * at + lag))


def _corner(sheet: Sheet, x: float, y: float, blue: str, metal: str) -> None:
    sheet.code(f"q 1 0 0 1 {x:.3f} {y:.3f} cm")
    sheet.code(f"{fill('#FFFFFF')} {stroke(blue, 1.0)} {circle(22)} B {stroke(metal, 0.5)} {circle(20)} S")
    rosette(sheet, "CornerOuter", (14.4, 4.4, 8), 9, metal, 0.26)
    rosette(sheet, "CornerInner", (7.6, 4.4, 6), 8, blue, 0.28)
    sheet.code(f"{fill(metal)} {circle(1.5)} f Q")


def rosette(sheet: Sheet, name: str, shape: Shape, copies: int, colour: str, line: float) -> None:
    """A lobed line stamped several times, each a little further round, so that the copies interlace."""
    middle, swing, lobes = shape
    reach = middle + swing + 1
    petal = sheet.form(name, f"{stroke(colour, line)}\n{lobed(*shape)} S", (-reach, -reach, reach, reach))
    angle = TURN / lobes / copies
    turn = f"{cos(angle):.6f} {sin(angle):.6f} {-sin(angle):.6f} {cos(angle):.6f} 0 0 cm"
    sheet.code("q\n" + "\n".join([f"{petal} {turn}"] * copies) + "\nQ")


def watermark(sheet: Sheet, x: float, y: float, radius: float, tint: str) -> None:
    """A large pale rosette to stand behind the text."""
    sheet.code(f"q 1 0 0 1 {x:.3f} {y:.3f} cm")
    for ring, (middle, swing, lobes, copies) in enumerate(
        ((0.86, 0.14, 12, 11), (0.66, 0.16, 10, 11), (0.44, 0.18, 8, 11), (0.22, 0.14, 6, 9))
    ):
        rosette(
            sheet,
            f"Watermark{ring}R{radius:.0f}",
            (middle * radius, swing * radius, lobes),
            copies,
            tint,
            0.4,
        )
    sheet.code("Q")


def flourish(x: float, y: float, width: float, colour: str) -> str:
    """A rule that swells towards a small diamond in its middle."""
    half, gap, diamond, thick = width / 2, 9.5, 2.7, 0.55
    parts = [f"q 1 0 0 1 {x:.3f} {y:.3f} cm {fill(colour)}"]
    for side in (-1, 1):
        near, far = side * gap, side * half
        parts.append(f"{far:.2f} 0 m {near:.2f} {thick:.2f} l {near:.2f} {-thick:.2f} l h f")
        parts.append(f"q 1 0 0 1 {side * (gap - 3.4):.2f} 0 cm {circle(0.75)} f Q")
    parts.append(f"{-diamond} 0 m 0 {diamond} l {diamond} 0 l 0 {-diamond} l h f Q")
    return "\n".join(parts)


def level_rule(x0: float, x1: float, y: float, colour: str, line: float = 0.5) -> str:
    """A plain level line."""
    return f"{stroke(colour, line)} {x0:.2f} {y:.2f} m {x1:.2f} {y:.2f} l S"


def _numbers(*values: float) -> str:
    return " ".join(f"{value:.2f}".rstrip("0").rstrip(".") for value in values)
