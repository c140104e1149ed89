"""A GIFT file as blocks: one question or one category each, with its line and its comments."""

import re
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import IncrementalNewlineDecoder

from django.utils.translation import gettext as _

from assessments.exchange.limits import MAX_COMMENTS, MAX_PARAGRAPHS, MAX_TEXT
from assessments.exchange.values import Unreadable

# A sign after a backslash stands for itself. It is hidden behind a letter that no text uses until all is taken apart.
SIGNS = dict(zip("\\~=#{}:n", "\ufdd0\ufdd1\ufdd2\ufdd3\ufdd4\ufdd5\ufdd6\ufdd7", strict=True))
SHOWN = str.maketrans({hidden: sign for sign, hidden in SIGNS.items()} | {SIGNS["n"]: "\n"})
ESCAPED = re.compile(r"\\([\\~=#{}:n])")
UNUSED = re.compile(f"[{''.join(SIGNS.values())}]")
BRACE = re.compile(r"[{}]")
CATEGORY = "$CATEGORY:"


@dataclass(frozen=True)
class Block:
    """Lines that belong together. `refusal` says why they are no question."""

    line: int
    text: str
    comments: str = ""
    refusal: str = ""


@dataclass
class Paragraph:
    """Lines between blank lines: those with words, by their number, and the comments beside them."""

    lines: list[tuple[int, str]]
    comments: list[str]

    def braces(self):
        """The braces that stand for themselves, in order."""
        return BRACE.findall("\n".join(text for _line, text in self.lines))

    @property
    def is_open(self):
        """Whether answers begin and do not end."""
        braces = self.braces()
        return bool(braces) and braces[-1] == "{"

    @property
    def begins_anew(self):
        """Whether it can only be the beginning of a question or category."""
        return bool(self.lines) and self.lines[0][1].startswith(("::", CATEGORY))


def hidden(text: str) -> str:
    """The text with its escaped signs hidden."""
    return ESCAPED.sub(lambda found: SIGNS[found.group(1)], UNUSED.sub("\ufffd", text))


def shown(text: str) -> str:
    """The text with its escaped signs as themselves."""
    return text.translate(SHOWN)


def blocks(pieces: Iterable[str]) -> Iterator[Block]:
    """The blocks of a text that comes in pieces. A blank line ends a question, unless its answers are still open."""
    coming = paragraphs(pieces)
    waiting = deque()
    while waiting or (following := next(coming, None)):
        if not waiting:
            waiting.append(following)
        count = 1
        if waiting[0].is_open:
            count = paragraphs_of_answers(waiting, coming)
        if not count:
            broken = waiting.popleft()
            reason = _("Its answers begin with { and never end with }.")
            yield Block(broken.lines[0][0], joined(broken.lines), refusal=reason)
            continue
        taken = [waiting.popleft() for _number in range(count)]
        lines = [line for paragraph in taken for line in paragraph.lines]
        yield from parts(lines, "\n".join(comment for paragraph in taken for comment in paragraph.comments))


def paragraphs_of_answers(waiting: deque[Paragraph], coming: Iterator[Paragraph]) -> int:
    """Over how many paragraphs the first goes on, whose answers are open; 0 where nothing closes them."""
    for place in range(1, MAX_PARAGRAPHS):
        if place == len(waiting):
            if (following := next(coming, None)) is None:
                return 0
            waiting.append(following)
        braces = waiting[place].braces()
        if waiting[place].begins_anew or (braces and braces[0] == "{"):
            return 0
        if braces:
            return 0 if waiting[place].is_open else place + 1
    return 0


def paragraphs(pieces: Iterable[str]) -> Iterator[Paragraph]:
    """The text cut at blank lines; comments alone are no paragraph."""
    current, length = Paragraph([], []), 0
    for number, line in enumerate(lines_of(pieces), start=1):
        words = hidden(line.strip())
        length += len(words)
        if length > MAX_TEXT:
            raise Unreadable(number, too_long())
        if words.startswith("//"):
            if len(current.comments) < MAX_COMMENTS:
                current.comments.append(words[2:])
        elif words:
            current.lines.append((number, words))
        else:
            if current.lines:
                yield current
            current, length = Paragraph([], []), 0
    if current.lines:
        yield current


def lines_of(pieces: Iterable[str]) -> Iterator[str]:
    """Lines, however their ends are written."""
    newlines = IncrementalNewlineDecoder(None, translate=True)
    rest, number = "", 1
    for piece in pieces:
        *whole, rest = (rest + newlines.decode(piece)).split("\n")
        number += len(whole)
        if len(rest) > MAX_TEXT:
            raise Unreadable(number, too_long())
        yield from whole
    yield rest + newlines.decode("", final=True)


def too_long():
    """What is said of a text without an end."""
    return _("A line or a question is longer than %(count)s letters. This is not a GIFT file.") % {
        "count": MAX_TEXT
    }


def parts(lines: list[tuple[int, str]], comments: str) -> Iterator[Block]:
    """Categories and questions of a paragraph: a category is a line; a title after closed answers begins a question."""
    current, is_open, closed = [], False, False
    for number, words in lines:
        if not is_open and (words.startswith(CATEGORY) or (closed and words.startswith("::"))):
            if current:
                yield Block(current[0][0], joined(current), comments)
            current, closed, comments = [], False, comments if not current else ""
        if not is_open and words.startswith(CATEGORY):
            yield Block(number, words)
            continue
        current.append((number, words))
        for brace in BRACE.findall(words):
            is_open, closed = brace == "{", closed or brace == "}"
    if current:
        yield Block(current[0][0], joined(current), comments)


def joined(lines):
    """Lines as one text."""
    return "\n".join(words for _line, words in lines)
