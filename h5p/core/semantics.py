"""The form of a content type: semantics.json as typed fields. Knows no values; `sanitize` and forms read it."""

import math
from collections.abc import Iterator
from dataclasses import dataclass, field

from h5p.core.names import LibraryName
from h5p.core.visibility import ShowWhen, read_show_when

MOST_FIELDS = 3000
MEDIA_TYPES = ("file", "image", "video", "audio")


class SemanticsInvalid(Exception):
    """semantics.json does not describe a form; the message names the field."""


@dataclass(frozen=True)
class Field:
    """What all fields have. `raw` is all that semantics.json said of it."""

    name: str
    type: str
    label: str = ""
    description: str = ""
    importance: str = "high"
    optional: bool = False
    default: object = None
    widget: str = ""
    # Words of the interface, the same in all content of a type; editors keep them together.
    common: bool = False
    show_when: ShowWhen | None = None
    raw: dict = field(default_factory=dict, compare=False, hash=False)


@dataclass(frozen=True)
class TextField(Field):
    """Text. `tags` is None for plain text, and the HTML elements that are allowed otherwise."""

    max_length: int | None = None
    tags: tuple[str, ...] | None = None
    regexp: tuple[str, str] | None = None
    enter_mode: str = "div"
    fonts: frozenset[str] = frozenset()
    placeholder: str = ""

    @property
    def is_html(self) -> bool:
        """Whether it holds HTML."""
        return self.tags is not None


@dataclass(frozen=True)
class NumberField(Field):
    """A number. `decimals` 0 means whole numbers."""

    min: float | None = None
    max: float | None = None
    step: float | None = None
    decimals: int | None = None


@dataclass(frozen=True)
class BooleanField(Field):
    """Yes or no."""


@dataclass(frozen=True)
class Option:
    """One choice of a select; `group` is the heading it stands under."""

    value: object
    label: str
    group: str = ""


@dataclass(frozen=True)
class SelectField(Field):
    """One of several."""

    options: tuple[Option, ...] = ()


@dataclass(frozen=True)
class ListField(Field):
    """Several values of one kind of field."""

    field: Field | None = None
    min: int | None = None
    max: int | None = None
    entity: str = ""


@dataclass(frozen=True)
class GroupField(Field):
    """Fields that belong together."""

    fields: tuple[Field, ...] = ()
    is_sub_content: bool = False
    expanded: bool = False

    @property
    def is_collapsed(self) -> bool:
        """Whether its only field's value is stored in its place."""
        return len(self.fields) == 1 and not self.is_sub_content


@dataclass(frozen=True)
class LibraryField(Field):
    """Content of another type inside this one."""

    options: tuple[LibraryName, ...] = ()


@dataclass(frozen=True)
class MediaField(Field):
    """A file, image, video or audio. Videos and audios hold a list of sources, the others one object."""

    extra_attributes: tuple[str, ...] = ()

    @property
    def is_list(self) -> bool:
        """Whether the value is a list of sources."""
        return self.type in ("video", "audio")


def parse_semantics(raw: object) -> tuple[Field, ...]:
    """The fields, or SemanticsInvalid. Fields of types that nobody knows are left out."""
    return Parser().fields(raw, "")


def all_fields(fields: tuple[Field, ...]) -> Iterator[Field]:
    """Every field, those inside groups and lists included."""
    for one in fields:
        yield one
        if isinstance(one, GroupField):
            yield from all_fields(one.fields)
        elif isinstance(one, ListField) and one.field:
            yield from all_fields((one.field,))


