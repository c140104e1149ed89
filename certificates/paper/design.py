"""A design: what stands where on a paper, read from plain data and checked before anything is drawn.

Knows nothing of who earned what, and nothing of Django.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from certificates.paper.elements import COLOURS, KINDS, Element, Number, fields_of
from certificates.paper.errors import DesignRefused
from certificates.paper.merging import unclosed, unknown_fields
from certificates.paper.sentences import Sentence, gettext_noop

FORMAT = 1
MILLIMETRE = 72 / 25.4
PAPERS = {"a4": (210.0, 297.0), "a3": (297.0, 420.0), "letter": (215.9, 279.4)}
MOST_ELEMENTS = 60


@dataclass(frozen=True)
class Column:
    """Where texts stand one below the other, in millimetres."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Design:
    """A design ready to be drawn."""

    paper: str
    orientation: str
    colours: Mapping[str, str]
    column: Column
    elements: tuple[Element, ...]

    @property
    def millimetres(self) -> tuple[float, float]:
        """Width and height of the page."""
        width, height = PAPERS[self.paper]
        return (height, width) if self.orientation == "landscape" else (width, height)

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of the page in points."""
        width, height = self.millimetres
        return round(width * MILLIMETRE, 2), round(height * MILLIMETRE, 2)

    @property
    def assets(self) -> frozenset[str]:
        """The pictures it needs."""
        return frozenset(one["asset"] for one in self.elements if one.kind == "image" and one["asset"])


def read(data: Any) -> Design:
    """The design in this data. Raises DesignRefused with every sentence that says what is wrong."""
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise DesignRefused(
            [Sentence(gettext_noop("This is not a design of this system, or one of a newer version."))]
        )
    problems: list[str] = []
    page = data.get("page") if isinstance(data.get("page"), dict) else {}
    paper, orientation = page.get("paper"), page.get("orientation")
    if paper not in tuple(PAPERS) or orientation not in ("landscape", "portrait"):
        raise DesignRefused(
            [Sentence(gettext_noop("The design names no page size and orientation that can be printed."))]
        )
    colours = COLOURS | _colours(data.get("colours") or {}, problems)
    column = _column(data.get("column"), problems)
    given = data.get("elements")
    if not isinstance(given, list) or len(given) > MOST_ELEMENTS:
        raise DesignRefused(
            [Sentence(gettext_noop("A design has a list of at most %(most)d elements."), most=MOST_ELEMENTS)]
        )
    elements = tuple(_element(number, one, problems) for number, one in enumerate(given, 1))
    if problems:
        raise DesignRefused(problems)
    design = Design(paper, orientation, colours, column, elements)
    if found := list(_outside(design)):
        raise DesignRefused(found)
    return design


def _colours(given: Any, problems: list[str]) -> dict[str, str]:
    if not isinstance(given, dict) or not given.keys() <= COLOURS.keys():
        problems.append(
            Sentence(gettext_noop("The colours of a design are: %(names)s."), names=", ".join(COLOURS))
        )
        return {}
    found = {}
    for name, value in given.items():
        if not _is_colour(value):
            problems.append(
                Sentence(
                    gettext_noop("The colour “%(name)s” is not written as # and six digits from 0 to F."),
                    name=name,
                )
            )
        else:
            found[name] = value.upper()
    return found


def _is_colour(value: Any) -> bool:
    return isinstance(value, str) and re.fullmatch(r"#[0-9A-Fa-f]{6}", value) is not None


def _column(given: Any, problems: list[str]) -> Column:
    number = Number(0, 420)
    try:
        return Column(*(number.read(float(given[name])) for name in ("x", "y", "width", "height")))
    except (KeyError, TypeError, ValueError, OverflowError):
        problems.append(Sentence(gettext_noop("The column needs numbers for its place, width and height.")))
        return Column(0, 0, 0, 0)


def _element(number: int, given: Any, problems: list[str]) -> Element:
    kind = given.get("kind") if isinstance(given, dict) else None
    if kind not in tuple(KINDS):
        problems.append(
            Sentence(gettext_noop("Element %(number)d: there is no such kind of element."), number=number)
        )
        return Element("rule", {})
    values = {}
    for name, field in fields_of(kind).items():
        try:
            values[name] = field.read(given.get(name, field.default))
        except ValueError:
            problems.append(
                Sentence(
                    gettext_noop("Element %(number)d (%(kind)s): “%(name)s” is not what is allowed there."),
                    number=number,
                    kind=kind,
                    name=name,
                )
            )
            values[name] = field.default
    if kind == "text":
        problems += _text_problems(number, values)
    return Element(kind, values)


def _text_problems(number: int, values: Mapping[str, Any]) -> Iterator[str]:
    for text in (values["text"] or "", *(values["texts"] or {}).values()):
        if unclosed(text):
            yield Sentence(
                gettext_noop("Element %(number)d: “%(text)s” has a brace that is not part of a merge field."),
                number=number,
                text=text,
            )
        for name in unknown_fields(text):
            yield Sentence(
                gettext_noop("Element %(number)d: there is no merge field “{%(name)s}”."),
                number=number,
                name=name,
            )


def _outside(design: Design) -> Iterator[str]:
    """Elements and the column that do not stand on the page."""
    width, height = design.millimetres
    column = gettext_noop("The column reaches beyond the page, which is %(width)s by %(height)s mm.")
    placed = gettext_noop(
        "Element %(number)d (%(kind)s) reaches beyond the page, which is %(width)s by %(height)s mm."
    )
    page = {"width": f"{width:g}", "height": f"{height:g}"}
    boxes = [
        (
            Sentence(column, **page),
            design.column.x,
            design.column.y,
            design.column.width,
            design.column.height,
        )
    ]
    for number, element in enumerate(design.elements, 1):
        if element.kind == "text" and element["place"] == "column":
            continue
        tall = element.values.get("height") or (element["width"] if element.kind == "qr" else 0)
        boxes.append(
            (
                Sentence(placed, number=number, kind=element.kind, **page),
                *(element["x"], element["y"], element["width"], tall),
            )
        )
    for sentence, x, y, wide, tall in boxes:
        if x + wide > width + 0.5 or y + tall > height + 0.5:
            yield sentence
