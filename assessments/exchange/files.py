"""Reading a file of either format."""

from collections.abc import Iterator
from io import SEEK_END
from pathlib import PurePath
from typing import BinaryIO

from assessments.exchange.decoding import Seekable, encoding_of, too_large
from assessments.exchange.gift import read_gift
from assessments.exchange.limits import MAX_BYTES
from assessments.exchange.moodlexml.reading import read_moodlexml
from assessments.exchange.values import Item, Unreadable
from assessments.models import ExchangeFormat

READERS = {ExchangeFormat.GIFT: read_gift, ExchangeFormat.MOODLE_XML: read_moodlexml}


def format_of(file: BinaryIO, name: str) -> ExchangeFormat:
    """The format by what the file begins with, else by its name."""
    head = file.read(1024)
    file.seek(0)
    try:
        encoding, skip = encoding_of(head, declares=True)
    except Unreadable:
        encoding, skip = "utf-8", 0
    beginning = head[skip:].decode(encoding, "replace").lstrip()
    if beginning.startswith(("<?xml", "<quiz")) or PurePath(name).suffix.lower() == ".xml":
        return ExchangeFormat.MOODLE_XML
    return ExchangeFormat.GIFT


def read_questions(file: Seekable, form: str, *, language: str) -> Iterator[Item]:
    """What the file holds, one after another. Raises Unreadable, before anything is read where it is too large."""
    if file.seekable():
        size = file.seek(0, SEEK_END)
        file.seek(0)
        if size > MAX_BYTES:
            raise Unreadable(1, too_large())
    return READERS[ExchangeFormat(form)](file, language=language)
