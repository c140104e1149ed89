"""Questions as a Moodle XML file: what Moodle understands, and beside it what this site alone keeps."""

from collections.abc import Iterable, Iterator, Mapping
from xml.sax.saxutils import escape, quoteattr

from assessments.exchange.moodlexml import NAMESPACE
from assessments.exchange.moodlexml.nodes import Node
from assessments.exchange.moodlexml.origins import BANK, FORBIDDEN, origin_node
from assessments.exchange.moodlexml.written import Words, element, said, written
from assessments.exchange.paths import category_text
from assessments.exchange.values import ReadQuestion

BREAKS = {"\r": "&#13;", "\n": "&#10;", "\t": "&#9;"}
RETURN = {"\r": "&#13;"}


def write_moodlexml(
    questions: Iterable[ReadQuestion], *, bank: str, addresses: Mapping[str, str] | None = None
) -> Iterator[str]:
    """The file in pieces. `addresses` says where the pages and documents are that questions link to.

    Moodle finds the questions in a category named for the bank; where they belong in the bank each says itself.
    """
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n<quiz xmlns:unicri="{NAMESPACE}">\n'
    path = None
    for question in questions:
        if question.category != path:
            path = question.category
            yield "".join(text_of(category_node((bank, *path))))
        yield "".join(text_of(question_node(question, addresses or {})))
    yield "</quiz>\n"


def category_node(path: tuple[str, ...]) -> Node:
    """From here on Moodle puts questions into this category; its outermost name is that of the bank."""
    path_node = element("category", {}, said("text", category_text(path)))
    return element("question", {"type": "category"}, path_node, element(BANK, {}))


def question_node(question: ReadQuestion, addresses: Mapping[str, str]) -> Node:
    """One question."""
    kind, parts = written(question, Words(question, addresses))
    key = question.origin.key if question.origin else ""
    tags = [element("tag", {}, said("text", tag)) for tag in question.tags]
    node = element(
        "question",
        {"type": kind},
        element("name", {}, said("text", question.name)),
        *parts,
        said("idnumber", question.id_number or key),
        *([element("tags", {}, *tags)] if tags else []),
    )
    if question.origin:
        node.children.append(origin_node(question, node))
    return node


def text_of(node: Node, depth: int = 1) -> Iterator[str]:
    """An element as text, children indented."""
    name = node.tag.replace(f"{{{NAMESPACE}}}", "unicri:")
    attributes = "".join(f" {key}={quoteattr(value, BREAKS)}" for key, value in node.attributes.items())
    indent = "  " * depth
    yield f"{indent}<{name}{attributes}>{escape(FORBIDDEN.sub('', node.text), RETURN)}"
    if node.children:
        yield "\n"
        for child in node.children:
            yield from text_of(child, depth + 1)
        yield indent
    yield f"</{name}>\n"
