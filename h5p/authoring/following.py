"""Ready-made words follow the language of the content, as long as nobody has changed them."""

from dataclasses import replace

from h5p.authoring.building import field_at
from h5p.authoring.nodes.base import Node
from h5p.authoring.nodes.groups import ListOf
from h5p.authoring.nodes.leaves import WithWords
from h5p.authoring.nodes.parts import METADATA_OWNER
from h5p.authoring.types import ContentTypes
from h5p.core.sanitize import MISSING


def follow_language(fields: Node, before: str) -> None:
    """Replace the words of the types in the language `before` by those in the language of the form."""
    types = ContentTypes(language=before)
    types.prepare(fields.around.types.found)
    around = replace(fields.around, types=types)
    followed = {id(node) for node in fields.walk() if follows(node, around)}
    for node in fields.walk():
        if isinstance(node, ListOf):
            for item in node.items:
                if followed.intersection(id(inside) for inside in item.node.walk()):
                    item.raw = MISSING


def follows(node: Node, around) -> bool:
    """Change one field, where it still says what the type says in the other language."""
    if not isinstance(node, WithWords) or node.place.owner == METADATA_OWNER:
        return False
    old = field_at(around, node.place.owner, node.place.at)
    return old is not None and node.follow(old.default)
