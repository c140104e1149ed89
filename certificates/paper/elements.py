"""The kinds of elements a design is made of, and what each says of itself.

Lengths are millimetres from the start side and the top of the page, so that one design serves both directions of
reading; type sizes are points.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

COLOURS = {
    "ink": "#14202B",
    "muted": "#4A5B69",
    "primary": "#00557F",
    "accent": "#9C7A3C",
    "light": "#C3A667",
    "tint": "#E9F1F5",
    "white": "#FFFFFF",
}


@dataclass(frozen=True)
class Number:
    """A number within bounds; `optional` numbers may be left out."""

    smallest: float
    largest: float
    default: float | None = None
    whole: bool = False

    def read(self, value: Any) -> float | int | None:
        """The number, or ValueError."""
        if value is None and self.default is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise ValueError
        if not self.smallest <= value <= self.largest or (self.whole and value != int(value)):
            raise ValueError
        return int(value) if self.whole else value


@dataclass(frozen=True)
class Choice:
    """One of some words."""

    options: tuple[str, ...]
    default: str

    def read(self, value: Any) -> str:
        """The word, or ValueError."""
        if value not in self.options:
            raise ValueError
        return value


def _is_storable(text: str) -> bool:
    """Whether a text can be kept and sent: no NUL, no half of a character."""
    return not any(character == "\0" or "\ud800" <= character <= "\udfff" for character in text)


@dataclass(frozen=True)
class Words:
    """A text, with or without merge fields."""

    longest: int
    default: str = ""
    merged: bool = False

    def read(self, value: Any) -> str:
        """The text, or ValueError."""
        if not isinstance(value, str) or len(value) > self.longest or not _is_storable(value):
            raise ValueError
        return value


@dataclass(frozen=True)
class WordsByLanguage:
    """Texts with merge fields in further languages."""

    longest: int
    default: None = None

    def read(self, value: Any) -> dict[str, str]:
        """The texts that are not empty, or ValueError."""
        if value is None:
            return {}
        if not isinstance(value, dict) or not all(
            isinstance(part, str) and _is_storable(part) for pair in value.items() for part in pair
        ):
            raise ValueError
        if any(len(text) > self.longest or len(code) > 12 for code, text in value.items()):
            raise ValueError
        return {code: text for code, text in value.items() if text}


@dataclass(frozen=True)
class Asset:
    """The SHA-256 of a picture that comes with the design; empty while none is chosen."""

    default: str = ""

    def read(self, value: Any) -> str:
        """The name, or ValueError."""
        if not isinstance(value, str) or (
            value and not (len(value) == 64 and set(value) <= set("0123456789abcdef"))
        ):
            raise ValueError
        return value


ROLES = ("capitals", "regular", "italic", "medium", "semibold", "serial")
TEXT_COLOURS = ("ink", "muted", "primary", "accent", "white")
ORNAMENTS = (
    "guilloche_frame",
    "fine_frame",
    "rule_frame",
    "side_band",
    "watermark",
    "seal",
    "flourish",
    "rule",
)
SHOWN = (
    "always",
    "one_signatory",
    "several_signatories",
    "one_language",
    "two_languages",
    "with_marks",
    "without_marks",
)
ALIGNS = ("start", "centre", "end")


def _box(width: float = 60, height: float | None = 20) -> dict[str, Number]:
    box = {"x": Number(0, 420, 20), "y": Number(0, 420, 20), "width": Number(4, 420, width)}
    return box if height is None else box | {"height": Number(0, 420, height)}


# What every kind of element says of itself. The order is that of the designer's forms.
KINDS: dict[str, dict[str, Any]] = {
    "text": {
        "text": Words(300, merged=True),
        "texts": WordsByLanguage(300),
        "place": Choice(("column", "fixed"), "fixed"),
        "before": Number(0, 60, 5),
        **_box(100, 12),
        "vertical": Choice(("top", "middle", "bottom"), "top"),
        "align": Choice(ALIGNS, "centre"),
        "role": Choice(ROLES, "regular"),
        "size": Number(5, 90, 12),
        "size_alone": Number(5, 90),
        "smallest": Number(4, 60),
        "colour": Choice(TEXT_COLOURS, "ink"),
        "lines": Number(1, 6, 2, whole=True),
        "languages": Choice(("below", "beside", "main", "second"), "below"),
        "second_role": Choice(ROLES, "italic"),
        "second_size": Number(5, 60, 10),
        "second_colour": Choice(TEXT_COLOURS, "muted"),
        "tag": Choice(("P", "H1", "H2"), "P"),
        "underline": Choice(("none", "flourish"), "none"),
    },
    "signatures": {
        **_box(120, 14),
        "each": Number(25, 120, 65),
        "align": Choice((*ALIGNS, "spread"), "end"),
        "size": Number(7, 20, 11.5),
        "colour": Choice(TEXT_COLOURS, "ink"),
        "line": Choice(("accent", "ink", "primary"), "accent"),
    },
    "qr": {
        "x": Number(0, 420, 20),
        "y": Number(0, 420, 20),
        "width": Number(15, 60, 23),
        "colour": Choice(("ink", "primary"), "ink"),
    },
    "numbers": {
        **_box(74, None),
        "align": Choice(ALIGNS, "start"),
        "size": Number(6, 14, 8.8),
        "colour": Choice(TEXT_COLOURS, "ink"),
    },
    "marks": {**_box(100, 14), "align": Choice((*ALIGNS, "spread"), "centre"), "gap": Number(0, 60, 10)},
    "image": {"asset": Asset(), "alternative": Words(200), **_box(40, 20)},
    "ornament": {
        "ornament": Choice(ORNAMENTS, "rule"),
        **_box(60, 20),
        "first": Choice(tuple(COLOURS), "primary"),
        "second": Choice(tuple(COLOURS), "light"),
        "text": Words(12),
        "ring": Words(120),
    },
}
COMMON = {"shown": Choice(SHOWN, "always")}


@dataclass(frozen=True)
class Element:
    """One thing on the page; its values are complete and within bounds."""

    kind: str
    values: Mapping[str, Any]

    def __getitem__(self, name: str) -> Any:
        """One of its values."""
        return self.values[name]


def fields_of(kind: str) -> dict[str, Any]:
    """What an element of this kind says of itself."""
    return KINDS[kind] | COMMON


def new_element(kind: str, **values: Any) -> dict[str, Any]:
    """The data of an element with what is not said filled in."""
    return {"kind": kind} | {name: field.default for name, field in fields_of(kind).items()} | values
