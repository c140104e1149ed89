"""What a transcript says by itself, in all six languages, also those the screens are not translated into."""

import json
from functools import cache
from pathlib import Path

from certificates.readiness import FALLBACK_LANGUAGE

WORDS = Path(__file__).with_name("words.json")


@cache
def _all_words() -> dict[str, dict[str, str]]:
    return json.loads(WORDS.read_text(encoding="utf-8"))


def say(name: str, language: str, **values: str) -> str:
    """A word or sentence of a transcript in a language, or else in English."""
    words = _all_words()[name]
    return words.get(language, words[FALLBACK_LANGUAGE]).format(**values)
