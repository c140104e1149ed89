"""What a player reports, as xAPI statements: parsed without trust, bounded in every way, or refused with a reason.

All of it comes from a browser. Who acted and when is none of its business: actor, timestamp and success are not read.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from h5p.core import bounded_json
from h5p.core.limits import MB, Limits
from h5p.core.problems import PackageRefused

# A root result with the tree of its answers is the largest thing that is sent.
LIMITS = Limits(json_bytes=MB, json_depth=40)
MOST_STATEMENTS = 100
LONGEST_ADDRESS = 2000
LONGEST_VERB = 255
LONGEST_TEXT = 4000
LONGEST_RESPONSE = 20_000
MOST_CHOICES = 200
MOST_PATTERNS = 50
# Points: less than this, kept to a thousandth.
MOST_POINTS = 1_000_000
THOUSANDTH = Decimal("0.001")
MOST_SECONDS = 366 * 24 * 60 * 60
SUB_CONTENT = "http://h5p.org/x-api/h5p-subContentId"
SUB_CONTENT_ID = re.compile(r"[0-9A-Za-z][0-9A-Za-z-]{0,35}", re.ASCII)
NUMBER = re.compile(r"-?[0-9]{1,9}(?:\.[0-9]{1,18})?", re.ASCII)
DURATION = re.compile(
    r"P(?:([0-9]{1,5})D)?(?:T(?:([0-9]{1,6})H)?(?:([0-9]{1,8})M)?(?:([0-9]{1,9})(?:\.[0-9]{1,9})?S)?)?",
    re.ASCII,
)


class Verb(StrEnum):
    """The verbs that content types use, by the last part of their address."""

    ATTEMPTED = "attempted"
    INTERACTED = "interacted"
    ANSWERED = "answered"
    PROGRESSED = "progressed"
    COMPLETED = "completed"
    PASSED = "passed"
    MASTERED = "mastered"
    CONSUMED = "consume"


class Reason(StrEnum):
    """Why a statement is not taken."""

    TOO_LARGE = "too_large"
    NOT_JSON = "not_json"
    NOT_A_STATEMENT = "not_a_statement"
    NO_VERB = "no_verb"
    NO_OBJECT = "no_object"
    OTHER_ACTIVITY = "other_activity"
    SUB_CONTENT = "sub_content"
    TOO_MANY = "too_many"


SENTENCES = {
    Reason.TOO_LARGE: _("What was reported is too large."),
    Reason.NOT_JSON: _("What was reported is not valid JSON."),
    Reason.NOT_A_STATEMENT: _("What was reported is no statement."),
    Reason.NO_VERB: _("The statement does not say what was done."),
    Reason.NO_OBJECT: _("The statement does not say what it is about."),
    Reason.OTHER_ACTIVITY: _("The statement is about another activity."),
    Reason.SUB_CONTENT: _("The statement is about a part that is not named as parts are."),
    Reason.TOO_MANY: _("More statements were reported at once than are taken."),
}


class StatementRefused(Exception):
    """What was reported is not taken; `reason` says why, and `str()` says it to people."""

    def __init__(self, reason: Reason):
        super().__init__(SENTENCES[reason])
        self.reason = reason


@dataclass(frozen=True)
class Option:
    """Something that can be chosen, matched or put in order."""

    id: str
    text: str


@dataclass(frozen=True)
class Question:
    """What was asked, as xAPI describes an interaction. `kind` is empty for what asks nothing itself."""

    kind: str = ""
    name: str = ""
    description: str = ""
    choices: tuple[Option, ...] = ()
    sources: tuple[Option, ...] = ()
    targets: tuple[Option, ...] = ()
    patterns: tuple[str, ...] = ()


@dataclass(frozen=True)
class Statement:
    """One statement. `sub_content_id` is empty for the whole; `raw` and `maximum` are as reported, not yet clamped."""

    verb: str
    is_root: bool
    sub_content_id: str = ""
    raw: Decimal | None = None
    maximum: Decimal | None = None
    seconds: int | None = None
    response: str | None = None
    question: Question = Question()

    @property
    def verb_name(self) -> str:
        """The verb by the last part of its address."""
        return self.verb.rstrip("/").rsplit("/", 1)[-1]

    @property
    def has_score(self) -> bool:
        """Whether it says how many points of how many."""
        return self.raw is not None and self.maximum is not None and self.maximum > 0


@dataclass(frozen=True)
class Reported:
    """One thing a player sent: what is kept of it word for word, and the statement in it."""

    as_sent: dict
    statement: Statement


def read_reports(body: bytes, activity_iri: str) -> tuple[Reported, ...]:
    """What a request reports: {"statements": […]}, each entry a statement or {"statement": …, "tree": …}; or one alone.

    Raises StatementRefused, and nothing else, whatever the bytes are. Statements of other activities are left out
    where others came with them.
    """
    try:
        value = bounded_json.load(body, "", LIMITS)
    except PackageRefused as refused:
        too_large = len(body) > LIMITS.json_bytes
        raise StatementRefused(Reason.TOO_LARGE if too_large else Reason.NOT_JSON) from refused
    listed = value.get("statements") if isinstance(value, dict) else value
    entries = listed if isinstance(listed, list) else [value]
    if len(entries) > MOST_STATEMENTS:
        raise StatementRefused(Reason.TOO_MANY)
    if not entries:
        raise StatementRefused(Reason.NOT_A_STATEMENT)
    return _readable(entries, activity_iri)


def _readable(entries, activity_iri):
    found, refused = [], None
    for entry in entries:
        try:
            found.append(Reported(entry, parse_statement(statement_in(entry), activity_iri)))
        except StatementRefused as problem:
            refused = problem
    if refused and not found:
        raise refused
    return tuple(found)


def statement_in(entry: object) -> object:
    """The statement of an entry or a tree, or the value itself."""
    return entry.get("statement", entry) if isinstance(entry, dict) else entry


def tree_in(entry: object) -> object:
    """What the content said of all its answers, as `getXAPIData()` of the H5P core makes it, or the entry itself."""
    return entry.get("tree", entry) if isinstance(entry, dict) else entry


def children_in(tree: object) -> list:
    """The trees below a tree."""
    children = tree.get("children") if isinstance(tree, dict) else None
    return children if isinstance(children, list) else []


def parse_statement(value: object, activity_iri: str) -> Statement:
    """Read one statement about this activity or a part of it. Raises StatementRefused, and nothing else."""
    if not isinstance(value, dict):
        raise StatementRefused(Reason.NOT_A_STATEMENT)
    verb = mapping(value, "verb").get("id")
    if not isinstance(verb, str) or not 0 < len(verb) <= LONGEST_VERB:
        raise StatementRefused(Reason.NO_VERB)
    about = mapping(value, "object")
    sub_content_id, is_root = _part(about, activity_iri)
    result = mapping(value, "result")
    score = mapping(result, "score")
    response = result.get("response")
    return Statement(
        verb=verb,
        is_root=is_root,
        sub_content_id=sub_content_id,
        raw=points(score.get("raw")),
        maximum=points(score.get("max")),
        seconds=seconds(result.get("duration")),
        response=response[:LONGEST_RESPONSE] if isinstance(response, str) else None,
        question=_question(mapping(about, "definition")),
    )


def _part(about, activity_iri):
    """The sub-content it is about, and whether it is about the whole.

    Having no parent does not make it the whole: chapters of a book have none either.
    """
    address = about.get("id")
    if not isinstance(address, str) or not 0 < len(address) <= LONGEST_ADDRESS:
        raise StatementRefused(Reason.NO_OBJECT)
    rest = address.removeprefix(activity_iri)
    if not address.startswith(activity_iri) or (rest and rest[0] not in "?&#"):
        raise StatementRefused(Reason.OTHER_ACTIVITY)
    named = mapping(mapping(about, "definition"), "extensions").get(SUB_CONTENT)
    if named is None:
        return "", not rest
    if not isinstance(named, str) or not SUB_CONTENT_ID.fullmatch(named):
        raise StatementRefused(Reason.SUB_CONTENT)
    return named, False


def _question(definition):
    kind = definition.get("interactionType")
    patterns = definition.get("correctResponsesPattern")
    return Question(
        kind=kind[:40] if isinstance(kind, str) else "",
        name=in_any_language(definition.get("name")),
        description=in_any_language(definition.get("description")),
        choices=options(definition.get("choices")),
        sources=options(definition.get("source")),
        targets=options(definition.get("target")),
        patterns=tuple(
            pattern[:LONGEST_RESPONSE]
            for pattern in (patterns if isinstance(patterns, list) else [])[:MOST_PATTERNS]
            if isinstance(pattern, str)
        ),
    )


def mapping(value: dict, key: str) -> dict:
    """What is under the key, if that is an object; else an empty one."""
    found = value.get(key)
    return found if isinstance(found, dict) else {}


def in_any_language(words: object) -> str:
    """The first text of a language map: content types say "en-US" whatever the language is."""
    if not isinstance(words, dict):
        return ""
    return next((text[:LONGEST_TEXT] for text in words.values() if isinstance(text, str)), "")


def options(value: object) -> tuple[Option, ...]:
    """What can be chosen, in order; what has no id is left out."""
    if not isinstance(value, list):
        return ()
    return tuple(
        Option(str(entry["id"])[:LONGEST_VERB], in_any_language(entry.get("description")))
        for entry in value[:MOST_CHOICES]
        if isinstance(entry, dict) and isinstance(entry.get("id"), str | int)
    )


def points(value: object) -> Decimal | None:
    """A number of points, sent as a number or as text, to a thousandth; None for what is none or out of bounds."""
    if isinstance(value, str):
        number = Decimal(value) if NUMBER.fullmatch(value) else None
    elif isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < MOST_POINTS:
        number = Decimal(repr(value))
    else:
        number = None
    return number.quantize(THOUSANDTH) if number is not None and abs(number) < MOST_POINTS else None


def seconds(duration: object) -> int | None:
    """Whole seconds of an ISO 8601 duration such as PT16.7S; None for what is none."""
    found = DURATION.fullmatch(duration) if isinstance(duration, str) else None
    if not found or not any(found.groups()):
        return None
    days, hours, minutes, rest = (int(part or 0) for part in found.groups())
    return min(((days * 24 + hours) * 60 + minutes) * 60 + rest, MOST_SECONDS)
