"""Merge fields: `{course}` in a text of a design stands for the title of the course."""

from __future__ import annotations

import re
from collections.abc import Mapping

# Said in each language of the paper.
SPOKEN = (
    "institution", "title", "presented", "achievement", "course", "facts", "hours", "completed_on", "issued_on",
    "valid_until", "dates", "grade", "number_label", "code_label", "verify_label",
)  # fmt: skip
# The same in every language: a text of these alone is printed once.
NEUTRAL = ("name", "number", "code", "verify_address")
FIELDS = (*NEUTRAL, *SPOKEN)
FIELD = re.compile(r"\{([^{}]*)\}")


def fields_in(text: str) -> list[str]:
    """The names of the fields a text asks for."""
    return FIELD.findall(text)


def unknown_fields(text: str) -> list[str]:
    """Those that do not exist."""
    return [name for name in dict.fromkeys(fields_in(text)) if name not in FIELDS]


def unclosed(text: str) -> bool:
    """Whether a brace is left over that belongs to no field."""
    return bool(re.search(r"[{}]", FIELD.sub("", text)))


def is_neutral(text: str) -> bool:
    """Whether the text says the same in every language."""
    fields = fields_in(text)
    return bool(fields) and set(fields) <= set(NEUTRAL)


def merge(text: str, values: Mapping[str, str]) -> str:
    """The text with its fields filled in; empty when it asks for fields and none of them says anything.

    What is filled in is taken as it is: a brace in a name is no field.
    """
    fields = fields_in(text)
    if fields and not any(values.get(name) for name in fields):
        return ""
    return FIELD.sub(lambda found: values.get(found[1], ""), text).strip()
