"""The completion certificate: A4 landscape, centred like an engraved diploma, one language or two.

Knows how a certificate looks and nothing of who earned it: `CertificateData` brings every word finished and localised.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from certificates.paper import ornament
from certificates.paper.archive import Metadata
from certificates.paper.bidi import first_strong_direction
from certificates.paper.enclosures import NOTHING, Enclosures
from certificates.paper.errors import DoesNotFit, PaperError
from certificates.paper.fonts import DEFAULT_DIRECTORIES, FontLibrary, load_fonts
from certificates.paper.qr import qr_code
from certificates.paper.sheet import Sheet
from certificates.paper.text import Block, Style, Typesetter, clean, left_to_right

BLUE, INK, GREY = "#00557F", "#14202B", "#4A5B69"
METAL, METAL_LIGHT, TINT = "#9C7A3C", "#C3A667", "#E9F1F5"
COLUMN, NAME_SIZE, NAME_SMALLEST = 640.0, 46.0, 14.0

CAPITALS = Style("medium", ("smcp",), 95)
PLAIN, ITALIC, MEDIUM, SEMIBOLD = (
    Style("regular", ("lnum",)),
    Style("italic", ("lnum",)),
    Style("medium"),
    Style("semibold"),
)
SERIAL = Style("regular", ("lnum", "tnum"), 40)


@dataclass(frozen=True)
class Wording:
    """Everything that is printed in one language."""

    language: str
    institution: str
    title: str
    presented: str
    achievement: str
    course: str
    facts: tuple[str, ...]
    number_label: str
    code_label: str
    verify_label: str
    direction: str = "ltr"


@dataclass(frozen=True)
class Signatory:
    """Who signs, with the office named once for each wording."""

    name: str
    offices: tuple[str, ...]


@dataclass(frozen=True)
class CertificateData:
    """A certificate ready to be printed; the first wording is the main one, a second stands below it, smaller."""

    name: str
    wordings: tuple[Wording, ...]
    signatories: tuple[Signatory, ...]
    number: str
    code: str
    verify_url: str
    issued_at: datetime
    monogram: str = ""
    qr_alternative: str = "QR code that leads to the verification page"
    creator: str = "Learning platform"

    def __post_init__(self):
        if not 1 <= len(self.wordings) <= 2 or not 1 <= len(self.signatories) <= 2:
            raise ValueError("A certificate has one or two wordings and one or two signatories.")
        if self.issued_at.tzinfo is None:
            raise ValueError("The moment of issue needs a time zone.")


def draw(
    data: CertificateData,
    directories: Iterable[Path | str] = DEFAULT_DIRECTORIES,
    enclosures: Enclosures = NOTHING,
) -> bytes:
    """The certificate as a PDF, the same bytes for the same data; PaperError says why it cannot be drawn."""
    return _Certificate(data, load_fonts(directories), enclosures).draw()


def check_name(name: str, directories: Iterable[Path | str] = DEFAULT_DIRECTORIES) -> None:
    """Raise the PaperError that `draw` would raise for this name; quick enough for a form."""
    if not clean(name):
        raise PaperError("A certificate needs a name to be printed on it.")
    setter = Typesetter(load_fonts(directories), direction=first_strong_direction(clean(name)))
    setter.fit(name, MEDIUM, NAME_SIZE, COLUMN, NAME_SMALLEST)


@dataclass(frozen=True)
class _Piece:
    """One text of the centred column."""

    text: str
    setter: Typesetter
    style: Style
    size: float
    smallest: float
    colour: str
    before: float
    lines: int = 1
    tag: str = "P"
    language: str = ""
    flourish: bool = False


@dataclass
class _Certificate:
    data: CertificateData
    fonts: FontLibrary
    enclosures: Enclosures = NOTHING
    sheet: Sheet = field(default_factory=Sheet)

    margin = 74.0
    top, bottom = 526.0, 149.0

    @property
    def main(self) -> Wording:
        return self.data.wordings[0]

    @property
    def centre(self) -> float:
        return self.sheet.width / 2

    @property
    def mirrored(self) -> bool:
        return self.main.direction == "rtl"

    def draw(self) -> bytes:
        name = clean(self.data.name)
        check_name(name, self.fonts.directories)
        self._ornament()
        self._column()
        self._signatures()
        self._verification()
        return self.sheet.finish(
            Metadata(
                title=f"{self.main.title} – {name}",
                author=self.main.institution,
                subject=self.main.course,
                language=self.main.language,
                moment=self.data.issued_at.astimezone(UTC),
                creator=self.data.creator,
                identifier=self.data.verify_url,
            ),
            self.enclosures,
        )

    def _ornament(self) -> None:
        sheet = self.sheet
        with sheet.artifact():
            sheet.code("q 1 j 1 J")
            ornament.watermark(sheet, self.centre, sheet.height / 2 + 24, 176, TINT)
            ornament.border(sheet, BLUE, METAL_LIGHT)
            sheet.code("Q")
            if len(self.data.signatories) < 2:
                self._seal(self.centre, 101, 35)

    def _seal(self, x: float, y: float, radius: float) -> None:
        ornament.seal(self.sheet, x, y, radius, METAL)
        if self.data.monogram:
            setter = Typesetter(self.fonts)
            block = setter.fit(
                self.data.monogram, Style("medium", (), 40), radius * 0.5, radius * 0.94, 4, lines=1
            )
            self.sheet.text(block.lines[0], x, y - block.size * 0.325, block.size, METAL, "centre")

    def _setter(self, wording: Wording) -> Typesetter:
        return Typesetter(self.fonts, wording.language, wording.direction)

    def _column(self) -> None:
        """The centred texts, their gaps stretched or tightened so that they fill the height."""
        pieces, blocks, stretch = self._composed()
        heights = [_height(block, piece) for block, piece in zip(blocks, pieces, strict=True)]
        used = sum(heights) + stretch * sum(piece.before for piece in pieces)
        y = self.top - (self.top - self.bottom - used) / 2
        for piece, block, height in zip(pieces, blocks, heights, strict=True):
            y -= piece.before * stretch
            with self.sheet.tagged(piece.tag, piece.language, actual=block.actual_text):
                self._lines(block, y, *_reach(piece), piece.colour)
            y -= height
            if piece.flourish:
                with self.sheet.artifact():
                    drop = 3 if piece.setter.direction == "rtl" else 7
                    self.sheet.code(ornament.flourish(self.centre, y - drop, 250, METAL))

    def _composed(self) -> tuple[list[_Piece], list[Block], float]:
        """The texts at the largest sizes at which all of them fit the height, and how far to stretch the gaps."""
        for scale in (1.0, 0.94, 0.88, 0.82, 0.76, 0.7):
            pieces = self._pieces(scale)
            blocks = [
                piece.setter.fit(piece.text, piece.style, piece.size, COLUMN, piece.smallest, piece.lines)
                for piece in pieces
            ]
            height = sum(_height(block, piece) for block, piece in zip(blocks, pieces, strict=True))
            stretch = (self.top - self.bottom - height) / sum(piece.before for piece in pieces)
            if stretch >= 0.6:
                return pieces, blocks, min(1.7, stretch)
        raise DoesNotFit(self.main.course)

    def _lines(self, block: Block, y: float, above: float, below: float, colour: str) -> None:
        for number, line in enumerate(block.lines):
            baseline = y - block.size * (above + number * (above + below))
            self.sheet.text(line, self.centre, baseline, block.size, colour, "centre")

    def _pieces(self, scale: float) -> list[_Piece]:
        main, *others = self.data.wordings
        setter = self._setter(main)
        bigger = scale * (1.08 if self.mirrored or not others else 1.0)
        name = Typesetter(self.fonts, main.language, first_strong_direction(clean(self.data.name)))

        def both(read, style, size, small_style, small_size, before, colour=INK, lines=1, tag="P"):
            yield _Piece(read(main), setter, style, size * bigger, size * 0.6, colour, before, lines, tag)
            for other in others:
                yield _Piece(
                    read(other), self._setter(other), small_style, small_size * scale, small_size * 0.6, GREY,
                    2.5, lines, "P", other.language,
                )  # fmt: skip

        facts = " · "
        return [
            *both(lambda words: words.institution, CAPITALS, 15.5, CAPITALS, 10, 0, BLUE, 2),
            *both(lambda words: words.title, PLAIN, 36 if others else 42, ITALIC, 15, 20, INK, 1, "H1"),
            *both(lambda words: words.presented, ITALIC, 13.5, ITALIC, 10, 19),
            _Piece(
                self.data.name,
                name,
                MEDIUM,
                NAME_SIZE * (0.9 if others else 1) * scale,
                NAME_SMALLEST,
                BLUE,
                9,
                2,
                flourish=True,
            ),
            *both(lambda words: words.achievement, ITALIC, 13.5, ITALIC, 10, 23),
            *both(lambda words: words.course, SEMIBOLD, 21, PLAIN, 12, 9, INK, 2),
            *both(lambda words: facts.join(words.facts), PLAIN, 12.5, PLAIN, 10, 10, INK, 2),
        ]

    def _signatures(self) -> None:
        """One signature at the end side, or two: in the middle and at the end."""
        width = 184.0
        end = self.margin + width / 2 if self.mirrored else self.sheet.width - self.margin - width / 2
        middle = self.centre + (-48 if self.mirrored else 48)
        places = (middle, end)[-len(self.data.signatories) :]
        for signatory, x in zip(self.data.signatories, places, strict=True):
            self._signatory(signatory, x, width)

    def _signatory(self, signatory: Signatory, x: float, width: float) -> None:
        """The line to sign on, the name, the office in each language."""
        setter = Typesetter(self.fonts, self.main.language, first_strong_direction(clean(signatory.name)))
        name = setter.fit(signatory.name, SEMIBOLD, 11.5, width, 7, lines=1)
        offices = [
            (wording, self._setter(wording).fit(office, ITALIC, 9.5, width, 6.5))
            for wording, office in zip(self.data.wordings, signatory.offices, strict=True)
        ]
        y = 104.0 + 11 * max(0, sum(len(block.lines) for _wording, block in offices) - 2)
        with self.sheet.artifact():
            self.sheet.code(ornament.rule(x - width / 2, x + width / 2, y, METAL, 0.6))
        y -= 13
        with self.sheet.tagged("P", actual=name.actual_text):
            self.sheet.text(name.lines[0], x, y, name.size, INK, "centre")
        y -= 13
        for wording, block in offices:
            with self.sheet.tagged("P", wording.language, actual=block.actual_text):
                for line in block.lines:
                    self.sheet.text(line, x, y, block.size, GREY, "centre")
                    y -= 11

    def _verification(self) -> None:
        """The QR code at the start side, beside it the numbers and the address."""
        size, y, gap, width = 66.0, 67.0, 3.0, 210.0
        left = self.sheet.width - self.margin - size if self.mirrored else self.margin
        with self.sheet.tagged(
            "Figure", alternative=self.data.qr_alternative, box=(left, y, left + size, y + size)
        ):
            self.sheet.code(qr_code(self.data.verify_url, left, y, size, INK))
        x, align = (left - gap, "right") if self.mirrored else (left + size + gap, "left")
        address = self.data.verify_url.removeprefix("https://")
        baseline = y + size - 11
        for read, value in (
            (lambda words: words.number_label, self.data.number),
            (lambda words: words.code_label, self.data.code),
            (lambda words: words.verify_label, address),
        ):
            label = " · ".join(read(words) for words in self.data.wordings)
            self._small(label, x, baseline, 7.2, GREY, align, width)
            self._small(left_to_right(value), x, baseline - 9.6, 8.8, INK, align, width, SERIAL)
            baseline -= 20.6

    def _small(self, text, x, y, size, colour, align, width, style=PLAIN) -> None:
        block = self._setter(self.main).fit(text, style, size, width, 4, lines=1)
        with self.sheet.tagged("P", actual=block.actual_text):
            self.sheet.text(block.lines[0], x, y, block.size, colour, align)


def _reach(piece: _Piece) -> tuple[float, float]:
    """Room above and below a baseline in type sizes; Arabic letters reach higher and deeper."""
    return (1.02, 0.5) if piece.setter.direction == "rtl" else (0.88, 0.25)


def _height(block: Block, piece: _Piece) -> float:
    return len(block.lines) * block.size * sum(_reach(piece))
