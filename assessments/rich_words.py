"""Rich text of many questions, written out for a page in as many queries as that of one."""

import re
from collections.abc import Iterator

from django.utils.safestring import SafeString, mark_safe
from wagtail.rich_text import expand_db_html

from assessments.kinds import plain

# Stands between two texts while they are written out together; no author can type it.
BETWEEN = "\x1e"


class RichTextBatch:
    """Collects the texts of a page, and writes them all out when the first one is asked for."""

    def __init__(self):
        self._sources: list[str] = []
        self._written: list[str] | None = None

    def __call__(self, source: str) -> "RichWords":
        """Take a text in; it is written out with the others."""
        self._sources.append(source.replace(BETWEEN, ""))
        self._written = None
        return RichWords(self, len(self._sources) - 1, source)

    def written(self, place: int) -> str:
        """One of the texts as HTML."""
        if self._written is None:
            self._written = expand_db_html(BETWEEN.join(self._sources)).split(BETWEEN)
        return self._written[place]


class RichWords:
    """One text of a batch: `html` for a template, `text` on one line; false when it is empty."""

    def __init__(self, batch: RichTextBatch, place: int, source: str):
        self._batch = batch
        self._place = place
        self.source = source

    def __bool__(self):
        return bool(self.source)

    @property
    def html(self) -> SafeString:
        """As it stands in a page. It was cleaned when its author saved it."""
        return mark_safe(self._batch.written(self._place))  # noqa: S308

    @property
    def text(self) -> str:
        """Without marks and pictures, on one line."""
        return plain(self.source)

    def pieces(self, mark: re.Pattern) -> Iterator[tuple[SafeString, str]]:
        """The text cut at a mark with one group: what stands before each, and the group ("" after the last)."""
        parts = mark.split(self._batch.written(self._place))
        for before, group in zip(parts[::2], [*parts[1::2], ""], strict=True):
            yield mark_safe(before), group  # noqa: S308 - as above


def rich(source: str) -> RichWords:
    """A single text."""
    return RichTextBatch()(source)
