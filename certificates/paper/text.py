"""Sets text: any script, either direction, measured and broken into lines before anything is drawn.

Shaped lines are free of size and place, so that shrinking a name to fit is arithmetic. Every glyph carries the text it
stands for: copying, searching and reading aloud give the logical characters back.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter, deque
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import accumulate, groupby, pairwise

import uharfbuzz
from fontTools.unicodedata import script as script_of

from certificates.paper.bidi import LRM, levels, visual_order
from certificates.paper.errors import DoesNotFit, MissingGlyph
from certificates.paper.fonts import Face, FontLibrary, is_invisible
from certificates.paper.marks import PLACED_SCRIPTS, placed

ISOLATES_AND_EMBEDDINGS = dict.fromkeys([*range(0x2066, 0x206A), *range(0x202A, 0x202F), 0x00AD, 0xFEFF])
NARROW_SPACES = {0x202F: 0xA0, 0x2007: 0xA0, **dict.fromkeys([9, 10, 11, 12, 13, 0x85, 0x2028, 0x2029], 0x20)}
DIRECTION_MARKS = re.compile("[\u200e\u200f\u061c]")
ZERO_WIDTH_SPACE = "\u200b"
UNSPACED_SCRIPTS = {"Hani", "Hira", "Kana"}
CONTEXT = 8  # characters before and after a run that may shape its letters
JOINED_SCRIPTS = {"Arab", "Syrc", "Mong", "Nkoo", "Deva", "Beng"}


@dataclass(frozen=True)
class Style:
    """How a text looks, whatever its size."""

    weight: str = "regular"
    features: tuple[str, ...] = ()
    tracking: float = 0  # thousandths of the type size; joined scripts are never spaced out


@dataclass(frozen=True, slots=True)
class Glyph:
    """One glyph of a line; lengths in thousandths of the type size."""

    face: Face
    index: int
    text: str
    x: float
    y: float
    advance: float


@dataclass(frozen=True)
class Stretch:
    """Glyphs of one direction from left to right, and how far from the line's left end they begin."""

    start: float
    backwards: bool
    glyphs: tuple[Glyph, ...]


@dataclass(frozen=True)
class Line:
    """One shaped line; its stretches are in reading order, wherever they stand."""

    text: str
    stretches: tuple[Stretch, ...]
    width_per_point: float

    @property
    def runs_backwards(self) -> bool:
        """Whether any part of the line is read from right to left."""
        return any(stretch.backwards for stretch in self.stretches)

    def width(self, size: float) -> float:
        """How wide the line is at a type size."""
        return self.width_per_point * size


@dataclass(frozen=True)
class Block:
    """Lines at the size at which they fit."""

    lines: tuple[Line, ...]
    size: float

    @property
    def actual_text(self) -> str:
        """The logical text, where glyphs from left to right do not give it: right-to-left and mixed lines."""
        needed = any(line.runs_backwards for line in self.lines)
        return (
            DIRECTION_MARKS.sub("", " ".join(line.text.strip(" ") for line in self.lines)) if needed else ""
        )


@dataclass(frozen=True)
class Run:
    """Neighbouring characters of one level, script, style and font."""

    start: int
    end: int
    level: int
    script: str
    style: Style
    face: Face


@dataclass(frozen=True)
class Passage:
    """A text of any length on its way to the page, and what each of its characters is; lines are taken from it."""

    text: str
    styles: tuple[Style, ...]
    levels: tuple[int, ...]
    scripts: tuple[str, ...]


