"""Parameters brought into the shape that semantics allow. Sanitizing what was sanitized changes nothing.

    sanitizer = Sanitizer(find_semantics)
    clean = sanitizer.content(LibraryName.parse("H5P.Blanks 1.14"), params)
    clean.params, clean.libraries, clean.files

`find_semantics` gives the fields of a library, an empty tuple for one without a form, and None for one that may not be
used; content of such a type is dropped.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal
from functools import singledispatchmethod

from h5p.core.content_index import uses_of
from h5p.core.markup import clean_html, escape, plain
from h5p.core.media import clean_media
from h5p.core.metadata import METADATA
from h5p.core.names import LibraryName
from h5p.core.patterns import compile_pattern
from h5p.core.semantics import (
    BooleanField,
    Field,
    GroupField,
    LibraryField,
    ListField,
    MediaField,
    NumberField,
    SelectField,
    TextField,
)

FindSemantics = Callable[[LibraryName], tuple[Field, ...] | None]
SUB_CONTENT_ID = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}", re.ASCII)
MOST_DEPTH = 24
MOST_ITEMS = 10_000
MISSING = object()


@dataclass(frozen=True)
class Sanitized:
    """Clean parameters with what they use."""

    params: dict
    libraries: tuple[LibraryName, ...] = field(default=())
    files: tuple[str, ...] = field(default=())


class Sanitizer:
    """Sanitizes by semantics; makes no difference between who wrote what."""

    def __init__(self, find_semantics: FindSemantics):
        self.find_semantics = find_semantics

    def content(self, main: LibraryName, params: object) -> Sanitized:
        """The parameters of a whole content. Of a library that may not be used nothing is left."""
        clean = self.params(main, params, 0)
        used = uses_of(clean)
        return Sanitized(clean, (main, *(name for name in used.libraries if name != main)), used.files)

    def fields(self, fields: tuple[Field, ...], params: object) -> dict:
        """Parameters by their fields, without a library around them."""
        return self.members(fields, params, 0)

    def params(self, name: LibraryName, params: object, depth: int) -> dict:
        """The parameters of one library."""
        return self.members(self.find_semantics(name) or (), params, depth)

    def members(self, fields: tuple[Field, ...], params: object, depth: int) -> dict:
        """The values of fields side by side; what has no field goes."""
        if not isinstance(params, dict) or depth > MOST_DEPTH:
            return {}
        clean = {}
        for one in fields:
            if params.get(one.name) is not None:
                value = self.value(one, params[one.name], depth + 1)
                if value is not MISSING:
                    clean[one.name] = value
        return clean

    @singledispatchmethod
    def value(self, one: Field, value: object, depth: int) -> object:
        """The clean value of one field, or MISSING."""
        return MISSING

    @value.register
    def _(self, one: TextField, value, depth):
        if isinstance(value, bool | dict | list):
            return MISSING
        text = str(value)
        if one.regexp and text and not matches(one.regexp, text):
            return ""
        if one.is_html:
            return clean_html(text, one.tags, one.fonts, one.max_length)
        return plain(text, one.max_length)

    @value.register
    def _(self, one: NumberField, value, depth):
        return clean_number(one, value)

    @value.register
    def _(self, one: BooleanField, value, depth):
        return value is True or value in ("true", "1", 1)

    @value.register
    def _(self, one: SelectField, value, depth):
        wanted = escape(as_text(value))
        options = [option.value for option in one.options]
        found = next((option for option in options if escape(as_text(option)) == wanted), None)
        chosen = options[0] if found is None and options else found
        if chosen is None:
            return MISSING
        return escape(chosen) if isinstance(chosen, str) else chosen

    @value.register
    def _(self, one: ListField, value, depth):
        if not isinstance(value, list) or one.field is None or depth > MOST_DEPTH:
            return MISSING
        most = MOST_ITEMS if one.max is None else min(one.max, MOST_ITEMS)
        values = [self.value(one.field, item, depth + 1) for item in value if item is not None]
        return [item for item in values if item is not MISSING][:most] or MISSING

    @value.register
    def _(self, one: GroupField, value, depth):
        if one.is_collapsed:
            return self.value(one.fields[0], value, depth)
        if not isinstance(value, dict):
            return {} if value == [] else MISSING
        clean = self.members(one.fields, value, depth)
        if one.is_sub_content and is_sub_content_id(value.get("subContentId")):
            clean["subContentId"] = value["subContentId"]
        return clean

    @value.register
    def _(self, one: LibraryField, value, depth):
        name = LibraryName.parse(value.get("library")) if isinstance(value, dict) else None
        if name not in one.options or depth > MOST_DEPTH or self.find_semantics(name) is None:
            return MISSING
        clean = {"library": str(name), "params": self.params(name, value.get("params"), depth)}
        if is_sub_content_id(value.get("subContentId")):
            clean["subContentId"] = value["subContentId"]
        if isinstance(value.get("metadata"), dict):
            clean["metadata"] = self.metadata(value["metadata"])
        return clean

    @value.register
    def _(self, one: MediaField, value, depth):
        clean = clean_media(one, value)
        return MISSING if clean is None else clean

    def metadata(self, metadata: object) -> dict:
        """Title, authors and licence of a content."""
        return self.members(METADATA, metadata, 0)


def matches(regexp: tuple[str, str], text: str) -> bool:
    """Whether the text is as semantics want it; a pattern that cannot be bounded asks for nothing."""
    pattern = compile_pattern(*regexp)
    return pattern is None or pattern.matches(text)


def clean_number(one: NumberField, value: object) -> int | float:
    """A number within its bounds, on its steps or with its decimals; 0 for what is none."""
    number = as_decimal(value)
    least, most = as_decimal(one.min), as_decimal(one.max)
    if one.min is not None:
        number = max(number, least)
    if one.max is not None:
        number = min(number, most)
    if one.step:
        base = least if one.min is not None else Decimal(0)
        step = as_decimal(one.step)
        number = base + ((number - base) / step).to_integral_value(ROUND_FLOOR) * step
    elif one.decimals is not None:
        number = number.quantize(Decimal(1).scaleb(-min(one.decimals, 10)), ROUND_HALF_UP)
    return int(number) if number == number.to_integral_value() else float(number)


def as_decimal(value: object) -> Decimal:
    """A number of ordinary size, exactly as it is written; 0 for what is none."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return Decimal(0)
    try:
        number = float(value)
    except (ValueError, OverflowError):
        return Decimal(0)
    return Decimal(repr(number)) if abs(number) < 1e15 else Decimal(0)


def as_text(value: object) -> str:
    """A choice as text: true and 1 are not the same."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def is_sub_content_id(value: object) -> bool:
    """Whether it is a UUID."""
    return isinstance(value, str) and SUB_CONTENT_ID.fullmatch(value) is not None
