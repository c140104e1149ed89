"""Fields with fields inside: groups, lists, and parts of another content type."""

import uuid
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from h5p.authoring.names import CLOSED, REST
from h5p.authoring.nodes.base import Node, readable
from h5p.authoring.posted import as_json
from h5p.core.sanitize import MISSING, is_sub_content_id
from h5p.core.semantics import Field, GroupField

# Groups of settings are closed at first; those that only hold words of the interface too.
SETTINGS = {"behaviour", "behavior", "behaviourSettings"}


class Fields(Node):
    """Fields side by side: those of a content type, or of a group. What has no field stays as it came."""

    template = "h5p/authoring/fields.html"
    kind = "fields"

    def __init__(self, field, place, around, parent=None, *, build):
        super().__init__(field, place, around, parent)
        self.build = build
        self.parts = [build(one, place.step(one.name), around, self) for one in field.fields]
        self.rest: dict = {}

    @property
    def children(self):
        """The fields."""
        return self.parts

    def fill(self, value, *, fresh=False):
        """Give each field its value."""
        values = value if isinstance(value, dict) else {}
        for part in self.parts:
            part.fill(values.get(part.field.name, MISSING), fresh=fresh)
        self.rest = self.others(values)

    def take(self, posted):
        """Take each field, and the rest as it was."""
        for part in self.parts:
            part.take(posted)
        rest = posted.json(self.name + REST)
        self.rest = self.others(rest) if isinstance(rest, dict) else {}

    def others(self, values: dict) -> dict:
        """What has no field."""
        names = {part.field.name for part in self.parts}
        return {key: value for key, value in values.items() if key not in names}

    @property
    def value(self):
        """An object. What is hidden keeps its value, unless the type wants it emptied."""
        found = {part.field.name: stored(part) for part in self.parts}
        return {name: value for name, value in found.items() if value is not MISSING} | self.rest

    @property
    def carried(self) -> str:
        """The rest for its hidden field."""
        return as_json(self.rest) if self.rest else ""

    @property
    def main(self) -> list[Node]:
        """The fields that make the content."""
        return self.parts

    @property
    def summary(self):
        """The first words in it."""
        return first_words(self.main)


class TypeFields(Fields):
    """All fields of a content type. How it behaves and what its buttons say stand in two parts that open."""

    @property
    def main(self):
        """The fields that make the content."""
        return [part for part in self.parts if not is_setting(part.field) and not is_wording(part.field)]

    @property
    def asides(self) -> list[tuple[str, str, list[Node], bool]]:
        """Settings and texts: key, heading, fields, whether it is open."""
        settings = [part for part in self.parts if is_setting(part.field) and not is_wording(part.field)]
        wordings = [part for part in self.parts if is_wording(part.field)]
        found = [("settings", _("Settings"), settings), ("texts", _("Texts of the interface"), wordings)]
        return [(key, name, parts, any(p.has_problems for p in parts)) for key, name, parts in found if parts]


class Group(Fields):
    """A group of fields. One with a single field is stored as that field's value."""

    template = "h5p/authoring/group.html"
    kind = "group"

    @property
    def is_collapsed(self) -> bool:
        """Whether its only field stands for it."""
        return self.field.is_collapsed

    def fill(self, value, *, fresh=False):
        """Give the fields their values; a part of content gets its own identifier."""
        if self.is_collapsed:
            self.parts[0].fill(value, fresh=fresh)
            return
        super().fill(value, fresh=fresh)
        if self.field.is_sub_content and not is_sub_content_id(self.rest.get("subContentId")):
            self.rest["subContentId"] = str(uuid.uuid4())

    @property
    def value(self):
        """An object, or the value of the only field."""
        return stored(self.parts[0]) if self.is_collapsed else super().value

    @property
    def compared(self):
        """The only field's value."""
        return self.parts[0].compared if self.is_collapsed else None

    @property
    def is_open(self) -> bool:
        """Whether its fields are seen at first."""
        quiet = self.field.optional or self.field.importance == "low"
        return self.field.expanded or self.has_problems or not quiet


class Item:
    """An item of a list. `raw` is its value as long as it is closed: then it is not drawn, and travels in one field."""

    def __init__(self, key: str, node: Node):
        self.key = key
        self.node = node
        self.raw: Any = MISSING
        self.number = 0

    @property
    def is_closed(self) -> bool:
        """Whether it is not drawn. What has problems is."""
        return self.raw is not MISSING and not self.node.has_problems

    @property
    def value(self):
        """As it came while nobody has opened it."""
        return self.node.value if self.raw is MISSING else self.raw

    @property
    def carried(self) -> str:
        """All of it for its hidden field."""
        return as_json(self.raw)