@dataclass(frozen=True)
class Typesetter:
    """Shapes text of one language with the fonts of one library."""

    fonts: FontLibrary
    language: str = "en"
    direction: str = "ltr"

    def line(self, text: str, style: Style = Style()) -> Line:
        """The whole text on one line."""
        passage = self.passage(((text, style),))
        return self.line_of(passage, 0, len(passage.text))

    def passage(self, pieces: Iterable[tuple[str, Style]]) -> Passage:
        """A text whose pieces may differ in style, ready to be broken into lines."""
        text, styles = clean_pieces(pieces)
        default = "Arab" if self.direction == "rtl" else "Latn"
        return Passage(text, styles, tuple(levels(text, self.direction)), tuple(_scripts(text, default)))

    def line_of(self, passage: Passage, start: int, end: int) -> Line:
        """The characters of a passage from `start` to before `end`, on one line."""
        text = passage.text
        groups = [
            list(group)
            for _level, group in groupby(self._runs(passage, start, end), key=lambda run: run.level)
        ]
        shaped = [self._shape_group(text, group) for group in groups]
        order = visual_order(list(range(len(groups))), [group[0].level for group in groups])
        starts, pen = {}, 0.0
        for index in order:
            starts[index] = pen
            pen += sum(glyph.advance for glyph in shaped[index])
        stretches = tuple(
            Stretch(starts[index], group[0].level % 2 == 1, tuple(glyphs))
            for index, (group, glyphs) in enumerate(zip(groups, shaped, strict=True))
        )
        return Line(text[start:end], stretches, pen / 1000)

    def fit(
        self, text: str, style: Style, size: float, width: float, smallest: float, lines: int = 2
    ) -> Block:
        """The text at `size` if it fits, else a little smaller, else on more lines, else a refusal.

        Each further line is tried only when the text would shrink below four fifths of its size.
        """
        text = clean(text)
        largest = None
        for count in range(1, lines + 1):
            block = self._fit_on(count, text, style, size, width)
            if block and (largest is None or block.size > largest.size):
                largest = block
            if largest and largest.size >= max(smallest, size * 0.8):
                return largest
        if largest and largest.size >= smallest:
            return largest
        raise DoesNotFit(text)

    def _fit_on(self, count: int, text: str, style: Style, size: float, width: float) -> Block | None:
        broken = _broken(self, text, style, count)
        if broken is None:
            return None
        widest = max(line.width_per_point for line in broken)
        return Block(broken, min(size, math.floor(width / widest * 20) / 20) if widest else size)

    def _runs(self, passage: Passage, start: int, end: int) -> list[Run]:
        """Stretches of one direction, script, style and font, in logical order."""
        text, cells = passage.text, []
        for first, after in clusters(text[start:end]):
            first, after = first + start, after + start
            script, style = passage.scripts[first], passage.styles[first]
            face = self.fonts.face_for(text[first:after], style.weight, script, text)
            cells.append(Run(first, after, passage.levels[first], script, style, face))
        runs = []
        for _key, group in groupby(
            cells, key=lambda cell: (cell.level, cell.script, cell.style, cell.face.key)
        ):
            same = list(group)
            runs.append(replace(same[0], end=same[-1].end))
        return runs

    def _shape_group(self, text: str, group: list[Run]) -> list[Glyph]:
        """The glyphs of neighbouring runs of one level, from left to right."""
        ordered = reversed(group) if group[0].level % 2 else group
        return [glyph for run in ordered for glyph in self._shape(text, run)]

    def _shape(self, text: str, run: Run) -> list[Glyph]:
        backwards, style = run.level % 2 == 1, run.style
        tracking = 0 if run.script in JOINED_SCRIPTS else style.tracking
        buffer, offset = self._buffer(text, run), run.start - _before(run)
        features = {"kern": True, "liga": not tracking, "clig": not tracking, "dlig": False}
        uharfbuzz.shape(run.face.hb_font, buffer, features | dict.fromkeys(style.features, True))
        places = [info.cluster + offset for info in buffer.glyph_infos]
        meanings = _meanings(text, run, places, backwards)
        scale, glyphs = run.face.scale, []
        moved = placed(text, buffer, offset, run.face.hb_font) if run.script in PLACED_SCRIPTS else {}
        shaped = zip(buffer.glyph_infos, buffer.glyph_positions, meanings, strict=True)
        for index, (info, place, meaning) in enumerate(shaped):
            if info.codepoint == 0:
                raise MissingGlyph(text[info.cluster + offset], text)
            advance = place.x_advance * scale + (tracking if place.x_advance else 0)
            x, y = moved.get(index, (place.x_offset, place.y_offset))
            glyphs.append(Glyph(run.face, info.codepoint, meaning, x * scale, y * scale, advance))
        return glyphs

    def _buffer(self, text: str, run: Run) -> uharfbuzz.Buffer:
        buffer = uharfbuzz.Buffer()
        buffer.cluster_level = uharfbuzz.BufferClusterLevel.MONOTONE_CHARACTERS
        buffer.flags = uharfbuzz.BufferFlags.REMOVE_DEFAULT_IGNORABLES
        near = text[run.start - _before(run) : run.end + CONTEXT]
        buffer.add_codepoints([ord(character) for character in near], _before(run), run.end - run.start)
        buffer.direction = "rtl" if run.level % 2 else "ltr"
        buffer.script = run.script
        buffer.language = self.language
        return buffer


def _before(run: Run) -> int:
    return min(CONTEXT, run.start)


