"""From the elements of a Moodle XML file to questions."""

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from django.utils.translation import gettext as _

from assessments.exchange.content import name_of, number
from assessments.exchange.decoding import Source
from assessments.exchange.limits import MAX_QUESTIONS, MAX_TAGS_OF_QUESTION
from assessments.exchange.moodlexml.kinds import READERS
from assessments.exchange.moodlexml.nodes import Node, question_nodes
from assessments.exchange.moodlexml.origins import BANK, read_origin
from assessments.exchange.moodlexml.texts import Texts
from assessments.exchange.paths import category_path
from assessments.exchange.values import (
    Item,
    NotUnderstood,
    Origin,
    ReadCategory,
    ReadQuestion,
    Skipped,
    Unreadable,
)

KIND = re.compile(r"[a-z0-9_]{1,60}")
# What Moodle says to everybody unless an author changed it.
USUAL_FEEDBACK = {
    "",
    "Your answer is correct.",
    "Your answer is partially correct.",
    "Your answer is incorrect.",
}


def read_moodlexml(file: Source, *, language: str) -> Iterator[Item]:
    """What a Moodle XML file holds, in its order; texts are in the language given. Raises Unreadable."""
    category = ()
    for count, node in enumerate(question_nodes(file), start=1):
        if count > MAX_QUESTIONS:
            raise Unreadable(
                node.line, _("The file holds more than %(count)s questions.") % {"count": MAX_QUESTIONS}
            )
        if node.attributes.get("type") == "category":
            category = category_path(node.said("category", "text"))
            if node.first(BANK):
                category = category[1:]
            if category:
                yield ReadCategory(node.line, category)
            continue
        yield read_node(node, language, category)


def read_node(node: Node, language: str, category: tuple[str, ...]) -> ReadQuestion | Skipped:
    """One question, or why it does not come in: as this site wrote it, else as Moodle understands it."""
    ours, key, note = read_origin(node)
    if ours:
        return ours
    read = read_moodle(node, language, category)
    if isinstance(read, Skipped):
        return replace(read, reason=" ".join(filter(None, [note, read.reason])))
    notes = (note, *read.notes) if note else read.notes
    return replace(read, notes=notes, origin=Origin(key) if key else None)


def read_moodle(node: Node, language: str, category: tuple[str, ...]) -> ReadQuestion | Skipped:
    """One question as Moodle understands it."""
    title = node.said("name", "text")
    kind = node.attributes.get("type", "")
    reader = READERS.get(kind)
    if reader is None:
        return Skipped(node.line, name_of(title, node.said("questiontext", "text")[:500]), unknown(kind))
    texts = Texts(language)
    try:
        content = reader(node, texts)
        points = Decimal(number(node.said("defaultgrade") or "1"))
    except NotUnderstood as problem:
        return Skipped(node.line, name_of(title, node.said("questiontext", "text")[:500]), str(problem))
    notes = [*texts.notes, *lost_feedback(node)]
    return ReadQuestion(
        line=node.line,
        name=name_of(title, content["texts"][language]["stem"]),
        content=content,
        category=category,
        tags=tags_of(node),
        points=points,
        id_number=node.said("idnumber")[:100],
        files=tuple(texts.files.values()),
        notes=tuple(dict.fromkeys(notes)),
    )


def unknown(kind: str) -> str:
    """Why a kind of question does not come in."""
    if kind == "description":
        return _("A description is shown, not answered.")
    if kind == "random":
        return _("A random question is drawn by a quiz here; it is no question of a bank.")
    if KIND.fullmatch(kind):
        return _("Questions of the kind “%(kind)s” are not known here.") % {"kind": kind}
    return _("It does not say of which kind it is.")


def lost_feedback(node: Node) -> list[str]:
    """A sentence where it says something of its own to right, partly right and wrong answers."""
    parts = ("correctfeedback", "partiallycorrectfeedback", "incorrectfeedback")
    said = (re.sub(r"<[^>]*>", "", node.said(part, "text")[:2000]).strip() for part in parts)
    if any(text not in USUAL_FEEDBACK for text in said):
        return [_("What it says to right, partly right and wrong answers as a whole is left out.")]
    return []


def tags_of(node: Node) -> tuple[str, ...]:
    """Its tags, in small letters."""
    tags = node.first("tags")
    names = [" ".join(tag.said("text").lower().split())[:100] for tag in tags.all("tag")] if tags else []
    return tuple(dict.fromkeys(name for name in names if name))[:MAX_TAGS_OF_QUESTION]
