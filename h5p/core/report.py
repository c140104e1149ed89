"""What was answered, so that people can read it: from the tree that a player gives at its end, or from the parts."""

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice

import nh3

from h5p.core.completing import outcome_of
from h5p.core.xapi import (
    Option,
    Question,
    Statement,
    StatementRefused,
    Verb,
    children_in,
    parse_statement,
    statement_in,
    tree_in,
)

MOST_ANSWERS = 500
DEEPEST = 12
# What question sets and their like say they are.
HOLDS_QUESTIONS = "compound"
NEXT = "[,]"
PAIR = "[.]"
# Stands for a gap that was left open, so that what was given stays beside what is right.
LEFT_OPEN = "–"
# What may stand before the right words: {case_matters=false}
RULES = re.compile(r"^(?:\{(?:case_matters|order_matters)=(?:true|false)\})+")
SPACE = re.compile(r"[ \t\r\f\v]+")
LINES = re.compile(r"\s*\n\s*")
BLANK = re.compile(r"_{3,}")
IS_MARKED = re.compile(r"</[a-z]|<(?:br|hr|img)\b|&#?[a-z0-9]{1,10};", re.IGNORECASE)
ENDS_A_LINE = re.compile(r"</(?:p|div|li|h[1-6]|tr)>|<br\s*/?>", re.IGNORECASE)


@dataclass(frozen=True)
class Answered:
    """One question with what was answered. Where `is_true_or_false`, given and right hold "true" or "false"."""

    question: str
    given: tuple[str, ...]
    right: tuple[str, ...] = ()
    raw: Decimal | None = None
    maximum: Decimal | None = None
    seconds: int | None = None
    is_true_or_false: bool = False
    is_long: bool = False
    is_ordered: bool = False

    @property
    def has_points(self) -> bool:
        """Whether it was worth anything."""
        return self.raw is not None and bool(self.maximum)

    @property
    def is_right(self) -> bool:
        """Whether all points were earned."""
        return self.has_points and self.raw == self.maximum


def report_of(sent: Iterable[object], activity_iri: str) -> tuple[Answered, ...]:
    """The readable report of what was sent for one attempt, oldest first.

    The tree that came with a result of the whole is complete: the newest is the report. Without one the newest answer
    to each part is.
    """
    entries = list(sent)
    for entry in reversed(entries):
        statement = read(statement_in(entry), activity_iri)
        if statement and outcome_of(statement):
            found = tuple(islice(answers_in(tree_in(entry), activity_iri), MOST_ANSWERS))
            if found:
                return found
    newest: dict[str, Answered] = {}
    for entry in entries:
        statement = read(statement_in(entry), activity_iri)
        if statement and statement.verb_name == Verb.ANSWERED and asks(statement):
            newest[statement.sub_content_id or "0"] = answered(statement)
    return tuple(newest.values())[:MOST_ANSWERS]


def read(value: object, activity_iri: str) -> Statement | None:
    """The statement, or None for what is none."""
    try:
        return parse_statement(value, activity_iri)
    except StatementRefused:
        return None


def answers_in(tree: object, activity_iri: str, depth: int = 0) -> Iterator[Answered]:
    """Every answer in a tree, in the order of the content."""
    statement = read(statement_in(tree), activity_iri)
    if statement and asks(statement):
        yield answered(statement)
    if depth < DEEPEST:
        for child in children_in(tree):
            yield from answers_in(child, activity_iri, depth + 1)


def asks(statement: Statement) -> bool:
    """Whether it is about a question, and not about what holds questions."""
    kind = statement.question.kind
    return kind != HOLDS_QUESTIONS and (bool(kind) or statement.response is not None)


def answered(statement: Statement) -> Answered:
    """One answer."""
    question = statement.question
    response = statement.response or ""
    return Answered(
        question=readable(question.description) or readable(question.name),
        given=lines_of(response, question),
        right=lines_of(question.patterns[0], question) if question.patterns else (),
        raw=statement.raw,
        maximum=statement.maximum,
        seconds=statement.seconds,
        is_true_or_false=question.kind == "true-false",
        is_long=question.kind == "long-fill-in",
        is_ordered=question.kind == "sequencing",
    )


def lines_of(response: str, question: Question) -> tuple[str, ...]:
    """A response, or the pattern of a right one, as lines to read."""
    if question.kind == "long-fill-in":
        return (readable(response),) if response else ()
    given = RULES.sub("", response).split(NEXT)
    if question.kind == "fill-in" and len(given) > 1:
        return tuple(readable(part) or LEFT_OPEN for part in given)
    parts = [part for part in given if part]
    if question.kind in ("choice", "sequencing", "likert"):
        return tuple(words_of(part, question.choices) for part in parts)
    if question.kind == "matching":
        return tuple(pair_of(part, question) for part in parts)
    return tuple(readable(part) for part in parts)


def pair_of(part: str, question: Question) -> str:
    """One thing and where it was put."""
    source, found, target = part.partition(PAIR)
    if not found:
        return readable(part)
    return f"{words_of(source, question.sources)} → {words_of(target, question.targets)}"


def words_of(key: str, options: tuple[Option, ...]) -> str:
    """What an option says, or its key where it is not described."""
    found = next((option.text for option in options if option.id == key), "")
    return readable(found) or readable(key)


def readable(text: str) -> str:
    """Text without markup, in lines. What merely holds a sign such as "<" stays as it is."""
    if IS_MARKED.search(text):
        lines = nh3.clean(ENDS_A_LINE.sub("\n", text), tags=set(), clean_content_tags={"script", "style"})
        text = html.unescape(lines)
    plain = BLANK.sub("____", text.replace("\u00a0", " "))
    return LINES.sub("\n", SPACE.sub(" ", plain)).strip()