@lru_cache(maxsize=512)
def _broken(setter: Typesetter, text: str, style: Style, count: int) -> tuple[Line, ...] | None:
    """The text on exactly `count` lines as even as they can be, or None if it has too few places to break.

    Remembered, since most words of a certificate are the same for everyone who gets one.
    """
    if count == 1:
        return (setter.line(text, style),)
    places = _break_places(text)
    if len(places) < count - 1:
        return None
    pieces = [text[start:end] for start, end in pairwise([0, *places, len(text)])]
    reached = list(accumulate(setter.line(piece, style).width_per_point for piece in pieces))
    aim = reached[-1] / count
    place = min(zip(reached, places, strict=False), key=lambda at: abs(at[0] - aim))[1]
    rest = _broken(setter, text[place:].strip(" "), style, count - 1)
    return rest and (setter.line(text[:place], style), *rest)


def clean(text: str) -> str:
    """The text as it can be set: composed, without isolates, embeddings and line breaks, single spaces."""
    text = unicodedata.normalize("NFC", text).translate(ISOLATES_AND_EMBEDDINGS | NARROW_SPACES)
    return re.sub(" {2,}", " ", text).strip(" ")


def clean_pieces(pieces: Iterable[tuple[str, Style]]) -> tuple[str, tuple[Style, ...]]:
    """The pieces as one clean text, and the style of each of its characters."""
    text, styles = "", []
    for piece, style in pieces:
        piece = unicodedata.normalize("NFC", piece).translate(ISOLATES_AND_EMBEDDINGS | NARROW_SPACES)
        piece = re.sub(" {2,}", " ", piece)
        if not text or text.endswith(" "):
            piece = piece.lstrip(" ")
        text += piece
        styles += [style] * len(piece)
    text = text.rstrip(" ")
    return text, tuple(styles[: len(text)])


def left_to_right(text: str) -> str:
    """A serial number, address or Latin abbreviation that keeps its order inside right-to-left text."""
    return f"{LRM}{text}{LRM}"


def _scripts(text: str, default: str) -> list[str]:
    """The script of every character; marks, digits and punctuation take that of their neighbours."""
    found: list[str | None] = []
    current = None
    for character in text:
        own = script_of(character)
        if character == LRM:
            current = "Latn"
        elif unicodedata.category(character) in {"Ps", "Pi"}:
            current = None
        elif own not in {"Zyyy", "Zinh", "Zzzz"}:
            current = own
        plain = current in UNSPACED_SCRIPTS and character.isascii()
        found.append("Latn" if plain else current)
    following = None
    for index in reversed(range(len(found))):
        following = found[index] = found[index] or following
    # Only what stands after the last letter is still without a script.
    last = next((script for script in reversed(found) if script), default)
    resolved = [script or last for script in found]
    # Figures and Latin signs look alike before and after ideographs.
    return [
        "Latn" if script in UNSPACED_SCRIPTS and character.isascii() else script
        for script, character in zip(resolved, text, strict=True)
    ]


def clusters(text: str) -> list[tuple[int, int]]:
    """Each base character with the marks and joiners that belong to it: they must share a font."""
    starts = [
        index
        for index, character in enumerate(text)
        if index == 0
        or not (unicodedata.category(character) in {"Mn", "Me", "Mc"} or is_invisible(character))
    ]
    return list(zip(starts, [*starts[1:], len(text)], strict=False))


def _meanings(text: str, run: Run, clusters: list[int], backwards: bool) -> list[str]:
    """For each glyph the text it stands for.

    Where a font draws one cluster with several glyphs, its characters are dealt out to them in reading order; a
    glyph left over (a dot that is part of a letter) stands for a zero-width space, since an archive lets no glyph
    mean nothing.
    """
    starts = sorted(set(clusters))
    ends = dict(zip(starts, [*starts[1:], run.end], strict=True))
    left = {start: deque(DIRECTION_MARKS.sub("", text[start : ends[start]])) for start in starts}
    still = Counter(clusters)
    meanings = []
    for cluster in reversed(clusters) if backwards else clusters:
        still[cluster] -= 1
        characters = left[cluster]
        taken = [
            characters.popleft() for _each in range(1 if still[cluster] else len(characters)) if characters
        ]
        meanings.append("".join(taken) or ZERO_WIDTH_SPACE)
    return meanings[::-1] if backwards else meanings


def _break_places(text: str) -> list[int]:
    """Where a line may end: after a space, and between characters of scripts written without spaces."""
    places = []
    for index in range(1, len(text)):
        after_space = text[index - 1] == " "
        ideographs = {script_of(text[index - 1]), script_of(text[index])} <= UNSPACED_SCRIPTS
        if after_space or ideographs:
            places.append(index)
    return places
