"""What the browser sends when questions are answered. The service reads it by the kind of each question.

A question's fields are `item-7` (several values) or `item-7-part`; `was-7` is the answer as the page showed it.
"""

import re

from assessments.services import AnswerSave

FIELD = re.compile(r"item-(\d{1,18})(?:-([\w.-]{1,60}))?")
WAS = re.compile(r"was-(\d{1,18})")


def posted_fields(data) -> dict[int, dict[str, list[str]]]:
    """What was sent for each question: the ends of the names of its fields, with their values."""
    items: dict[int, dict[str, list[str]]] = {}
    for name in data:
        if found := FIELD.fullmatch(name):
            items.setdefault(int(found[1]), {})[found[2] or ""] = data.getlist(name)
        elif found := WAS.fullmatch(name):
            items.setdefault(int(found[1]), {})
    return items


def posted_answer(data, item_id: int) -> AnswerSave:
    """The answer to one question, sent by a script as it is given."""
    return AnswerSave(
        posted=posted_fields(data).get(item_id, {}),
        base=_whole(data.get("base")),
        key=data.get("key", ""),
        seconds=_whole(data.get("seconds")) or 0,
    )


def changed_answers(data) -> dict[int, AnswerSave]:
    """The answers of a whole page, each with what the page showed, so that what was not touched here stays.

    It may have been answered meanwhile in another tab or on another device.
    """
    return {
        item_id: AnswerSave(posted=posted, was=data.get(f"was-{item_id}"))
        for item_id, posted in sorted(posted_fields(data).items())
    }


def _whole(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else None
