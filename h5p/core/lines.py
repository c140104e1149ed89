"""Parameters as lines of text that people read: the way to a field in the words of its form, and what stands there.

Pure: knows the semantics it is given and nothing of who asks. What semantics do not describe is left out.
"""

import html
import re
from collections.abc import Callable, Iterator
from functools import singledispatchmethod

from h5p.core.names import LibraryName
from h5p.core.semantics import (
    BooleanField,
    Field,
    GroupField,
    LibraryField,
    ListField,
    MediaField,
    SelectField,
)

FindFields = Callable[[LibraryName], tuple[Field, ...] | None]
Line = tuple[str, str]

MOST_LINES = 2000
MOST_DEPTH = 30
BETWEEN = " › "
ENDS_OF_LINES = re.compile(r"</(?:p|div|li|h[1-6]|tr)>|<br ?/?>", re.IGNORECASE)
TAGS = re.compile(r"<[^<>]{0,2000}>")


class Lines:
    """Reads parameters by the fields that `find` has for each library."""

    def __init__(self, find: FindFields):
        self.find = find

    def content(self, main: LibraryName, params: object) -> list[Line]:
        """Every line of a content, in the order of its form."""
        found = []
        for line in self.members(self.find(main) or (), params, (), 0):
            found.append(line)
            if len(found) == MOST_LINES:
                break
        return found

    def members(self, fields: tuple[Field, ...], params: object, way: tuple[str, ...], depth: int):
        """The lines of several fields."""
        if not isinstance(params, dict) or depth > MOST_DEPTH:
            return
        for one in fields:
            if params.get(one.name) is not None:
                yield from self.lines(one, params[one.name], (*way, one.label or one.name), depth)

    @singledispatchmethod
    def lines(self, one: Field, value, way: tuple[str, ...], depth: int) -> Iterator[Line]:
        """The lines of one field: by default one."""
        if words := readable(value):
            yield BETWEEN.join(way), words

    @lines.register
    def _(self, one: BooleanField, value, way, depth):
        yield BETWEEN.join(way), "✓" if value is True else "–"

    @lines.register
    def _(self, one: SelectField, value, way, depth):
        labels = {str(option.value): option.label for option in one.options}
        yield BETWEEN.join(way), labels.get(str(value), readable(value))

    @lines.register
    def _(self, one: ListField, value, way, depth):
        if one.field is None or not isinstance(value, list):
            return
        for number, item in enumerate(value, start=1):
            yield from self.lines(one.field, item, (*way, str(number)), depth + 1)

    @lines.register
    def _(self, one: GroupField, value, way, depth):
        if one.is_collapsed:
            yield from self.lines(one.fields[0], value, way, depth + 1)
        else:
            yield from self.members(one.fields, value, way, depth + 1)

    @lines.register
    def _(self, one: LibraryField, value, way, depth):
        name = LibraryName.parse(value.get("library")) if isinstance(value, dict) else None
        if name is None:
            return
        title = titled(value.get("metadata"))
        yield BETWEEN.join(way), " · ".join(filter(None, [name.machine_name, title]))
        yield from self.members(self.find(name) or (), value.get("params"), way, depth + 1)

    @lines.register
    def _(self, one: MediaField, value, way, depth):
        files = value if isinstance(value, list) else [value]
        said = [str(file["path"]) for file in files if isinstance(file, dict) and file.get("path")]
        if said:
            yield BETWEEN.join(way), "; ".join(said)


def titled(metadata: object) -> str:
    """The title that metadata give."""
    title = metadata.get("title") if isinstance(metadata, dict) else None
    return title if isinstance(title, str) else ""


def readable(value: object) -> str:
    """Text without markup; blocks end their line with a space."""
    if not isinstance(value, str | int | float):
        return ""
    said = html.unescape(TAGS.sub("", ENDS_OF_LINES.sub(" ", str(value))))
    return " ".join(said.split())
