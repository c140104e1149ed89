"""What a document of several pages says: every word finished and localised. Knows nothing of how it looks.

Pictures are named by their SHA-256; whoever draws the document hands them in.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

# Figures stand one below the other whatever the direction of reading: units below units.
ALIGNS = ("start", "centre", "end", "figures")


@dataclass(frozen=True)
class Run:
    """Words of one look inside a text. A line break is written as such."""

    text: str
    bold: bool = False
    italic: bool = False


Words = str | tuple[Run, ...]


def runs(words: Words) -> tuple[Run, ...]:
    """The words as runs, however they were given."""
    return (Run(words),) if isinstance(words, str) else words


def plain(words: Words) -> str:
    """The words without their looks."""
    return "".join(run.text for run in runs(words))


@dataclass(frozen=True)
class Institution:
    """One of those who give the paper, with what it does for it and its mark, if there are any."""

    name: str
    part: str = ""
    mark: str = ""


@dataclass(frozen=True)
class Heading:
    """The beginning of a section; the title of the document stands above level 1."""

    text: Words
    level: int = 1

    def __post_init__(self):
        if self.level not in (1, 2):
            raise ValueError("A heading is of level 1 or 2.")


@dataclass(frozen=True)
class Paragraph:
    """Running text."""

    text: Words
    align: str = "start"
    small: bool = False

    def __post_init__(self):
        _known(self.align, ALIGNS)


@dataclass(frozen=True)
class KeyValues:
    """Facts, each below or beside what it is, in one or two columns."""

    items: tuple[tuple[str, Words], ...]
    columns: int = 1

    def __post_init__(self):
        if self.columns not in (1, 2):
            raise ValueError("Facts stand in one or two columns.")


@dataclass(frozen=True)
class Column:
    """A column of a table. Its width is a share of what all columns have together."""

    title: Words
    width: float = 1
    align: str = "start"
    names_row: bool = False  # its cells say what their rows are about

    def __post_init__(self):
        _known(self.align, ALIGNS)
        if self.width <= 0:
            raise ValueError("A column needs a width.")


@dataclass(frozen=True)
class Row:
    """A row of a table, a cell for each column. Totals stand out and stay with the rows above."""

    cells: tuple[Words, ...]
    total: bool = False


@dataclass(frozen=True)
class RowGroup:
    """Rows that belong together, below a title of their own or below none."""

    rows: tuple[Row, ...]
    title: Words = ""


@dataclass(frozen=True)
class Table:
    """A table whose heads are repeated on each page it reaches."""

    columns: tuple[Column, ...]
    groups: tuple[RowGroup, ...]
    summary: str = ""  # what it is about, read aloud before it

    def __post_init__(self):
        if not self.columns or any(len(row.cells) != len(self.columns) for row in self.rows()):
            raise ValueError("A table has columns, and each of its rows a cell for each column.")

    def rows(self) -> Iterator[Row]:
        """All rows, whatever their group."""
        for group in self.groups:
            yield from group.rows


@dataclass(frozen=True)
class Notes:
    """What follows a sign or a term: a legend, footnotes, points. In small print, unless they are said at full size."""

    items: tuple[tuple[str, Words], ...]
    columns: int = 1
    small: bool = True

    def __post_init__(self):
        if self.columns not in (1, 2):
            raise ValueError("Notes stand in one or two columns.")


@dataclass(frozen=True)
class Rule:
    """A fine line across the page."""


@dataclass(frozen=True)
class Spacer:
    """Empty room, in millimetres."""

    height: float


@dataclass(frozen=True)
class PageBreak:
    """What follows begins on a new page."""


@dataclass(frozen=True)
class Signatory:
    """Who signs, and the picture of the signature with its alternative, if there is one."""

    name: str
    office: str
    signature: str = ""
    signature_alternative: str = ""


@dataclass(frozen=True)
class SignatureBlock:
    """Up to four who sign, side by side; it never stands on a page alone."""

    signatories: tuple[Signatory, ...]
    place_and_date: str = ""

    def __post_init__(self):
        if not 1 <= len(self.signatories) <= 4:
            raise ValueError("One to four people sign a document.")


@dataclass(frozen=True)
class Code:
    """How to verify the document: QR code, number, code and address. Nothing where there is no verification yet."""

    sentence: str = ""


Block = Heading | Paragraph | KeyValues | Table | Notes | Rule | Spacer | PageBreak | SignatureBlock | Code


@dataclass(frozen=True)
class Verification:
    """The two numbers of a document, where it can be verified, and what each is called."""

    number: str
    code: str
    url: str
    number_label: str
    code_label: str
    verify_label: str
    qr_alternative: str

    @property
    def address(self) -> str:
        """The verification page as it is printed."""
        return self.url.removeprefix("https://").removeprefix("http://").removesuffix("/")


@dataclass(frozen=True)
class Document:
    """A paper of one language and any number of pages."""

    language: str
    title: str
    institutions: tuple[Institution, ...]
    blocks: tuple[Block, ...]
    issued_at: datetime
    subtitle: str = ""
    holder: str = ""  # whom it is about: in the head of each further page
    monogram: str = ""
    direction: str = "ltr"
    dated: str = ""  # above the title of a letter: place and day, and to whom it goes
    addressee: str = ""
    look: str = "record"  # a record has a title as a diploma has; a letter has a subject
    page_label: str = "Page {page} of {pages}"
    verification: Verification | None = None
    creator: str = "Learning platform"

    def __post_init__(self):
        _known(self.direction, ("ltr", "rtl"))
        _known(self.look, ("record", "letter"))
        if not self.institutions:
            raise ValueError("A document is given by somebody.")
        if self.issued_at.tzinfo is None:
            raise ValueError("The moment of issue needs a time zone.")


def _known(value: str, options: tuple[str, ...]) -> None:
    if value not in options:
        raise ValueError(f"“{value}” is none of: {', '.join(options)}.")
