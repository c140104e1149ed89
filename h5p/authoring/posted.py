"""What a form sent: values by name, from ordinary fields or from the one field that scripts put them all into."""

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any
from uuid import uuid4

from h5p.authoring.names import CLOSED, DO, DRAWN, ITEM, KEY, LANGUAGE, TYPE, WHOLE
from h5p.core.bounded_json import load
from h5p.core.content_index import uses_of
from h5p.core.names import LibraryName
from h5p.core.problems import PackageRefused
from h5p.core.sanitize import MISSING

MOST_PAIRS = 200_000
MOST_ITEMS = 1000


class Posted:
    """Values by name."""

    def __init__(self, pairs: Iterable[tuple[str, str]]):
        self.values: dict[str, list[str]] = {}
        for name, value in pairs:
            self.values.setdefault(name, []).append(storable(value))
        # Items to be drawn in full, and those that begin empty.
        self.opened: set[str] = set()
        self.fresh: set[str] = set()
        # Where somebody without JavaScript asked for a change of the form itself.
        self.rearranged = self.rearrange(self.text(DO))

    @classmethod
    def read(cls, data: Mapping[str, Any]) -> "Posted":
        """What `request.POST`, or any mapping of names to texts, holds."""
        if data.get(WHOLE):
            beside = [(name, str(data.get(name, ""))) for name in (DO, LANGUAGE)]
            return cls([*read_pairs(data[WHOLE]), *beside])
        if hasattr(data, "lists"):
            return cls((name, value) for name, values in data.lists() for value in values)
        return cls((name, str(value)) for name, value in data.items())

    def text(self, name: str) -> str:
        """The text of a control, with the line ends of Unix."""
        values = self.values.get(name)
        return values[-1].replace("\r\n", "\n").replace("\r", "\n") if values else ""

    def json(self, name: str) -> Any:
        """A value that a hidden field carries, or MISSING."""
        return read_json(self.text(name))

    def types(self) -> list[LibraryName]:
        """The content types that it names, those inside what is not drawn included."""
        found: dict[LibraryName, None] = {}
        for name, values in self.values.items():
            if name.endswith((TYPE, DRAWN)):
                found |= {type_name: None for text in values if (type_name := LibraryName.parse(text))}
            elif name.endswith(CLOSED):
                found |= dict.fromkeys(uses_of(self.json(name)).libraries)
        return list(found)

    def items(self, path: str) -> list[str]:
        """The keys of a list's items, in order, each once."""
        keys = self.values.get(path + ITEM, [])
        return [key for key in dict.fromkeys(keys) if KEY.fullmatch(key)][:MOST_ITEMS]

    def rearrange(self, wanted: str) -> bool:
        """Do what a button asked for that works without JavaScript; whether it was one of them."""
        verb, _colon, path = wanted.partition(":")
        if verb not in REARRANGING:
            return False
        REARRANGING[verb](self, path)
        return True

    def add(self, path: str) -> None:
        """Put a new item at the end of the list."""
        key = uuid4().hex[:12]
        self.values.setdefault(path + ITEM, []).append(key)
        self.opened.add(f"{path}/{key}")
        self.fresh.add(f"{path}/{key}")

    def remove(self, path: str) -> None:
        """Take an item out of its list."""
        self.change_order(path, lambda keys, place: keys.pop(place))

    def up(self, path: str) -> None:
        """Put an item before the one before it."""
        self.change_order(path, lambda keys, place: keys.insert(max(place - 1, 0), keys.pop(place)))

    def down(self, path: str) -> None:
        """Put an item after the one after it."""
        self.change_order(path, lambda keys, place: keys.insert(place + 1, keys.pop(place)))

    def change_order(self, path: str, change: Callable[[list[str], int], object]) -> None:
        """Change the keys of the list that an item is in."""
        of_list, _slash, key = path.rpartition("/")
        keys = self.items(of_list)
        if key in keys:
            change(keys, keys.index(key))
            self.values[of_list + ITEM] = keys

    def open(self, path: str) -> None:
        """Draw an item in full."""
        self.opened.add(path)

    def choose(self, path: str) -> None:
        """Draw the fields of the chosen type: the part itself sees that it changed."""


REARRANGING = {
    "add": Posted.add,
    "remove": Posted.remove,
    "up": Posted.up,
    "down": Posted.down,
    "open": Posted.open,
    "choose": Posted.choose,
}


def read_json(text: str | None) -> Any:
    """The value, or MISSING for what is none that can be stored."""
    if not text:
        return MISSING
    try:
        return load(text.encode("utf-8", "surrogatepass"), "")
    except (PackageRefused, UnicodeError):
        return MISSING


def as_json(value: object) -> str:
    """The value for a hidden field."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def read_pairs(text: str) -> list[tuple[str, str]]:
    """Names with their texts, as the script put them together; what is none is passed over."""
    try:
        said = json.loads(text)
    except (ValueError, RecursionError):
        return []
    pairs = said[:MOST_PAIRS] if isinstance(said, list) else []
    return [(pair[0], pair[1]) for pair in pairs if is_pair(pair)]


def is_pair(item: object) -> bool:
    """Whether it is a name with its text."""
    return isinstance(item, list) and len(item) == 2 and all(isinstance(part, str) for part in item)


def storable(text: str) -> str:
    """Text that every database keeps: without NUL and halves of characters."""
    return text.replace("\0", "").encode("utf-8", "ignore").decode()
