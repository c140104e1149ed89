"""One field of a form, drawn alone: what a page asks for when somebody opens an item or chooses a content type."""

import re
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from accounts.models import User
from h5p.authoring.around import Around, Place
from h5p.authoring.building import build, field_at
from h5p.authoring.names import ITEM, KEY
from h5p.authoring.nodes.base import Node
from h5p.authoring.nodes.groups import ListOf
from h5p.authoring.posted import Posted, read_json
from h5p.authoring.types import ContentTypes
from h5p.core.content_index import uses_of
from h5p.core.names import LibraryName
from h5p.core.sanitize import MISSING
from h5p.core.semantics import Field

NAME = re.compile(r"(?:params|metadata)(?:/[A-Za-z0-9%_.~-]+)+", re.ASCII)


def draw_fragment(data: Mapping[str, str], user: User) -> SafeString | None:
    """Draw the field `at` some steps in the fields of its `owner`, called `name`, with a `value` or as new.

    With the key of an `item` it is a list, and only that item is drawn; with the key of a `copied` one and what is
    written in it, as a copy. None where there is no such field.
    """
    owner, name, value = data.get("owner", ""), data.get("name", ""), read_json(data.get("value"))
    if not NAME.fullmatch(name):
        return None
    types = ContentTypes(language=language_of(data.get("language", "")))
    types.prepare([one for one in [LibraryName.parse(owner), *uses_of(value).libraries] if one])
    around = Around(types, user)
    field = field_at(around, owner, data.get("at", ""))
    if field is None:
        return None
    node = build(field, Place(name, owner, data["at"]), around)
    if key := data.get("item"):
        value = copied_value(field, node, data) if "copied" in data else value
        return draw_item(node, key, value)
    node.fill(value, fresh=value is MISSING)
    return node.render()


def draw_item(node: Node, key: str, value: Any) -> SafeString | None:
    """Draw one item of a list, open."""
    if not isinstance(node, ListOf) or node.field.field is None or not KEY.fullmatch(key):
        return None
    item = node.make(key)
    item.node.fill(value, fresh=value is MISSING)
    return render_to_string("h5p/authoring/_item.html", {"item": item, "list": node})


def copied_value(field: Field, node: Node, data: Mapping[str, str]) -> Any:
    """What is written in an item, as another one may begin with it: parts of content get identifiers of their own."""
    posted = Posted.read(data)
    posted.values[node.name + ITEM] = [data["copied"]]
    node.around.types.prepare(posted.types())
    beside = build(field, node.place, node.around)
    beside.take(posted)
    values = beside.value
    return without_ids(values[0]) if isinstance(values, list) and values else MISSING


def without_ids(value: Any) -> Any:
    """The value without the identifiers of parts in it."""
    if isinstance(value, dict):
        return {key: without_ids(item) for key, item in value.items() if key != "subContentId"}
    return [without_ids(item) for item in value] if isinstance(value, list) else value


def language_of(said: str) -> str:
    """A language of content."""
    return said if said in dict(settings.LANGUAGES) else "en"
