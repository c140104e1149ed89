"""Which node stands for which field, and where a field is found by the steps that lead to it."""

from urllib.parse import unquote

from h5p.authoring.around import Around, Place
from h5p.authoring.nodes.base import Node
from h5p.authoring.nodes.groups import Group, ListOf
from h5p.authoring.nodes.leaves import Boolean, Colour, Kept, Number, Rich, Said, Select, Text
from h5p.authoring.nodes.media import Media, SourceField, Sources, sources_field
from h5p.authoring.nodes.parts import METADATA_OWNER, Part
from h5p.authoring.rights import content_metadata, part_metadata
from h5p.core.names import LibraryName
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

LEAVES = {
    NumberField: Number,
    BooleanField: Boolean,
    SelectField: Select,
    MediaField: Media,
    SourceField: Media,
}
BRANCHES = {GroupField: Group, ListField: ListOf, LibraryField: Part}


def build(field: Field, place: Place, around: Around, parent: Node | None = None) -> Node:
    """The node of a field, with nothing in it."""
    if field.widget == "none":
        return Kept(field, place, around, parent)
    if isinstance(field, MediaField) and field.is_list:
        return Sources(sources_field(field), place, around, parent, build=build)
    if isinstance(field, TextField):
        return text_class(field, place)(field, place, around, parent)
    if type(field) in BRANCHES:
        return BRANCHES[type(field)](field, place, around, parent, build=build)
    return LEAVES[type(field)](field, place, around, parent)


def text_class(field: TextField, place: Place) -> type[Node]:
    """HTML, a colour, or plain text."""
    if place.owner == METADATA_OWNER:
        return Said
    if field.is_html:
        return Rich
    return Colour if field.widget == "colorSelector" else Text


def field_at(around: Around, owner: str, at: str) -> Field | None:
    """The field that some steps lead to in the fields of a type; None where they lead nowhere."""
    name = LibraryName.parse(owner)
    fields = metadata_fields() if owner == METADATA_OWNER else name and around.types.fields(name)
    found: Field | None = GroupField(name="", type="group", fields=tuple(fields or ()))
    for step in at.split("/"):
        found = step_into(found, step)
    return found


def metadata_fields() -> tuple[Field, ...]:
    """All that may be asked about content or a part."""
    named = {field.name: field for field in (*part_metadata(), *content_metadata())}
    return tuple(named.values())


def step_into(field: Field | None, step: str) -> Field | None:
    """One step: an item of a list, or a field of a group."""
    if isinstance(field, MediaField) and field.is_list:
        field = sources_field(field)
    if step == "*":
        return field.field if isinstance(field, ListField) else None
    if not isinstance(field, GroupField):
        return None
    return next((one for one in field.fields if one.name == unquote(step)), None)
