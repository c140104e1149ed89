"""Running text of several looks, broken into lines that fit a width."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from fontTools.unicodedata import script as script_of

from certificates.paper.bidi import first_strong_direction
from certificates.paper.documents.content import Words, runs
from certificates.paper.errors import DoesNotFit
from certificates.paper.fonts import FontLibrary
from certificates.paper.text import (
    DIRECTION_MARKS,
    UNSPACED_SCRIPTS,
    Line,
    Passage,
    Style,
    Typesetter,
    clusters,
    left_to_right,
)

NEVER_FIRST = set("、。，．：；？！）》」』】〕〉”’…％,.;:?!)]}»")
NEVER_LAST = set("（《「『【〔〈“‘([{«")
# What keeps its order inside right-to-left text: numbers with hyphens, addresses, grades such as B+.
LATIN_TOKEN = re.compile(
    r"(?:[A-Za-z]+\.){2,}|[A-Za-z0-9]+(?:[-./:@_+][A-Za-z0-9]+)+|(?<![A-Za-z])[A-F][+-](?![A-Za-z0-9])"
)
# Room for a line, and for what reaches above and below its baseline, in type sizes.
TALL = (1.62, 0.98, 0.48)
WIDE = (1.42, 0.9, 0.2)
PLAIN = (1.29, 0.8, 0.24)
# From this share of a line on, it is measured as a whole.
NEARLY_FULL = 0.75


@dataclass(frozen=True)
class Look:
    """How a text looks where nothing in it is set apart."""

    size: float
    colour: str = "#14202B"
    weight: str = "regular"
    features: tuple[str, ...] = ("lnum",)
    tracking: float = 0

    def style(self, bold: bool, italic: bool) -> Style:
        """The style of a run."""
        heavy = bold or self.weight == "semibold"
        slanted = italic or self.weight == "italic"
        weight = {(True, True): "semibold_italic", (True, False): "semibold", (False, True): "italic"}.get(
            (heavy, slanted), self.weight
        )
        return Style(weight, self.features, self.tracking)


@dataclass(frozen=True)
class Setting:
    """A text broken into lines, at its size and in its colour."""

    lines: tuple[Line, ...]
    look: Look
    room: tuple[float, float, float]
    actual: str = ""

    @property
    def leading(self) -> float:
        """From one baseline to the next."""
        return self.room[0] * self.look.size

    @property
    def height(self) -> float:
        """The room of all lines."""
        return len(self.lines) * self.leading

    @property
    def first(self) -> float:
        """From the top to the first baseline."""
        whole, above, below = self.room
        return ((whole - above - below) / 2 + above) * self.look.size


@dataclass(frozen=True)
class Scribe:
    """Sets the texts of one document."""

    fonts: FontLibrary
    language: str
    direction: str

    def set(self, words: Words, look: Look, width: float) -> Setting:
        """The words in lines no wider than this. Raises PaperError."""
        lines: list[Line] = []
        scripts = (
            {"Arab"} if self.direction == "rtl" else {"Hani"} if self.language.startswith("zh") else set()
        )
        for paragraph in _paragraphs(words):
            direction = _direction("".join(run for run, _bold, _italic in paragraph), self.direction)
            setter = Typesetter(self.fonts, self.language, direction)
            pieces = [(_ordered(run, direction), look.style(bold, italic)) for run, bold, italic in paragraph]
            passage = setter.passage(pieces)
            scripts |= set(passage.scripts)
            lines += [
                setter.line_of(passage, start, end)
                for start, end in _broken(setter, passage, width / look.size)
            ]
        room = TALL if scripts & {"Arab", "Syrc", "Deva", "Thai"} else PLAIN
        room = WIDE if room is PLAIN and scripts & UNSPACED_SCRIPTS else room
        backwards = any(line.runs_backwards for line in lines)
        said = " ".join(line.text.strip(" ") for line in lines) if backwards else ""
        return Setting(tuple(lines), look, room, DIRECTION_MARKS.sub("", said))

    def set_evenly(self, words: Words, look: Look, width: float) -> Setting:
        """The words in as few lines, all about as wide: for titles and names. Raises PaperError."""
        widest = self.set(words, look, width)
        narrow, wide = width / max(1, len(widest.lines)), width
        while len(widest.lines) > 1 and wide - narrow > 4:
            middle = (narrow + wide) / 2
            tried = self.set(words, look, middle)
            if len(tried.lines) > len(widest.lines):
                narrow = middle
            else:
                wide, widest = middle, tried
        return widest

    def on_one_line(self, words: Words, look: Look, width: float, smallest: float = 5) -> Setting:
        """The words on one line, smaller where they are too long. Raises PaperError."""
        size = look.size
        while size >= smallest:
            setting = self.set(
                words, Look(size, look.colour, look.weight, look.features, look.tracking), width
            )
            if len(setting.lines) <= 1:
                return setting
            size -= 0.5
        raise DoesNotFit("".join(run.text for run in runs(words)))


def _direction(text: str, usual: str) -> str:
    """The direction of a paragraph: its own where all its letters have one, else that of the document."""
    found = {unicodedata.bidirectional(character) for character in text}
    if found & {"L"} and found & {"R", "AL"}:
        return usual
    return first_strong_direction(text) if found & {"L", "R", "AL"} else usual


def _ordered(text: str, direction: str) -> str:
    """The text with what reads from left to right protected inside right-to-left text."""
    if direction != "rtl":
        return text
    return LATIN_TOKEN.sub(lambda found: left_to_right(found[0]), text)


def _paragraphs(words: Words) -> Iterator[list[tuple[str, bool, bool]]]:
    """What stands between written line breaks."""
    current: list[tuple[str, bool, bool]] = []
    for run in runs(words):
        first, *others = run.text.split("\n")
        current.append((first, run.bold, run.italic))
        for text in others:
            yield current
            current = [(text, run.bold, run.italic)]
    yield current


def _broken(setter: Typesetter, passage: Passage, width: float) -> Iterator[tuple[int, int]]:
    """Where lines begin and end, each as full as it can be; width in type sizes."""
    text, start, reached, end = passage.text, 0, 0.0, 0
    for first, after in _pieces(setter, passage, width):
        shown = len(text[first:after].rstrip(" "))
        would_reach = reached + setter.line_of(passage, first, first + shown).width_per_point
        if would_reach > NEARLY_FULL * width:
            # Letters that join (lam and alef) are not as wide as their sum.
            would_reach = setter.line_of(passage, start, first + shown).width_per_point
        if first > start and would_reach > width + 0.001:
            yield start, end
            start, reached = first, 0.0
        end = first + shown
        reached += setter.line_of(passage, first, after).width_per_point
    yield start, end


def _pieces(setter: Typesetter, passage: Passage, width: float) -> Iterator[tuple[int, int]]:
    """What is never broken, with the spaces after it; what is wider than a line is broken all the same."""
    text = passage.text
    for first, after in pairwise([0, *_places(text), len(text)]):
        shown = text[first:after].rstrip(" ")
        if setter.line_of(passage, first, first + len(shown)).width_per_point <= width:
            yield first, after
        else:
            yield from ((first + start, first + end) for start, end in clusters(text[first:after]))


def _places(text: str) -> list[int]:
    """Where a line may end."""
    return [index for index in range(1, len(text)) if _may_break(text[index - 1], text[index])]


def _may_break(before: str, after: str) -> bool:
    if after == " " or after in NEVER_FIRST or before in NEVER_LAST:
        return False
    if before == " ":
        return True
    if before in "-–—/" and after.isalpha():
        return True
    unspaced = UNSPACED_SCRIPTS | {"Hang"}
    near = [script_of(before) in unspaced, script_of(after) in unspaced]
    return all(near) or (near[1] and before in NEVER_FIRST) or (near[0] and after in NEVER_LAST)
