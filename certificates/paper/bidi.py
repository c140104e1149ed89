"""Which way each character runs, and in which order runs stand on the line (Unicode Standard Annex 9)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from bidi import algorithm

LRM = "\u200e"

Run = TypeVar("Run")


def levels(text: str, direction: str) -> list[int]:
    """The embedding level of every character; odd levels run from right to left."""
    storage = algorithm.get_empty_storage()
    base = 1 if direction == "rtl" else 0
    storage["base_level"] = base
    storage["base_dir"] = "R" if base else "L"
    algorithm.get_embedding_levels(text, storage)
    for index, character in enumerate(storage["chars"]):
        character["index"] = index
    algorithm.explicit_embed_and_overrides(storage)
    algorithm.resolve_weak_types(storage)
    algorithm.resolve_neutral_types(storage, debug=False)
    algorithm.resolve_implicit_levels(storage, debug=False)
    found = {character["index"]: character["level"] for character in storage["chars"]}
    result: list[int] = []
    for index in range(len(text)):
        # The algorithm drops joiners; they stay with the character before them.
        result.append(found.get(index, result[-1] if result else base))
    return result


def visual_order(runs: Sequence[Run], run_levels: Sequence[int]) -> list[Run]:
    """Runs from left to right (rule L2)."""
    order = list(range(len(runs)))
    for level in range(max(run_levels, default=0), 0, -1):
        start = 0
        while start < len(order):
            end = start
            while end < len(order) and run_levels[order[end]] >= level:
                end += 1
            order[start:end] = reversed(order[start:end])
            start = max(end, start + 1)
    return [runs[index] for index in order]


def first_strong_direction(text: str) -> str:
    """The direction a text has by itself: that of its first letter."""
    return "rtl" if algorithm.get_base_level(text) else "ltr"
