"""The words we ship for each purpose, in six languages: what staff begin with."""

import json
from functools import cache
from pathlib import Path

WORDS = Path(__file__).with_name("words.json")


@cache
def _all_words():
    return json.loads(WORDS.read_text(encoding="utf-8"))


def shipped_words(purpose: str) -> dict[str, dict[str, str]]:
    """By language what the paper is called, its subject and its text."""
    return _all_words()[str(purpose)]