class Parser:
    """Reads fields and counts them."""

    def __init__(self):
        self.count = 0

    def fields(self, raw: object, where: str) -> tuple[Field, ...]:
        """A list of fields with different names."""
        if not isinstance(raw, list):
            raise SemanticsInvalid(f"{where or 'semantics'} is no list of fields")
        parsed = [one for number, item in enumerate(raw) if (one := self.field(item, f"{where}[{number}]"))]
        names = [one.name for one in parsed]
        if len(set(names)) != len(names):
            raise SemanticsInvalid(f"two fields of {where or 'semantics'} have the same name")
        return tuple(parsed)

    def field(self, raw: object, where: str) -> Field | None:
        """One field, by its type."""
        self.count += 1
        if self.count > MOST_FIELDS:
            raise SemanticsInvalid(f"more than {MOST_FIELDS} fields")
        if not isinstance(raw, dict) or not text(raw.get("name")) or not text(raw.get("type")):
            raise SemanticsInvalid(f"the field {where} has no name or no type")
        make = getattr(self, f"make_{raw['type']}", None) if raw["type"] in TYPES else None
        return make(raw, common_values(raw), f"{where}.{raw['name']}") if make else None

    def make_text(self, raw, values, where):
        """Plain text, or HTML."""
        tags = raw.get("tags")
        is_html = isinstance(tags, list) or values["widget"] == "html"
        return TextField(
            **values,
            max_length=whole(raw.get("maxLength")),
            tags=tuple(tag.lower() for tag in tags or () if isinstance(tag, str)) if is_html else None,
            regexp=read_regexp(raw.get("regexp")),
            enter_mode=text(raw.get("enterMode")) or "div",
            fonts=read_fonts(raw.get("font")),
            placeholder=text(raw.get("placeholder")),
        )

    def make_number(self, raw, values, where):
        """A number."""
        return NumberField(
            **values,
            min=real(raw.get("min")),
            max=real(raw.get("max")),
            step=positive(real(raw.get("step"))),
            decimals=whole(raw.get("decimals")),
        )

    def make_boolean(self, raw, values, where):
        """Yes or no."""
        return BooleanField(**values)

    def make_select(self, raw, values, where):
        """One of several; optgroups are flattened."""
        return SelectField(**values, options=tuple(read_options(raw.get("options"), where)))

    def make_list(self, raw, values, where):
        """A list of the field that it describes."""
        inner = raw.get("field")
        named = {"name": values["name"], **inner} if isinstance(inner, dict) else inner
        return ListField(
            **values,
            field=self.field(named, where),
            min=whole(raw.get("min")),
            max=whole(raw.get("max")),
            entity=text(raw.get("entity")),
        )

    def make_group(self, raw, values, where):
        """A group with its fields."""
        return GroupField(
            **values,
            fields=self.fields(raw.get("fields"), where),
            is_sub_content=raw.get("isSubContent") is True,
            expanded=raw.get("expanded") is True,
        )

    def make_library(self, raw, values, where):
        """The content types that may stand here, in the order of the semantics."""
        options = raw.get("options") or []
        if not isinstance(options, list):
            raise SemanticsInvalid(f"the options of {where} are no list")
        names = [LibraryName.parse(item.get("name") if isinstance(item, dict) else item) for item in options]
        return LibraryField(**values, options=tuple(name for name in names if name))

    def make_media(self, raw, values, where):
        """A file or several sources of one."""
        extra = raw.get("extraAttributes") or []
        names = tuple(key for key in extra if isinstance(key, str)) if isinstance(extra, list) else ()
        return MediaField(**values, extra_attributes=names)

    make_file = make_image = make_video = make_audio = make_media


TYPES = {"text", "number", "boolean", "select", "list", "group", "library", *MEDIA_TYPES}


def common_values(raw: dict) -> dict:
    """What all fields have."""
    return {
        "name": raw["name"],
        "type": raw["type"],
        "label": text(raw.get("label")),
        "description": text(raw.get("description")),
        "importance": text(raw.get("importance")) or "high",
        "optional": raw.get("optional") is True,
        "default": raw.get("default"),
        "widget": text(raw.get("widget")),
        "common": raw.get("common") is True,
        "show_when": read_show_when(raw),
        "raw": raw,
    }


def read_options(raw: object, where: str) -> Iterator[Option]:
    """The choices, those inside optgroups included."""
    for item in raw if isinstance(raw, list) else []:
        if not isinstance(item, dict):
            raise SemanticsInvalid(f"an option of {where} is no object")
        if item.get("type") == "optgroup":
            for option in read_options(item.get("options"), where):
                yield Option(option.value, option.label, text(item.get("label")))
        elif isinstance(item.get("value"), str | int | float):
            yield Option(item["value"], text(item.get("label")) or str(item["value"]))


def read_regexp(raw: object) -> tuple[str, str] | None:
    """Pattern and modifiers."""
    if not isinstance(raw, dict) or not text(raw.get("pattern")):
        return None
    return raw["pattern"], text(raw.get("modifiers"))


def read_fonts(raw: object) -> frozenset[str]:
    """Which properties of type an author may set: size, family, color, background, spacing, height."""
    return frozenset(key for key, value in raw.items() if value) if isinstance(raw, dict) else frozenset()


def text(value: object) -> str:
    """Text, or nothing."""
    return value if isinstance(value, str) else ""


def real(value: object) -> float | None:
    """A number, or None."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        number = float(value)
    except (ValueError, OverflowError):
        return None
    return number if math.isfinite(number) else None


def positive(value: float | None) -> float | None:
    """A number above zero, or None."""
    return value if value and value > 0 else None


def whole(value: object) -> int | None:
    """A whole number from zero up, or None."""
    number = real(value)
    return int(number) if number is not None and 0 <= number < 2**31 else None
