"""What this site writes beside the elements Moodle understands: the question as it is kept here, word for word.

It holds as long as the elements beside it are those it was written with, which their digest tells. A question changed
elsewhere is read from what Moodle understands.
"""

import hashlib
import json
import re
from dataclasses import asdict
from uuid import UUID

from django.utils.translation import gettext as _

from assessments.exchange.database_form import is_database_form
from assessments.exchange.limits import MAX_CATEGORY_DEPTH, MAX_FILES, MAX_TAGS_OF_QUESTION, NAME_LENGTH
from assessments.exchange.moodlexml import NAMESPACE
from assessments.exchange.moodlexml.nodes import Node
from assessments.exchange.moodlexml.texts import decoded
from assessments.exchange.parts import map_rich
from assessments.exchange.pictures import read_picture
from assessments.exchange.references import references
from assessments.exchange.rich_text import LONG, rich_text
from assessments.exchange.shape import checked_content, is_label, is_points, is_text, list_of, record
from assessments.exchange.values import NotUnderstood, Origin, ReadFile, ReadPart, ReadQuestion

ELEMENT = f"{{{NAMESPACE}}}question"
# In a category: its outermost name is that of a bank of ours.
BANK = f"{{{NAMESPACE}}}bank"
# Letters XML cannot carry; JSON can, by their number.
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def digest(node: Node) -> str:
    """What a question says to Moodle, in short: the same for the same elements, however they are set."""
    total = hashlib.sha256()

    def add(element):
        said = "".join(element.text.split()) if element.tag == "file" else element.text.strip()
        total.update(json.dumps([element.tag, sorted(element.attributes.items()), said]).encode())
        for child in element.children:
            if child.tag != ELEMENT:
                add(child)
        total.update(b"/")

    add(node)
    return total.hexdigest()


def origin_node(question: ReadQuestion, node: Node) -> Node:
    """The element that says how the question is kept here, to stand in the element Moodle understands."""
    said = {
        **asdict(question.origin),
        "name": question.name,
        "id_number": question.id_number,
        "category": question.category,
        "tags": question.tags,
        "content": question.content,
    }
    element = Node(ELEMENT, {"digest": digest(node)}, 0)
    text = json.dumps(said, ensure_ascii=False, separators=(",", ":"))
    element.text = FORBIDDEN.sub(lambda letter: f"\\u{ord(letter.group()):04x}", text)
    return element


def read_origin(node: Node) -> tuple[ReadQuestion | None, str, str]:
    """The question as this site wrote it; where that does not hold, None with its key and a sentence why."""
    element = node.first(ELEMENT)
    if element is None:
        return None, "", ""
    try:
        said = json.loads(element.text)
    except (ValueError, RecursionError):
        said = None
    key = said.get("key") if isinstance(said, dict) else None
    if not is_uuid(key):
        return None, "", _("What this site wrote about it is damaged.")
    if element.attributes.get("digest") != digest(node):
        return None, key, _("It was changed after this site wrote it: only what Moodle knows of it comes in.")
    try:
        return question_said(node, said), key, ""
    except NotUnderstood as problem:
        return None, key, str(problem)


FIELDS = {
    "key": lambda value: is_uuid(value),
    "difficulty": lambda value: value in (None, 1, 2, 3),
    "outcome": lambda value: is_text(value) and len(value) <= 300,
    "lesson": lambda value: (
        value is None or (list_of(is_label)(value) and len(value) == 2 and is_uuid(value[0]))
    ),
    "image": lambda value: isinstance(value, str) and bool(re.fullmatch(r"[0-9a-f]{40}|", value)),
    "parts": list_of(record({"key": lambda value: is_uuid(value), "points": is_points}, "key", "points")),
    "name": lambda value: is_text(value) and 0 < len(value) <= NAME_LENGTH,
    "id_number": is_label,
    "category": lambda value: (
        list_of(lambda name: is_text(name) and 0 < len(name) <= NAME_LENGTH)(value)
        and len(value) <= MAX_CATEGORY_DEPTH
    ),
    "tags": lambda value: list_of(is_label)(value) and len(value) <= MAX_TAGS_OF_QUESTION,
    "content": lambda value: isinstance(value, dict),
}


def question_said(node, said) -> ReadQuestion:
    """The question this site wrote, each part of it checked."""
    if not record(FIELDS, *FIELDS)(said):
        raise NotUnderstood(_("What it says in the form of this site is damaged, or newer than this site."))
    notes = []
    content = map_rich(checked_content(said["content"]), lambda html: kept(html, notes))
    origin = Origin(
        key=said["key"],
        difficulty=said["difficulty"],
        outcome=said["outcome"],
        lesson=tuple(said["lesson"]) if said["lesson"] else None,
        image=said["image"],
        parts=tuple(ReadPart(part["key"], part["points"]) for part in said["parts"]),
    )
    return ReadQuestion(
        line=node.line,
        name=said["name"],
        content=content,
        category=tuple(said["category"]),
        tags=tuple(said["tags"]),
        id_number=said["id_number"],
        files=files_of(node, content, origin),
        notes=tuple(dict.fromkeys(notes)),
        origin=origin,
    )


def kept(html, notes):
    """A text as it was, or cleaned where no editor could have written it."""
    if is_database_form(html, LONG):
        return html
    read = rich_text(html)
    notes += read.notes
    return read.html


def files_of(node, content, origin) -> tuple[ReadFile, ...]:
    """The pictures the question shows, of those that came with it."""
    wanted = {name.removeprefix("file:") for kind, name in references(content) if kind == "image"} | {
        origin.image
    }
    found = {}
    for file in files_below(node)[:MAX_FILES]:
        data = decoded(file.text)
        read = read_picture(file.attributes.get("name", ""), data) if data else None
        if read and read.sha1 in wanted:
            found.setdefault(read.sha1, read)
    return tuple(found.values())


def files_below(node):
    """The files anywhere in an element."""
    found = node.all("file")
    for child in node.children:
        found += files_below(child)
    return found


def is_uuid(value):
    """A key of a question, written as this site writes it."""
    try:
        return isinstance(value, str) and str(UUID(value)) == value
    except ValueError:
        return False
