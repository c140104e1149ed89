"""What is read from a file: questions, categories, and what was not understood with its reason."""

from dataclasses import dataclass, field
from decimal import Decimal


@dataclass(frozen=True)
class ReadFile:
    """A file that came inside the file, known by the SHA-1 of its bytes, as the site knows its images."""

    name: str
    data: bytes = field(repr=False)
    sha1: str


@dataclass(frozen=True)
class ReadPart:
    """One question of a case: the key of the question and what it is worth."""

    key: str
    points: str


@dataclass(frozen=True)
class Origin:
    """What only a file this site wrote says of a question."""

    key: str
    difficulty: int | None = None
    outcome: str = ""
    # The lesson that teaches it: the key its translations share, and the language.
    lesson: tuple[str, str] | None = None
    image: str = ""
    parts: tuple[ReadPart, ...] = ()


@dataclass(frozen=True)
class ReadQuestion:
    """A question as the file states it. `content` has the shape of a question's content; nothing is saved yet."""

    line: int
    name: str
    content: dict
    category: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    points: Decimal = Decimal(1)
    id_number: str = ""
    files: tuple[ReadFile, ...] = ()
    notes: tuple[str, ...] = ()
    origin: Origin | None = None


@dataclass(frozen=True)
class ReadCategory:
    """From here on questions belong to this category, the outermost name first."""

    line: int
    path: tuple[str, ...]


@dataclass(frozen=True)
class Skipped:
    """What does not come in, and why."""

    line: int
    name: str
    reason: str


class Unreadable(Exception):
    """The file cannot be read at all: from which line, and why."""

    def __init__(self, line, reason):
        super().__init__(reason)
        self.line, self.reason = line, reason


class NotUnderstood(Exception):
    """One question is not understood; the message says why."""


Item = ReadQuestion | ReadCategory | Skipped