class ListOf(Node):
    """Items of one kind."""

    template = "h5p/authoring/list.html"
    kind = "list"
    # Larger items are closed at first, and items of some size where there are many of them.
    MOST_OPEN = 14
    FEW = 5
    MOST_IN_ALL = 100
    MOST_AT_FIRST = 20

    def __init__(self, field, place, around, parent=None, *, build):
        super().__init__(field, place, around, parent)
        self.build = build
        self.items: list[Item] = []
        self.was_empty_list = False

    def make(self, key: str) -> Item:
        """An item that holds nothing yet."""
        item = Item(key, self.build(self.field.field, self.place.item(key), self.around, self))
        item.number = len(self.items) + 1
        self.items.append(item)
        return item

    @property
    def children(self):
        """The fields of the items."""
        return [item.node for item in self.items]

    def named(self, name):
        """Rules pass over lists: what they mean is beside it."""
        return self.parent.named(name) if self.parent else None

    def fill(self, value, *, fresh=False):
        """Make the items. Large ones stay closed, so that long lists are light."""
        self.was_empty_list = value == []
        if self.field.field is None:
            return
        if value is MISSING and fresh:
            for first in self.first_values():
                self.make(str(len(self.items))).node.fill(first, fresh=True)
            return
        values = value if isinstance(value, list) else []
        for one in values:
            item = self.make(str(len(self.items)))
            item.node.fill(one)
            if self.is_large(sum(1 for _node in item.node.walk()), len(values)):
                item.raw = one

    def where_of(self, child):
        """This list's items, then the one that is meant."""
        item = next(item for item in self.items if item.node is child)
        here = f"{self.entity} {item.number}"
        return f"{self.where}, {here}" if self.where else here

    def is_large(self, size: int, count: int) -> bool:
        """Whether an item of this size is closed at first."""
        return size > self.MOST_OPEN or (size > self.FEW and size * count > self.MOST_IN_ALL)

    def first_values(self) -> list:
        """What new content begins with."""
        if isinstance(self.field.default, list):
            return self.field.default[: self.MOST_AT_FIRST]
        wanted = self.field.raw.get("defaultNum")
        number = wanted if type(wanted) is int else int(not self.field.optional)
        return [MISSING] * min(max(number, self.field.min or 0), self.MOST_AT_FIRST)

    def take(self, posted):
        """Take the items in their order."""
        self.was_empty_list = posted.json(self.name + REST) == []
        for key in posted.items(self.name) if self.field.field else ():
            item = self.make(key)
            closed = posted.json(item.node.name + CLOSED)
            if item.node.name in posted.fresh:
                item.node.fill(MISSING, fresh=True)
            elif closed is MISSING:
                item.node.take(posted)
            else:
                item.node.fill(closed)
                item.raw = MISSING if item.node.name in posted.opened else closed

    @property
    def value(self):
        """The values; no list where there are none."""
        values = [value for item in self.items if (value := item.value) is not MISSING]
        return values if values or (self.was_empty_list and not self.items) else MISSING

    def examine(self):
        """There may be too few or too many."""
        count, least, most = len(self.items), self.least, self.field.max
        words = {"label": self.label, "count": count, "least": least, "most": most}
        if count < least:
            self.refuse(
                ngettext(
                    "“%(label)s” needs at least %(least)s entry. There are %(count)s.",
                    "“%(label)s” needs at least %(least)s entries. There are %(count)s.",
                    least,
                )
                % words
            )
        elif most is not None and count > most:
            self.refuse(
                ngettext(
                    "“%(label)s” may have at most %(most)s entry. There are %(count)s.",
                    "“%(label)s” may have at most %(most)s entries. There are %(count)s.",
                    most,
                )
                % words
            )

    @property
    def least(self) -> int:
        """How many there must be."""
        return 0 if self.field.optional else self.field.min or 0

    @property
    def is_full(self) -> bool:
        """Whether there is no place for another one."""
        return self.field.max is not None and len(self.items) >= self.field.max

    @property
    def entity(self) -> str:
        """What an item is called."""
        name = (
            readable(self.field.entity)
            or (self.field.field and readable(self.field.field.label))
            or _("entry")
        )
        return name[:1].upper() + name[1:]

    @property
    def summary(self):
        """The first words of the first item."""
        return first_words(self.children)

    @property
    def carried(self) -> str:
        """That there was a list without items."""
        return "[]" if self.was_empty_list and not self.items else ""


def stored(node: Node) -> Any:
    """The value that content keeps of a field: null where the type wants it so while it is hidden."""
    value = node.value
    rule = node.field.show_when
    if rule and rule.null_when_hidden and value is not MISSING and not node.is_shown:
        return None
    return value


def is_setting(field: Field) -> bool:
    """Whether it says how content behaves."""
    return isinstance(field, GroupField) and field.name in SETTINGS


def is_wording(field: Field) -> bool:
    """Whether it holds words of the interface, the same in all content of a type."""
    return field.common or (isinstance(field, GroupField) and field.name in ("l10n", "UI", "i18n", "a11y"))


def first_words(nodes: list[Node]) -> str:
    """The first words in some fields, on one line."""
    return next((words for node in nodes if (words := node.summary)), "")
