"""What was answered wrongly, in words: typed answers, pairs, orders and gaps. Works on content and responses alone."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from assessments import kinds
from assessments.kinds import plain
from assessments.kinds.base import word
from assessments.scoring import ONE, score

MOST = 8


@dataclass(frozen=True)
class Wrong:
    """One wrong answer, to a part of the question where it has parts, and how often it was given."""

    part: str
    given: str
    count: int


def commonest_wrong(content: dict, words: dict, responses: Iterable[Any]) -> tuple[Wrong, ...]:
    """The wrong answers given most often. Spellings that differ in case alone are one answer."""
    counts, spelled = Counter[tuple[str, str]](), {}
    for response in responses:
        for part, given in wrong_parts(content, words, response):
            key = (part, given.casefold())
            counts[key] += 1
            spelled.setdefault(key, given)
    ranked = sorted(counts, key=lambda key: (-counts[key], key))[:MOST]
    return tuple(Wrong(part=key[0], given=spelled[key], count=counts[key]) for key in ranked)


def wrong_parts(content: dict, words: dict, response: Any) -> list[tuple[str, str]]:
    """Each part answered wrongly with what was answered; nothing for what was left out."""
    kind = kinds.get(content["kind"])
    if not kind.is_answered(response):
        return []
    match content["kind"]:
        case "matching":
            return _wrong_pairs(content, words, response)
        case "gaps":
            return _wrong_gaps(content, words, response)
        case "short_answer" | "numeric" | "ordering":
            is_right = score(content, response) == ONE
            return [] if is_right else [("", kind.response_text(content, words, response))]
    return []


def _wrong_pairs(content, words, response):
    return [
        (plain(word(words, item["key"])), plain(word(words, response[item["key"]])))
        for item in content["options"]
        if item["key"] in response and response[item["key"]] != item["match"]
    ]


def _wrong_gaps(content, words, response):
    kind = kinds.KINDS["gaps"]
    return [
        (
            f"[[{gap['key']}]]",
            word(words, response[gap["key"]]) if gap["mode"] == "chosen" else response[gap["key"]],
        )
        for gap in content["options"]
        if gap["key"] in response and kind.gap_score(content, gap, response) < ONE
    ]
